"""Words for comparing word for word, each with where it stands."""

from __future__ import annotations

from rag.text.verbatim import Kept, read_verbatim, split_tokens


def test_typesetting_does_not_change_a_word_and_its_place_is_the_texts() -> None:
    text = "Ge\u00adgen\u200bangebot – ﬁnden\u00a0Sie’s „Cafe\u0301“?"
    tokens = split_tokens(text)
    assert [token.form for token in tokens] == ["Gegenangebot", "finden", "Sie", "s", "Café"]
    assert text[tokens[0].start : tokens[0].end] == "Ge\u00adgen\u200bangebot"
    assert text[tokens[-1].start : tokens[-1].end] == "Cafe\u0301"


def test_signs_that_say_something_are_words_and_brackets_within_a_word_are_a_part_of_it() -> None:
    assert [token.form for token in split_tokens("5 % statt $5: [D]as, mit Probleme[n] [hier]")] == [
        *("5", "%", "statt", "$", "5", "Das", "mit", "Problemen", "hier")
    ]


def test_a_token_knows_its_paragraph_and_its_quotation() -> None:
    read = read_verbatim("Er sagte: „Ja, „nun“ ja.“\n\nSie „nie“.")
    by_form = {
        token.form: (paragraph, quotation)
        for token, paragraph, quotation in zip(read.tokens, read.paragraph, read.quotation, strict=True)
    }
    assert by_form == {
        **{"Er": (0, -1), "sagte": (0, -1), "Ja": (0, 0), "nun": (0, 0), "ja": (0, 0)},
        **{"Sie": (1, -1), "nie": (1, 1)},
    }


def test_an_interrupted_quotation_resumes_and_the_next_sentences_does_not() -> None:
    read = read_verbatim("„Das ist gut“, sagte er, „und wir gehen.“ Sie nickte. „Nein.“")
    forms = [token.form for token in read.tokens]
    assert read.resumes == {forms.index("gut"): forms.index("und")}


def test_a_word_knows_all_its_places_whatever_its_case() -> None:
    assert read_verbatim("Die Häfen, die Schiffe.").places == {"die": [0, 2], "häfen": [1], "schiffe": [3]}


def test_of_what_was_read_the_last_is_kept_and_the_rest_within_its_characters() -> None:
    kept = Kept(10)
    for text in ("vier", "fünf!", "s"):
        kept.put(text, read_verbatim(text))
    assert kept.get("vier") is not None
    kept.put("neu", read_verbatim("neu"))  # "fünf!" was asked for longest ago
    assert [kept.get(text) is None for text in ("vier", "fünf!", "s", "neu")] == [False, True, False, False]
    kept.put("viel zu langer Text", read_verbatim("viel zu langer Text"))
    assert len(kept) == 1
