"""Whether a statement is an opinion, which no article bears out: "X ist schön", "ich finde", "sollte verboten werden".

Closed lists, and only clear cases: what is taken for an opinion gets no verdict at all. A word that reports as often as
it judges (wichtig, erfolgreich, gefährlich, beste; safe, important, best) is in none of them.
"""

from __future__ import annotations

import re

from rag.text.language import Language

# Adjectives that say what someone likes: "ist schön", "ist ein schöner Tag".
_TASTE = {
    "de": """
    schön wunderschön hübsch hässlich toll super klasse spitze prima großartig grossartig fantastisch phantastisch
    wunderbar herrlich genial cool geil schrecklich furchtbar fürchterlich grauenhaft grässlich scheußlich abscheulich
    widerlich eklig ekelhaft doof blöd dumm dämlich lächerlich langweilig nervig lustig witzig süß niedlich sympathisch
    unsympathisch lecker köstlich peinlich bescheuert mies beschissen scheiße
    """,
    "en": """
    beautiful pretty ugly gorgeous lovely nice great awesome amazing wonderful fantastic brilliant cool awful terrible
    horrible dreadful disgusting stupid dumb silly ridiculous boring annoying funny cute likeable delicious tasty
    embarrassing lame crap overrated underrated
    """,
}
_MOST_TASTE = {
    "de": r"(?:schön|hübsch|hässlich|toll|großartig|wunderbar|genial|cool|schrecklich|doof|dumm|blöd|langweilig|lustig"
    r"|witzig|süß|niedlich|lecker|sympathisch)s?te[nrsm]?",
    "en": r"(?:prettiest|ugliest|loveliest|nicest|coolest|dumbest|funniest|cutest|tastiest|"
    r"most (?:beautiful|gorgeous|awesome|amazing|wonderful|boring|annoying|ridiculous|stupid|delicious))",
}
# "gut", "schlecht", "good", "bad" judge only where nothing else is said: not "ist gut besucht", "is good at".
_ALONE = {"de": "gut schlecht besser schlimm böse", "en": "good bad evil"}
_COPULAS = {
    "de": r"(?:ist|sind|war|waren|wäre|wären|wirkt|klingt|schmeckt|aussieht)",
    "en": r"(?:is|are|was|were|looks?|sounds?|tastes?|seems?)",
}
_DEGREES = {
    "de": r"(?:(?:so|sehr|echt|wirklich|ziemlich|total|einfach|absolut|nicht|gar|ganz|ja|doch|viel|zu|immer)\s+)*",
    "en": r"(?:(?:so|very|really|quite|totally|simply|absolutely|not|just|too|rather|pretty|always)\s+)*",
}
_HOLDING = {
    "de": re.compile(
        r"\bich (?:finde|glaube|denke|meine|hasse|liebe|mag|bevorzuge|halte \w+(?: \w+){0,4} für)\b"
        r"|\b(?:finde|glaube|denke|meine|mag|hasse|liebe) ich\b|\b(?:meiner|unserer) (?:meinung|ansicht) nach\b"
        r"|\bmeines erachtens\b|\b(?:mir|uns) gef[äa]ll(?:t|en)\b|\bgef[äa]llt mir\b"
    ),
    "en": re.compile(
        r"\bi (?:really |just |personally |don't |do not )?(?:think|believe|feel|guess|like|love|hate|prefer|dislike)\b"
        r"|\bin my (?:humble )?(?:opinion|view)\b|\bif you ask me\b"
    ),
}
# What someone asks for. German "sollte" also tells what was planned ("sollte 2020 geschlossen werden"): only with a
# participle that a law or a crowd carries out, and without a number.
_DEMANDED = {
    "de": re.compile(
        r"\b(?:verboten|abgeschafft|bestraft|erlaubt|abgesetzt|eingesperrt|boykottiert|gestoppt|legalisiert)"
        r"(?:\s+(?:werden|gehören))?$"
    ),
    "en": re.compile(r"\b(?:should|ought to|must) (?:not |never |finally )*be (?:\w+ly )?\w+(?:ed|en|t)$"),
}
# Someone says so, or is told of: that can be looked up.
_REPORTED = re.compile(
    r"\b(?:laut|zufolge|nach (?:angaben|ansicht|meinung|auffassung)|sagt\w*|nannte\w*|findet|fand(?:en)?|hält|hielt"
    r"|bezeichnet\w*|erklärt\w*|meint\w*|forder\w*|gilt|gelten|galt|gewählt|umfrage\w*"
    r"|according to|sa(?:id|ys?)|called|calls|considers?|considered|regarded|voted|told|argu\w+|demand\w*|poll\w*)\b"
)
_NUMBER = re.compile(r"\d")
_CLAUSE = re.compile(r"[^,;:]+")
_SHOULD = re.compile(r"\b(?:sollte|sollten|müsste|müssten|gehört|gehören)\b")
_PREDICATES = {
    language: frozenset(f"{_TASTE[language]} {_ALONE[language]}".casefold().split()) for language in ("de", "en")
}
_COPULA = {language: re.compile(rf"\b{copula}\s") for language, copula in _COPULAS.items()}
_SUPERLATIVE = {language: re.compile(rf"\b{most.casefold()}\b") for language, most in _MOST_TASTE.items()}
_ATTRIBUTE = {
    language: re.compile(
        rf"\b{_COPULAS[language]}\s{article}\s{_DEGREES[language]}"
        rf"(?:{'|'.join(_TASTE[language].casefold().split())}){ending}\s\w+$"
    )
    for language, article, ending in (("de", r"(?:eine?|keine?)", r"(?:e|er|es)"), ("en", r"an?", ""))
}


def is_opinion(statement: str, language: Language) -> bool:
    """Whether a statement, without what it quotes, is clearly the opinion of the one who writes it."""
    text = " ".join(statement.casefold().split()).rstrip(" .!…")
    if _HOLDING[language].search(text):
        return True
    if _REPORTED.search(text):
        return False
    return _judges(text, language) or (not _NUMBER.search(text) and _demands(text, language))


def _demands(text: str, language: Language) -> bool:
    """Whether something should be done. German says what at its end, and "sollte" before it in the same clause."""
    done = _DEMANDED[language].search(text)
    if done is None or language == "en":
        return done is not None
    clause = max(text.rfind(mark, 0, done.start()) for mark in ",;:") + 1
    return _SHOULD.search(text, clause, done.start()) is not None


def _judges(text: str, language: Language) -> bool:
    """Whether it says of something what somebody likes, in its first clause: as its end, in the superlative, of a noun.

    Each part is looked for from where the one before it ends, so that no part of a text is looked through anew for
    every copula in it.
    """
    clause = _CLAUSE.match(text)
    copula = _COPULA[language].search(clause[0]) if clause else None
    if clause is None or copula is None:
        return False
    if _SUPERLATIVE[language].search(clause[0], copula.end()):
        return True
    if clause.end() < len(text):
        return False
    last = text.rfind(" ") + 1
    return (copula.end() <= last and text[last:] in _PREDICATES[language]) or bool(_ATTRIBUTE[language].search(text))
