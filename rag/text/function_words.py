"""Closed-class words: they hold a sentence together and say nothing of its topic. For weighing a sentence as evidence.

Leaving them out altogether made both retrieval and the choice of sentences worse; so they stay and weigh little.
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


def content_text(text: str, *, language: str) -> str:
    """The text without its function words; as it is, where nothing would be left."""
    known = FUNCTION_WORDS.get(language, frozenset())
    kept = [word for word in text.split() if word.strip("?!.,;:\"'„“”»«()").casefold() not in known]
    return " ".join(kept) or text
