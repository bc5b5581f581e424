"""The words that give speech to someone: closed lists, German and English.

Verbs are listed by their principal parts; their finite forms are made from them. Whatever is not listed cues nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rag.text.function_words import FUNCTION_WORDS

# Regular ones by their infinitive, irregular ones as infinitive/present/past/participle, a prefix that is split off
# after a bar: "mit|teilen" has "teilte ... mit" and "mitteilte".
_SPEECH_VERBS = """
sagen äußern erklären betonen meinen bekräftigen bestätigen versichern behaupten erläutern kommentieren verkünden
verdeutlichen unterstreichen/unterstreicht/unterstrich/unterstrichen signalisieren
schreiben/schreibt/schrieb/geschrieben
berichten erzählen schildern melden vermelden ergänzen antworten entgegnen erwidern kontern fragen argumentieren
resümieren bilanzieren konstatieren prognostizieren vermuten spekulieren urteilen mahnen ermahnen warnen drohen
schwören/schwört/schwor/geschworen geloben versprechen/verspricht/versprach/versprochen
gestehen/gesteht/gestand/gestanden
bekennen/bekennt/bekannte/bekannt beteuern dementieren bestreiten/bestreitet/bestritt/bestritten leugnen
widersprechen/widerspricht/widersprach/widersprochen beklagen bemängeln monieren kritisieren rügen fordern verlangen
plädieren appellieren begründen zitieren informieren twittern posten bloggen scherzen witzeln spotten wettern
schimpfen
klagen jubeln rufen/ruft/rief/gerufen skandieren schreien/schreit/schrie/geschrien flüstern murmeln raunen brüllen
sprechen/spricht/sprach/gesprochen reden lauten heißen/heißt/hieß/geheißen
nennen/nennt/nannte/genannt bezeichnen titulieren beschreiben/beschreibt/beschrieb/beschrieben beschimpfen
beschuldigen bezichtigen empfehlen/empfiehlt/empfahl/empfohlen raten/rät/riet/geraten bemerken notieren formulieren
referieren präzisieren relativieren prophezeien mutmaßen unterstellen berufen/beruft/berief/berufen
mit|teilen hin|weisen/weist/wies/gewiesen hinzu|fügen an|kündigen ein|räumen zu|geben/gibt/gab/gegeben
an|geben/gibt/gab/gegeben bekannt|geben/gibt/gab/gegeben aus|führen fest|stellen klar|stellen richtig|stellen
dar|legen
an|merken aus|sagen voraus|sagen vorher|sagen zurück|weisen/weist/wies/gewiesen ab|lehnen
ab|streiten/streitet/stritt/gestritten vor|werfen/wirft/warf/geworfen
vor|schlagen/schlägt/schlug/geschlagen an|regen auf|rufen/ruft/rief/gerufen auf|fordern bekannt|machen an|prangern
wieder|geben/gibt/gab/gegeben weiter|geben/gibt/gab/gegeben aus|rufen/ruft/rief/gerufen nach|fragen
fort|fahren/fährt/fuhr/gefahren
verlautbaren an|bieten/bietet/bot/geboten nach|sagen zusammen|fassen zu|sichern zu|stimmen an|deuten
durchblicken|lassen/lässt/ließ/gelassen
"""
# They call something what a quotation says, after these words: "bezeichnete es als „...“".
NAMING_VERBS = {
    "nennen": "",
    "bezeichnen": "als",
    "beschreiben": "als",
    "charakterisieren": "als",
    "titulieren": "als",
    "werten": "als",
    "bewerten": "als",
    "kritisieren": "als",
    "einstufen": "als",
    "sprechen": "von vom",
}
# They tell what someone thinks or how he takes something: a cue only where a clause or a quotation hangs on them.
_OPINION_VERBS = """
glauben hoffen fürchten befürchten erwarten schätzen denken/denkt/dachte/gedacht finden/findet/fand/gefunden
halten/hält/hielt/gehalten sehen/sieht/sah/gesehen bewerten beurteilen bedauern begrüßen verurteilen verteidigen loben
preisen/preist/pries/gepriesen würdigen tadeln beanstanden bitten/bittet/bat/gebeten rechnen bezweifeln zweifeln
wünschen freuen wissen/weiß/wusste/gewusst beschließen/beschließt/beschloss/beschlossen
entscheiden/entscheidet/entschied/entschieden vereinbaren verweisen/verweist/verwies/verwiesen erinnern interpretieren
werten ein|stufen
deuten charakterisieren belegen beweisen/beweist/bewies/bewiesen ergeben/ergibt/ergab/ergeben
erwägen/erwägt/erwog/erwogen erhoffen beauftragen einigen drängen verweigern beantragen
danken erfahren/erfährt/erfuhr/erfahren ein|schätzen an|nehmen/nimmt/nahm/genommen vorher|sehen/sieht/sah/gesehen
auf|fassen an|sehen/sieht/sah/gesehen ein|gestehen/gesteht/gestand/gestanden an|erkennen/erkennt/erkannte/erkannt
aus|gehen/geht/ging/gegangen vor|halten/hält/hielt/gehalten entgegen|halten/hält/hielt/gehalten
hervor|heben/hebt/hob/gehoben an|klagen an|drohen an|mahnen aus|sprechen/spricht/sprach/gesprochen heraus|stellen
hervor|gehen/geht/ging/gegangen
"""
# They say something together with a noun or an adjective of the lists below: "kam zu dem Schluss", "ist überzeugt".
_LIGHT_VERBS = """
geben/gibt/gab/gegeben machen kommen/kommt/kam/gekommen gehen/geht/ging/gegangen bringen/bringt/brachte/gebracht
vertreten/vertritt/vertrat/vertreten stellen zeigen sorgen sein/ist/war/gewesen erheben/erhebt/erhob/erhoben
üben hegen knüpfen begegnen reagieren ziehen/zieht/zog/gezogen treffen/trifft/traf/getroffen
führen legen setzen nehmen/nimmt/nahm/genommen
"""
# A quotation is what these words say: "so", "laut", ...
SOURCE_PREPOSITIONS = frozenset({"laut", "gemäß", "lt"})
SOURCE_NOUNS = frozenset(
    """angabe angaben aussage aussagen ansicht ansichten meinung meinungen auffassung auffassungen einschätzung
    einschätzungen bericht berichte berichten berichts berichtes information informationen worten darstellung
    darstellungen
    mitteilung mitteilungen erkenntnis erkenntnisse erkenntnissen meldung meldungen auskunft auskünften überzeugung
    schätzung schätzungen schätzungsweise urteil urteils äußerung äußerungen erklärung erklärungen analyse
    analysen studie
    studien bekunden ankündigung idee entwurf gesetzentwurf artikel paragraf paragraph gesetz gesetzes
    verfassung grundgesetz vertrag umfrage umfragen
    untersuchung untersuchungen ermittlung ermittlungen vermutung vermutungen prognose prognosen
    lesart version schilderung schilderungen zeugenaussagen polizeiangaben behördenangaben medienberichten
    medienangaben
    medieninformationen presseberichten zeitungsberichten augenzeugenberichten agenturberichten agenturmeldungen
    agenturangaben regierungsangaben militärangaben firmenangaben unternehmensangaben veranstalterangaben
    expertenmeinung pressemitteilung pressemitteilungen pressemeldung pressemeldungen pressebericht zeitungsbericht
    medienbericht polizeibericht hochrechnung hochrechnungen stand erkenntnisstand ansage sicht verlautbarung
    verlautbarungen statistik statistiken quelle quellen agentur experten beobachtern beobachtungen berechnungen
    recherchen umfrageergebnissen wissenschaftlern forschern behörden augenzeugen kreisen kenntnis eindruck
    dafürhalten
    bewertung bewertungen darstellungen fazit worten wahrnehmung argumentation befund befunden
    vorstellung vorstellungen wunsch willen plan plänen anklage anklageschrift gutachten urteilsbegründung""".split()
)
SOURCE_ADVERBS = frozenset({"demnach", "demzufolge", "danach", "wonach"})
# Nouns that a clause of what was said hangs on: "der Vorwurf, er habe ..."
SPEECH_NOUNS = frozenset(
    """aussage ankündigung behauptung vorwurf vorwürfe forderung befürchtung hoffnung ansicht meinung auffassung
    warnung
    bericht berichte meldung mitteilung erklärung these theorie vermutung überzeugung einschätzung kritik schluss
    schlussfolgerung ergebnis hinweis eindruck feststellung versicherung zusage drohung bitte appell aufruf gerücht
    gerüchte verdacht argument begründung bedenken zweifel standpunkt bedauern verständnis vorschlag anschuldigung
    anschuldigungen worte worten botschaft angaben aussagen berichten nachricht vorhersage prognose frage
    antwort verdächtigung annahme urteil sorge behauptungen darstellung erwartung wunsch versprechen""".split()
)
# "ist der Ansicht, dass", "zeigte sich überzeugt, dass"
STATES_OF_MIND = frozenset(
    """ansicht meinung auffassung überzeugt überzeugung zuversichtlich sicher optimistisch enttäuscht besorgt erfreut
    erschüttert entsetzt erstaunt verwundert empört skeptisch betroffen gewiss glücklich froh zufrieden dankbar
    bestürzt verärgert überrascht erleichtert stolz einig""".split()
)
# Forms of the Konjunktiv that their ending does not tell, and the commonest ones.
SUBJUNCTIVES = frozenset(
    """habe werde könne müsse solle wolle dürfe möge sei seien seist habest hätte hätten würde würden wäre wären
    könnte könnten müsste müssten dürfte dürften bliebe
    ließe ginge käme kämen stünde stünden läge lägen gäbe gäben sähe fände fänden nähme bräuchte
    bräuchten wüsste wüssten täte bestünde befände schiene brächte dächte begänne beträfe heiße weise""".split()
)
_NO_SUBJUNCTIVES = frozenset({"bitte", "lose", "kranke", "raste"})
# What may stand before the verb of a main clause and is no subject, though a sentence gives it a capital.
SENTENCE_ADVERBS = frozenset(
    """so auch außerdem zudem zugleich gleichzeitig dabei damit dazu hierzu hierbei darüber daraufhin darauf
    danach demnach
    demzufolge deshalb daher darum deswegen dennoch trotzdem allerdings jedoch hingegen dagegen indes indessen
    währenddessen inzwischen mittlerweile unterdessen derweil zuvor vorher bereits schon gestern heute morgen
    nun jetzt
    dann später früher zuletzt zunächst schließlich abschließend anschließend ferner weiter weiterhin überdies
    insbesondere besonders insgesamt vielmehr stattdessen andererseits einerseits lediglich nur erst weiters wörtlich
    ursprünglich tatsächlich offenbar angeblich möglicherweise vielleicht wahrscheinlich sicherlich natürlich leider
    dort hier da dadurch davon dafür daran darin darunter somit also folglich immerhin erneut wiederum nochmals
    mehrfach
    mehrmals öffentlich offiziell ähnlich ebenso ebenfalls gleichfalls genauso anders positiv negativ kritisch scharf
    konkret kurz einmal seitdem seither bislang bisher künftig zukünftig generell grundsätzlich gegenüber unter
    anderem
    zuerst nachdem obwohl während weil wenn als wie dass ob falls sobald solange bevor bis denn aber doch und oder
    sondern
    einer eine eines hieran hieraus hiermit hiervon bekanntlich angesichts aufgrund infolge anlässlich seitens gemäß
    entgegen mithilfe statt anstatt dank trotz wegen letztlich letztendlich einzig vorerst bald abends morgens mittags
    nachts selbst sogar aktuell besorgt beispielsweise daraus hierin hierauf hierfür womöglich zwar ob dies gerade
    andernfalls ansonsten sonst alternativ nebenbei weitgehend entsprechend überrascht erfreut enttäuscht empört
    angesprochen gefragt laut nochmal folgendes folgende mehr weniger viel""".split()
)
SUBORDINATORS = frozenset(
    """wie als dass daß weil nachdem während ob wenn da obwohl wonach was worauf wobei indem damit bevor bis
    falls sofern
    sodass woraufhin womit wodurch wofür warum weshalb seit seitdem sobald solange""".split()
)
RELATIVES = frozenset({"der", "die", "das", "welcher", "welche", "welches", "wer"})
CONJUNCTIONS = frozenset({"und", "aber", "doch", "sondern", "oder", "denn", "sowie", "jedoch"})
HAVE = frozenset("hat haben hatte hatten habe hätte hätten".split())
BECOME = frozenset("wird werden wurde wurden werde würde würden worden".split())
BE = frozenset("ist sind war waren sei seien".split())

_ENGLISH_VERBS = """
say/says/said/said tell/tells/told/told add announce explain claim warn state report note argue insist suggest stress
acknowledge admit/admits/admitted/admitted confirm deny/denies/denied/denied declare comment
write/writes/wrote/written
ask reply/replies/replied/replied respond answer call describe criticise criticize demand urge believe
think/thinks/thought/thought
hope fear expect estimate predict promise vow pledge complain recall reveal assert contend maintain mention observe
remark reiterate repeat emphasise emphasize underline allege accuse speculate shout tweet joke quip continue conclude
concede point/points/pointed/pointed caution quote read/reads/read/read testify/testifies/testified/testified
indicate cite brand dub/dubs/dubbed/dubbed label slam/slams/slammed/slammed
"""
ENGLISH_NAMING_VERBS = frozenset("call describe brand dub label slam criticise criticize".split())
# What follows them is a thing, and no clause: "denied the charge".
ENGLISH_TRANSITIVE_VERBS = frozenset("deny confirm demand quote cite comment ask answer respond reply accuse".split())
ENGLISH_SUBORDINATORS = frozenset("as when while who which that because after before if where".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form may be. `prefix` is one that is split off, and no part of `infinitive`."""

    infinitive: str
    prefix: str = ""
    participle: bool = False


@cache
def verb_forms(language: str) -> Mapping[str, tuple[Reading, ...]]:
    """Finite forms and participles -> what they may be."""
    forms: dict[str, list[Reading]] = {}
    made = _english() if language == "en" else _german(_SPEECH_VERBS + _OPINION_VERBS + _LIGHT_VERBS)
    for form, reading in made:
        if reading not in forms.setdefault(form, []):
            forms[form].append(reading)
    return {form: tuple(readings) for form, readings in forms.items()}


@lru_cache(maxsize=10_000)
def is_subjunctive(form: str) -> bool:
    """Whether a word in small letters is a verb in the Konjunktiv, and nothing else in an article that says no "ich".

    The Konjunktiv I in -e is told by its infinitive: "richte" is of "richten", but "sagte" of "sagen".
    """
    if form in SUBJUNCTIVES:
        return True
    if not form.endswith("e") or form in _NO_SUBJUNCTIVES or form in FUNCTION_WORDS["de"]:
        return False
    import simplemma

    lemma: str = simplemma.lemmatize(form, lang="de")
    return lemma in {form + "n", form[:-1] + "n"} or (form.endswith("le") and lemma == form[:-2] + "eln")


@cache
def light_verbs() -> frozenset[str]:
    """Infinitives of verbs that say something with a noun or an adjective only."""
    return frozenset(entry.split("/")[0] for entry in _LIGHT_VERBS.split())


@cache
def speech_verbs(language: str) -> frozenset[str]:
    """Infinitives, with their prefix, of verbs that say something by themselves."""
    if language == "en":
        return frozenset(entry.split("/")[0] for entry in _ENGLISH_VERBS.split())
    return frozenset(entry.split("/")[0].replace("|", "") for entry in _SPEECH_VERBS.split())


def _german(entries: str) -> Iterator[tuple[str, Reading]]:
    """Forms with their readings. Of separable verbs the verb-final forms too: "mitteilte"."""
    for entry in entries.split():
        parts = entry.split("/")
        prefix, _, infinitive = parts[0].rpartition("|")
        stem = infinitive.removesuffix("en") if infinitive.endswith("en") else infinitive[:-1]
        joint = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn")) else ""
        if len(parts) > 1:
            present, past, participle = parts[1:]
        else:
            present, past = stem + joint + "t", stem + joint + "te"
            simple = infinitive.endswith("ieren") or infinitive.startswith(_UNSTRESSED)
            participle = ("" if simple else "ge") + stem + joint + "t"
        plural = past + ("n" if past.endswith("e") else "en")
        for form in (present, past, plural, infinitive):
            yield form, Reading(infinitive, prefix)
            if prefix:
                yield prefix + form, Reading(prefix + infinitive)
        yield prefix + participle, Reading(prefix + infinitive, participle=True)


_UNSTRESSED = ("be", "er", "ver", "ent", "zer", "unter", "prophezei", "wider", "miss", "über")


def _english() -> Iterator[tuple[str, Reading]]:
    for entry in _ENGLISH_VERBS.split():
        parts = entry.split("/")
        base = parts[0]
        if len(parts) > 1:
            present, past = parts[1], parts[2]
        else:
            present = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
            past = base + ("d" if base.endswith("e") else "ed")
        for form in (base, present, past):
            yield form, Reading(base)
