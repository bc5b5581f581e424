"""Texts that end anywhere, and words in any order: what looks at the next word or the one before finds none there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from rag.check.added import added
from rag.check.claims import read_claims, said_in
from rag.check.compare import Claimed, compare
from rag.conversation.follow_up import understand
from rag.errors import InputError
from rag.text.language import Language
from rag.text.sentences import split_sentences
from rag.text.speech import find_speech

SEEDS = Path(__file__).parents[2] / "seeds"
TEXTS: list[tuple[Language, str]] = [
    ("de", "01-angebot-griner-whelan.md"),
    ("de", "08-austausch-griner-bout.md"),
    ("en", "09-griner-bout-swap.md"),
]
WORDS: dict[Language, list[str]] = {
    "de": """von der van De Van La Von die das den ein nach laut zufolge so sagte dass ob wie als und , . : ; ? „ “ ( )
    – „Ja“ „Wir gehen.“ Minister Sprecher Dr. Olaf Scholz Moskau er sie es Das 3. 12 2022 1,5 Millionen zwischen bis
    seit im Jahr am Montag ist hat wurde werde nicht mehr wer was wann Wie viele rund Angaben Rede heißt zitiert nannte
    bezeichnete teilte mit ab zu Bin Al El [ ] […] ihm ihr seine dieser Ende gegen""".split(),
    "en": """of the De Van La says said that according to put it as , . : ? “ ” ( ) “Yes,” “We go.” Mr. Dr. Secretary
    Joe Biden he she they it his I who what when how many was is have did does not than about 3 12 2022 million percent
    between and since May Monday called told by after because two half""".split(),
}
CLAIM = "Olaf Scholz sagte am Montag, dass 25 Schiffe ausliefen."


def _beginnings(language: Language, text: str) -> Iterator[tuple[Language, str]]:
    words = text.split(" ")
    for end in range(1, len(words) + 1):
        yield language, " ".join(words[max(0, end - 12) : end])


def _mixed(language: Language, count: int) -> Iterator[tuple[Language, str]]:
    chance = Random(7)
    for _ in range(count):
        yield language, " ".join(chance.choice(WORDS[language]) for _ in range(chance.randint(1, 9)))


@pytest.mark.parametrize(
    "text",
    ["Vincent Van", "Er traf Robert De", "Er sah La", "Von", "Der Minister Von", "„Ja“, sagte Van", "said Robert De"],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_text_may_end_with_a_particle_of_a_name(text: str, language: Language) -> None:
    find_speech("a", text, split_sentences("a", text, language=language), language=language)
    for claim in read_claims(text):
        said_in(claim)


@pytest.mark.parametrize(("language", "file"), TEXTS)
def test_every_beginning_of_a_text_can_be_read(language: Language, file: str) -> None:
    article = (SEEDS / file).read_text(encoding="utf-8").rpartition("---")[2][:1_500]
    _read_all(_beginnings(language, article))


@pytest.mark.parametrize("language", WORDS)
def test_words_in_any_order_can_be_read(language: Language) -> None:
    _read_all(_mixed(language, 400))


def _read_all(texts: Iterator[tuple[Language, str]]) -> None:
    for language, text in texts:
        find_speech("a", text, split_sentences("a", text, language=language), language=language)
        understand(text, ["Wann wurde Griner in Moskau festgenommen?"])
        understand("Und wann war das?", [text])
        try:
            claims = read_claims(text)
        except InputError:  # too many quotations, or nothing to check
            continue
        for claim in claims:
            said_in(claim)
        compare(Claimed(CLAIM, language="de"), text, language=language, before=[text], title=text, article=text)
        compare(Claimed(text, language=language), CLAIM, language="de")
        added(text, CLAIM, text, language=language, of="de")
