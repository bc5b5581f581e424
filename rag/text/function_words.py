"""Closed-class words: they hold a sentence together and say nothing of its topic.

`FUNCTION_WORDS` are for weighing a sentence as evidence: leaving them out altogether made both retrieval and the choice
of sentences worse, so they stay and weigh little. The finer classes below are for reading how a question is built.
"""

from __future__ import annotations

_GERMAN = """
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines dieser diese dieses
diesen diesem jener jene jenes jenen jenem welcher welche welches welchen welchem wer wen wem wessen was wann wo wohin
woher wie warum weshalb wieso wodurch womit wofür wovon worüber woran worauf worin wozu ich du er sie es wir ihr man
mich dich ihn uns euch mir dir ihm ihnen sich mein meine dein deine sein seine seinen seinem seiner seines ihre ihren
ihrem ihrer ihres unser unsere und oder aber sondern denn doch sowie weil dass daß ob wenn als während bevor nachdem
damit obwohl indem sobald solange je an am auf aus außer bei beim bis durch für gegen hinter in im ins mit nach neben
ohne seit über um unter von vom vor wegen zu zum zur zwischen trotz laut gegenüber ab entlang innerhalb außerhalb ist
sind war waren bin bist sei seien wäre wären gewesen hat haben habe hatte hatten hätte hätten wird werden wurde wurden
worden würde würden kann können konnte konnten könnte könnten muss müssen musste mussten soll sollen sollte sollten
will wollen wollte wollten darf dürfen durfte mag mögen möchte lässt lassen auch noch nur schon sehr so dann da hier
dort nun etwa ja nein mehr viel viele vielen vieler wieviel wieviele lange
"""
_ENGLISH = """
the a an this that these those which who whom whose what when where why how i you he she it we they me him her us them
my your his its our their mine yours and or but nor so yet because although though while if unless until since as than
whether at by for from in into of off on onto out over to under up with without about after before between during
against through per via among within is are was were be been being am has have had having do does did done will would
shall should can could may might must also only just very too then there here now not no yes more most much many long
some any
"""

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "de": frozenset(word.casefold() for word in _GERMAN.split()),
    "en": frozenset(word.casefold() for word in _ENGLISH.split()),
}


def _by_language(german: str, english: str) -> dict[str, frozenset[str]]:
    return {"de": frozenset(german.split()), "en": frozenset(english.split())}


PREPOSITIONS = _by_language(
    """ab am an ans auf aufs aus außer bei beim bis durch durchs für fürs gegen gegenüber hinter hinterm im in innerhalb
    ins laut mit nach neben ohne seit trotz über überm um unter unterm vom von vor vorm während wegen zu zum zur
    zwischen""",
    """about above across after against along among around at before behind below beneath beside between beyond by
    despite during for from in inside into near of off on onto out outside over past per since through throughout to
    toward towards under until upon via with within without""",
)
# Where something is or goes; the same words may say when.
LOCAL_PREPOSITIONS = _by_language(
    "am an ans auf aufs aus bei beim hinter im in ins nach neben vor", "at from in inside into near on onto to"
)
DETERMINERS = _by_language(
    """der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner keines mein meine
    meinen meinem meiner dein deine deinen sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres
    unser unsere unseren unserem unserer dieser diese dieses diesen diesem jener jene jenes jenen jenem jeder jede
    jedes jeden jedem alle allen beide beiden""",
    "the a an this that these those my your his her its our their every each some any no both",
)
AUXILIARIES = _by_language(
    """bin bist ist sind seid war waren sei seien wäre wären wird werden wurde wurden würde würden hat habe haben hatte
    hatten hätte hätten kann können konnte konnten könnte könnten muss müssen musste mussten soll sollen sollte sollten
    will wollen wollte wollten darf dürfen durfte durften mag mögen möchte möchten lässt lassen ließ ließen""",
    "am is are was were do does did has have had can could will would shall should may might must",
)
# They join a subject with what it is: "Wer ist X?" asks about X itself.
COPULAS = _by_language("bin ist sind war waren wäre wären heißt heißen hieß hießen", "am is are was were")
# Question words that ask for a circumstance, and those that ask for one who takes part.
ADVERB_QUESTIONS = _by_language(
    """wann wo wohin woher warum weshalb wieso wie wozu wofür wodurch womit wovon worüber woran worauf worin worum
    wogegen wonach wobei""",
    "when where why how",
)
PARTICIPANT_QUESTIONS = _by_language("wer wen wem was wessen", "who whom what whose which")
# What stands between "wie" or "how" and the verb.
DEGREES = _by_language(
    """lange lang hoch groß klein alt jung viel viele oft häufig weit nah schwer leicht teuer schnell stark tief breit
    kurz spät früh gut schlecht sicher warm kalt heiß reich genau sehr wahrscheinlich gefährlich wichtig bekannt
    erfolgreich beliebt laut voll dick dünn""",
    """long old young many much far often high tall big large small fast late soon early wide deep heavy strong
    expensive likely dangerous important popular successful hot cold warm good bad""",
)
# They colour a question and ask for nothing.
PARTICLES = _by_language(
    "genau eigentlich denn noch sonst alles schon bloß überhaupt also dann nun jetzt bitte nicht auch",
    "exactly else then not so precisely again now too also",
)


def content_text(text: str, *, language: str) -> str:
    """The text without its function words; as it is, where nothing would be left."""
    known = FUNCTION_WORDS.get(language, frozenset())
    kept = [word for word in text.split() if word.strip("?!.,;:\"'„“”»«()").casefold() not in known]
    return " ".join(kept) or text
