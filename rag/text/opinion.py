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
        r"\b(?:sollte|sollten|müsste|müssten|gehört|gehören)\b[^,;:]*\b"
        r"(?:verboten|abgeschafft|bestraft|erlaubt|abgesetzt|eingesperrt|boykottiert|gestoppt|legalisiert)"
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
_END = re.compile(r"[\s.!…]+$")


def is_opinion(statement: str, language: Language) -> bool:
    """Whether a statement, without what it quotes, is clearly the opinion of the one who writes it."""
    text = _END.sub("", " ".join(statement.casefold().split()))
    if _HOLDING[language].search(text):
        return True
    if _REPORTED.search(text):
        return False
    return _judges(text, language) or (not _NUMBER.search(text) and _DEMANDED[language].search(text) is not None)


def _judges(text: str, language: Language) -> bool:
    taste = "|".join(_TASTE[language].casefold().split())
    alone = "|".join(_ALONE[language].split())
    copula, degrees, most = _COPULAS[language], _DEGREES[language], _MOST_TASTE[language].casefold()
    predicate = rf"^[^,;:]*\b{copula}\s(?:[^,;:]*\s)?{degrees}(?:{taste}|{alone})$"
    superlative = rf"^[^,;:]*\b{copula}\s[^,;:]*\b{most}\b"
    article = {"de": r"(?:eine?|keine?)", "en": r"an?"}[language]
    ending = {"de": r"(?:e|er|es)", "en": ""}[language]
    attribute = rf"^[^,;:]*\b{copula}\s{article}\s{degrees}(?:{taste}){ending}\s\w+$"
    return any(re.search(pattern, text) for pattern in (predicate, superlative, attribute))
