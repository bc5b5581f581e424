"""Who said what: direct quotations, indirect speech, and their speakers."""

from __future__ import annotations

import pytest

from rag.text.sentences import split_sentences
from rag.text.speech import find_speech
from rag.text.speech.lexicon import is_subjunctive
from rag.types import Speech


def _find(text: str, language: str = "de") -> list[Speech]:
    return find_speech("a", text, split_sentences("a", text, language=language), language=language)


def _one(text: str, kind: str, language: str = "de") -> tuple[str, str, str]:
    """Words, speaker and cue of the only speech of that kind."""
    [speech] = [speech for speech in _find(text, language) if speech.kind == kind]
    cue = text[speech.cue.start : speech.cue.end] if speech.cue else ""
    return text[speech.start : speech.end], speech.speaker or "", cue


DIRECT = [
    ("„Wir bauen den Hafen aus“, sagte Ministerin Rosa Beispiel.", "Rosa Beispiel", "sagte"),
    ("Rosa Beispiel sagte am Montag in Musterstadt: „Wir bauen den Hafen aus.“", "Rosa Beispiel", "sagte"),
    ("„Wir bauen“, erklärte Rosa Beispiel am Montag, „den Hafen aus.“", "Rosa Beispiel", "erklärte"),
    ("Laut Rosa Beispiel ist klar: „Wir bauen den Hafen aus.“", "Rosa Beispiel", "Laut"),
    ("„Wir bauen den Hafen aus“, so Rosa Beispiel weiter.", "Rosa Beispiel", "so"),
    ("Rosa Beispiel: „Wir bauen den Hafen aus.“", "Rosa Beispiel", ":"),
    ("„Wir bauen den Hafen aus“, teilte die Reederei am Abend mit.", "die Reederei", "teilte"),
    ("Die Reederei nannte den Plan „völlig aus der Luft gegriffen“.", "Die Reederei", "nannte"),
    ("Den Plan bezeichnete er als „völlig aus der Luft gegriffen“.", "er", "bezeichnete"),
    ("„Wir bauen den Hafen aus“, fügte der Sprecher der Werft, Karl Muster, hinzu.", "Karl Muster", "fügte"),
    ("Rosa Beispiel, die das Amt seit Mai führt, sagte: „Wir bauen den Hafen aus.“", "Rosa Beispiel", "sagte"),
    ("Rosa Beispiel (Freie Liste) sagte: „Wir bauen den Hafen aus.“", "Rosa Beispiel", "sagte"),
    ("Rosa Beispiel hat am Montag erneut betont: „Wir bauen den Hafen aus.“", "Rosa Beispiel", "betont"),
    ("„Wir bauen den Hafen aus“, heißt es in der Erklärung der Reederei.", "der Erklärung der Reederei", "heißt"),
    ("„Wir bauen den Hafen aus“, zitiert der Bote die Ministerin.", "die Ministerin", "zitiert"),
    ("Die Reederei nannte den Plan ein „Leuchtfeuer der Hoffnung“.", "Die Reederei", "nannte"),
    ("Die Reederei sprach von „stiller Diplomatie“.", "Die Reederei", "sprach"),
    (
        "Sie bezeichnete den Streik in einer Stadt, in der es nur ein Schiff gibt, als „Wortbruch“.",
        "Sie",
        "bezeichnete",
    ),
    ("Die neuen Pläne, die gestern kamen, nannte die Reederei „halbgar“.", "die Reederei", "nannte"),
    ("Der Plan wird von Fachleuten als „völlig unausgegoren“ bezeichnet.", "Fachleuten", "bezeichnet"),
    ("Einer der drei Männer sagte: „Wir bauen den Hafen aus.“", "Einer der drei Männer", "sagte"),
    ("In einem Schreiben ist von „baldigen Arbeiten“ die Rede.", "einem Schreiben", "Rede"),
    ("Karl Muster warb dafür, während der Chor sang: „Wir bauen den Hafen aus.“", "Karl Muster", ":"),
    (
        "Wie Rosa Beispiel, die das Amt führt, dazu feststellt, ist das „ganz und gar unklar“.",
        "Rosa Beispiel",
        "feststellt",
    ),
    ("„Wir bauen den Hafen aus.“ Das musste Rosa Beispiel am Montag einräumen.", "Rosa Beispiel", "einräumen"),
]


@pytest.mark.parametrize(("text", "speaker", "cue"), DIRECT)
def test_a_quotation_has_its_speaker_and_its_cue(text: str, speaker: str, cue: str) -> None:
    direct = [speech for speech in _find(text) if speech.kind == "direct"]
    assert direct
    for speech in direct:
        assert text[speech.start - 1] in "„"
        assert text[speech.end] == "“"
        assert speech.speaker == speaker
        assert speech.cue is not None
        assert text[speech.cue.start : speech.cue.end] == cue


@pytest.mark.parametrize(
    "text",
    [
        "Das Schiff „Möwe“ liegt im Hafen.",
        "Die Zeitschrift „Der Bote“ erscheint am Montag.",
        "Er las den Roman „Das Haus am Fluss“ in einer Nacht.",
        "Der Verein „Freunde der Werft“ trifft sich heute.",
        "Muster, der oft „Händler des Todes“ genannt wird, verbüßt eine Strafe.",
        "Das letzte Schiff, die „Möwe“, hatte den Hafen verlassen.",
        "Die Zahl 26, die in der Meldung genannt wurde, erklärt sich durch zwei Kinder.",
    ],
)
def test_a_name_or_title_in_marks_is_no_speech(text: str) -> None:
    assert _find(text) == []


INDIRECT = [
    ("Rosa Beispiel sagte, der Hafen werde ausgebaut.", "der Hafen werde ausgebaut", "Rosa Beispiel", "sagte"),
    ("Rosa Beispiel sagte, dass man den Hafen ausbaue.", "dass man den Hafen ausbaue", "Rosa Beispiel", "sagte"),
    ("Der Hafen werde ausgebaut, teilte die Reederei mit.", "Der Hafen werde ausgebaut", "die Reederei", "teilte"),
    ("Die Reederei teilte mit, dass der Hafen wächst.", "dass der Hafen wächst", "Die Reederei", "teilte"),
    ("Die Reederei gab am Montag bekannt, sie baue um.", "sie baue um", "Die Reederei", "gab"),
    ("Die Reederei kündigte an, den Hafen auszubauen.", "den Hafen auszubauen", "Die Reederei", "kündigte"),
    ("Laut Polizei wurden drei Boote gestohlen.", "wurden drei Boote gestohlen", "Polizei", "Laut"),
    ("Nach Angaben der Polizei fehlen drei Boote.", "fehlen drei Boote", "der Polizei", "Nach"),
    ("Nach Ansicht von Rosa Beispiel fehlen drei Boote.", "fehlen drei Boote", "Rosa Beispiel", "Nach"),
    ("Dem Boten zufolge fehlen drei Boote.", "fehlen drei Boote", "Dem Boten", "zufolge"),
    ("Wie die Polizei mitteilte, fehlen drei Boote.", "fehlen drei Boote", "die Polizei", "mitteilte"),
    ("Drei der Boote fehlen, wie die Polizei berichtet.", "Drei der Boote fehlen", "die Polizei", "berichtet"),
    ("Drei der Boote fehlen, so Rosa Beispiel.", "Drei der Boote fehlen", "Rosa Beispiel", "so"),
    ("Rosa Beispiel ist überzeugt, dass der Hafen wächst.", "dass der Hafen wächst", "Rosa Beispiel", "ist"),
    ("Im Bericht der Werft heißt es, der Hafen wachse kaum.", "der Hafen wachse kaum", "Bericht der Werft", "heißt"),
]


INDIRECT += [
    ("Rosa Beispiel sagte, Kiel behandle den Fall anders.", "Kiel behandle den Fall anders", "Rosa Beispiel", "sagte"),
    ("Nach Angaben informierter Kreise fehlen drei Boote.", "fehlen drei Boote", "informierter Kreise", "Nach"),
    ("Drei Boote fehlen, hieß es in Kiel.", "Drei Boote fehlen", "Kiel", "hieß"),
    (
        "Rosa Beispiel, Sprecherin der Werft, sagte, der Hafen wachse.",
        "der Hafen wachse",
        "Rosa Beispiel",
        "sagte",
    ),
]


@pytest.mark.parametrize(("text", "words", "speaker", "cue"), INDIRECT)
def test_indirect_speech_is_its_clause_without_the_cue(text: str, words: str, speaker: str, cue: str) -> None:
    assert _one(text, "indirect") == (words, speaker, cue)


@pytest.mark.parametrize(
    "text", ["Der Hafen wurde im Mai ausgebaut.", "Die Werft baut drei Boote.", "Er kam, um die Boote zu holen."]
)
def test_what_nobody_says_is_no_speech(text: str) -> None:
    assert _find(text) == []


def test_indirect_speech_goes_on_in_the_konjunktiv() -> None:
    text = "Rosa Beispiel sagte, der Hafen werde ausgebaut. Das Geld sei schon da. Im Mai beginnt die Messe."
    first, second = _find(text)
    assert text[second.start : second.end] == "Das Geld sei schon da"
    assert (second.kind, second.speaker, second.cue) == ("indirect", "Rosa Beispiel", None)
    assert first.speaker == "Rosa Beispiel"


def test_it_goes_on_with_whom_the_sentence_before_tells_of() -> None:
    text = "Rosa Beispiel sprach sich gegen den Ausbau aus. Das Geld reiche „bei weitem nicht“ dafür."
    assert [(s.kind, s.speaker) for s in _find(text)] == [("indirect", "Rosa Beispiel"), ("direct", "Rosa Beispiel")]


def test_free_indirect_speech_keeps_its_speaker_over_sentences() -> None:
    text = (
        "Karl Muster warnte die Werft davor, weitere Teile der Küste zu bebauen. Die Stadt werde das nicht dulden, "
        "sagte er. Sollte die Werft bauen, werde das „zusätzliche erhebliche Kosten“ nach sich ziehen."
    )
    assert {speech.speaker for speech in _find(text)} == {"Karl Muster"}


def test_a_colon_after_the_konjunktiv_announces_who_spoke_last() -> None:
    text = "Rosa Beispiel sagte, man warte ab. Die Pflichten der Werft seien festgelegt: „Daran ändert sich nichts.“"
    assert {speech.speaker for speech in _find(text)} == {"Rosa Beispiel"}


@pytest.mark.parametrize("plain", ["sagte", "richtete", "heute", "blieben", "viele", "gerade"])
def test_what_is_no_konjunktiv(plain: str) -> None:
    assert not is_subjunctive(plain)


@pytest.mark.parametrize("reported", ["richte", "fordere", "behandle", "bestehe", "sei", "könne", "stünde"])
def test_the_konjunktiv_is_told_by_the_infinitive(reported: str) -> None:
    assert is_subjunctive(reported)


def test_a_quotation_within_indirect_speech_is_both() -> None:
    text = "Rosa Beispiel sagte, der Plan sei „ganz und gar unausgegoren“ und müsse weg."
    assert [(s.kind, s.speaker) for s in _find(text)] == [("indirect", "Rosa Beispiel"), ("direct", "Rosa Beispiel")]


@pytest.mark.parametrize(
    ("text", "said_by", "name"),
    [
        ("Minister Karl Muster kam. „Wir bauen aus“, sagte er.", "er", "Karl Muster"),
        ("Ministerin Rosa Beispiel traf den Minister Karl Muster. „Wir bauen aus“, sagte sie.", "sie", "Rosa Beispiel"),
        ("Ministerin Rosa Beispiel traf den Minister Karl Muster. „Wir bauen aus“, sagte er.", "er", "Karl Muster"),
        ("Rosa Beispiel kam an. „Wir bauen aus“, sagte Beispiel.", "Beispiel", "Rosa Beispiel"),
        (
            "Innenminister Karl Muster traf Rosa Beispiel. „Wir bauen aus“, sagte der Minister.",
            "der Minister",
            "Karl Muster",
        ),
    ],
)
def test_a_pronoun_a_title_and_a_surname_stand_for_the_nearest_fitting_name(text: str, said_by: str, name: str) -> None:
    [speech] = [speech for speech in _find(text) if speech.kind == "direct"]
    assert speech.said_by is not None
    assert speech.name is not None
    assert text[speech.said_by.start : speech.said_by.end] == said_by
    assert text[speech.name.start : speech.name.end] == speech.speaker == name


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Karl Muster lobte Teile der Küste. „Wir bauen aus“, sagte er.", "Karl Muster"),
        (
            "Karl Muster lobte Ministerin Ursula von der Beispiel. „Wir bauen aus“, sagte sie.",
            "Ursula von der Beispiel",
        ),
        ("Karl Muster schwieg, ein Beamter sagte, es werde gebaut. „Wir bauen aus“, fügte er hinzu.", "ein Beamter"),
        ("US-Minister Karl Muster kam. „Wir bauen aus“, sagte der Minister.", "Karl Muster"),
    ],
)
def test_what_a_pronoun_stands_for_is_a_person(text: str, speaker: str) -> None:
    [speech] = [speech for speech in _find(text) if speech.kind == "direct"]
    assert speech.speaker == speaker


def test_a_plural_pronoun_stands_for_no_single_name() -> None:
    [speech] = [s for s in _find("Rosa Beispiel kam. „Wir bauen aus“, sagten sie.") if s.kind == "direct"]
    assert speech.name is None


ENGLISH = [
    ('"We will build the harbour," said Rosa Sample.', "direct", "Rosa Sample"),
    ('Rosa Sample said: "We will build the harbour."', "direct", "Rosa Sample"),
    ("“We will build the harbour,” she said. The minister, Rosa Sample, left.", "direct", "she"),
    ("Rosa Sample said that the harbour would grow.", "indirect", "Rosa Sample"),
    ("According to Rosa Sample, the harbour will grow.", "indirect", "Rosa Sample"),
    ("The harbour will grow, the minister announced.", "indirect", "the minister"),
    ('The harbour "will be built by us," a spokesman for the yard said.', "direct", "a spokesman for the yard"),
    ('The minister, who took office in May, called the plan "a complete disaster."', "direct", "The minister"),
    ('As Rosa Sample put it, "we have no money left."', "direct", "Rosa Sample"),
    ("Rosa Sample said at the yard, where guests had come, that it would grow.", "indirect", "Rosa Sample"),
    ("His brother David nevertheless said that the harbour would grow.", "indirect", "His brother David"),
]


@pytest.mark.parametrize(("text", "kind", "speaker"), ENGLISH)
def test_english_is_read_too(text: str, kind: str, speaker: str) -> None:
    assert _one(text, kind, "en")[1] == speaker


@pytest.mark.parametrize("text", ["He denied it.", "He is held on a charge that he denies.", "The ship “Gull” left."])
def test_english_that_says_nothing_is_no_speech(text: str) -> None:
    assert _find(text, "en") == []


HOSTILE = [
    "„" * 200,
    "sagte " * 500,
    "„a“, sagte " * 300,
    ", dass sei, so laut: " * 200,
    "((((" * 100 + "sagte er" + "))))" * 100,
    "X sagte: „Offen.\n\nUnd „zu“, sagte Y. Sei es so.",
    "🙂 „👩‍👩‍👧“, sagte e\u0301r.",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["de", "en", "fr", None])
def test_whatever_the_text_spans_lie_in_it_and_speakers_are_its_words(text: str, language: str | None) -> None:
    for speech in find_speech("a", text, split_sentences("a", text, language=language), language=language):
        assert 0 <= speech.start < speech.end <= len(text)
        for span in (speech.said_by, speech.name, speech.cue):
            assert span is None or 0 <= span.start < span.end <= len(text)
        named = speech.name or speech.said_by
        assert speech.speaker == (text[named.start : named.end] if named else None)
