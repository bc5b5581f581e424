"""Closed lists of words that turn what is said round: opposites, denials, and marks of how sure it is.

Opposites stand in two camps, `one camp | the other;`, and words of one camp say the same direction. There is no
dictionary of German opposites that comes as a library and works offline, so these lists are our own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache

from rag.text.speech.lexicon import speech_verbs, verb_forms
from rag.text.tokens import stem

_OPPOSITES = {
    "de": """
    steigen ansteigen anstieg zunehmen zunahme wachsen wachstum zuwachs klettern anziehen zulegen hochgehen
        erhöhen erhöhung anheben anhebung heraufsetzen vergrößern vermehren verteuern verteuerung steigern
        steigerung aufstocken | sinken absinken rückgang fallen abnehmen abnahme schrumpfen
        zurückgehen nachgeben senken senkung absenken herabsetzen verkleinern
        verringern verringerung vermindern reduzieren reduzierung kürzen kürzung verbilligen drosseln;
    gewinnen gewannen siegen sieg gewinn erringen gewinner sieger | verlieren verloren unterliegen niederlage
        verlust verlierer;
    mehr | weniger;
    meiste | wenigste;
    mehrheit | minderheit;
    hoch | niedrig tief;
    groß | klein;
    größte | kleinste;
    höchste | niedrigste tiefste;
    maximum | minimum;
    lang | kurz;
    früh früher | spät später;
    erste | letzte;
    alt | neu jung;
    älteste | jüngste;
    stark | schwach;
    schnell | langsam;
    schwer | leicht;
    teuer | billig günstig;
    warm heiß | kalt;
    nah | fern weit;
    oben | unten;
    nördlich norden nord | südlich süden süd;
    östlich osten ost | westlich westen west;
    links linke | rechts rechte;
    innen | außen;
    vor | nach;
    vorher zuvor | nachher danach;
    beginnen anfangen starten eröffnen beginn start auftakt eröffnung | enden beenden aufhören schließen
        abschließen ende schluss abschluss schließung;
    aufnehmen | abbrechen unterbrechen aussetzen;
    verlassen abreisen auslaufen ausreisen abfahren abfliegen | erreichen ankommen eintreffen einlaufen
        einreisen anreisen;
    abflug abfahrt ausfahrt | ankunft einfahrt;
    eintreten beitreten beitritt | austreten verlassen austritt;
    annehmen zustimmen billigen befürworten akzeptieren genehmigen bewilligen zustimmung annahme genehmigung |
        ablehnen zurückweisen verwerfen verweigern ablehnung zurückweisung;
    bestätigen zugeben einräumen gestehen bestätigung | bestreiten dementieren leugnen abstreiten widersprechen
        dementi;
    erlauben gestatten zulassen erlaubnis | verbieten untersagen verbot;
    öffnen geöffnet offen | schließen geschlossen sperren gesperrt;
    kaufen einkaufen erwerben kauf käufer | verkaufen veräußern verkauf verkäufer;
    importieren einführen import einfuhr | exportieren ausführen export ausfuhr;
    geben | nehmen;
    verhaften festnehmen inhaftieren einsperren festnahme verhaftung | freilassen entlassen freisprechen
        freikommen freilassung freispruch;
    verurteilen verurteilung | freisprechen freispruch;
    schuldig | unschuldig;
    verdoppeln verdreifachen vervielfachen | halbieren;
    hochschnellen | einbrechen einbruch absacken;
    angreifen angreifer angriff | verteidigen verteidiger verteidigung;
    leben überleben lebendig | sterben tot tod umkommen;
    gesund | krank;
    erfolg erfolgreich gelingen | misserfolg erfolglos misslingen scheitern;
    erfüllen einhalten | verletzen brechen verstoßen;
    bauen errichten aufbauen | abreißen zerstören abbauen;
    einstellen anheuern | entlassen kündigen;
    loben begrüßen lob | kritisieren tadeln verurteilen kritik;
    freund verbündeter | feind gegner;
    unterstützen fördern für | bekämpfen gegen;
    öffentlich | privat geheim;
    positiv | negativ;
    verbessern besser verbesserung gut beste | verschlechtern schlechter verschlechterung schlecht schlechteste;
    voll | leer;
    legal | illegal;
    möglich | unmöglich;
    bekannt | unbekannt;
    abhängig | unabhängig;
    sicher | unsicher;
    reich | arm;
    viel viele | wenig wenige;
    immer stets | nie niemals;
    überall | nirgends;
    männlich mann | weiblich frau;
    vater | mutter;
    bruder | schwester;
    sohn | tochter;
    einnahmen überschuss plus | ausgaben defizit minus;
    aufsteigen aufstieg | absteigen abstieg;
    zustimmung | widerspruch;
    mindestens | höchstens;
    über | unter;
    mitglied | nichtmitglied;
    gemeinsam zusammen | getrennt;
    frieden | krieg;
    gleich | verschieden;
    tag tagsüber | nacht nachts;
    einfach | schwierig;
    breit | schmal;
    """,
    "en": """
    rise rises rose risen rising increase climb grow grew grown gain raise expand | fall falls fell
        fallen falling decrease decline drop shrink shrank lower reduce cut;
    win wins won winning winner victory | lose loses lost losing loser defeat;
    more | less fewer;
    most | least fewest;
    majority | minority;
    high higher highest | low lower lowest;
    large larger largest big bigger biggest great | small smaller smallest little;
    maximum | minimum;
    long longer longest | short shorter shortest;
    early earlier earliest | late later latest;
    first | last;
    old older oldest | young younger youngest new newer newest;
    strong stronger | weak weaker;
    fast faster quick | slow slower;
    heavy heavier | light lighter;
    expensive | cheap;
    warm hot | cold;
    near | far;
    north northern | south southern;
    east eastern | west western;
    left | right;
    inside | outside;
    before | after;
    begin begins began begun start open opening beginning | end ends ended ending finish close closing stop
        cease;
    leave leaves left depart departure exit | enter arrive arrival reach;
    join | leave quit;
    accept approve agree endorse acceptance approval | reject refuse decline dismiss rejection refusal;
    confirm admit acknowledge | deny dispute contest denial;
    allow permit | forbid ban prohibit;
    open | closed shut;
    buy buys bought purchase acquire | sell sells sold sale;
    import | export;
    give | take;
    arrest arrested jail jailed imprison detain | release released free freed acquit;
    convict convicted | acquit acquitted;
    guilty | innocent;
    double triple | halve;
    attack | defend;
    live alive survive | die dies died dead death;
    healthy | sick ill;
    success successful succeed | failure unsuccessful fail;
    fulfil keep | violate break broke broken;
    build built construct | demolish destroy;
    hire hired | fire fired dismiss;
    praise welcome | criticise criticize condemn;
    friend ally | enemy opponent foe;
    support for | oppose against;
    public | private secret;
    positive | negative;
    improve better best good | worsen worse worst bad;
    full | empty;
    legal | illegal;
    possible | impossible;
    known | unknown;
    dependent | independent;
    rich | poor;
    many much | few little;
    always | never;
    everywhere | nowhere;
    male man | female woman;
    father | mother;
    brother | sister;
    son | daughter;
    husband | wife;
    surplus revenue plus | deficit expenditure minus;
    promote | relegate demote;
    above over | below under;
    together | separately;
    peace | war;
    same | different;
    day | night;
    easy | difficult;
    wide | narrow;
    fiction fictional | nonfiction factual;
    domestic | foreign;
    """,
}
_DENIALS = {
    "de": """nicht nichts kein keine keinen keinem keiner keines keinerlei nie niemals niemand niemanden niemandem
    nirgends nirgendwo weder ohne mitnichten keineswegs keinesfalls nimmer""",
    "en": """not no never none nobody nothing neither nor without cannot can't don't doesn't didn't isn't aren't wasn't
    weren't hasn't haven't hadn't won't wouldn't couldn't shouldn't nowhere hardly""",
}
# They deny what hangs on them: "weigerte sich zu kommen", "failed to come".
_DENYING = {
    "de": """weigern verweigern unterlassen versäumen verzichten scheitern bestreiten leugnen dementieren abstreiten
    verhindern vermeiden ablehnen verpassen verfehlen unfähig außerstande""",
    "en": """refuse fail deny avoid prevent lack decline incapable unable neglect refrain abstain cease stop""",
}
# With these behind or before it, a denial denies nothing.
_NO_DENIAL = {
    "de": ("nur", "zuletzt", "bloß", "allein", "minder", "umsonst"),
    "en": ("only", "just", "merely", "least"),
}
_HEDGES = {
    "de": """möglicherweise vielleicht vermutlich wahrscheinlich wohl angeblich mutmaßlich mutmaßliche mutmaßlichen
    mutmaßlicher offenbar anscheinend eventuell scheinbar voraussichtlich womöglich könnte könnten dürfte dürften soll
    sollen sollte sollten möchte möchten will wollen wollte wollten muss müssen müsse müsste müssten musste mussten
    würde würden falls wenn sofern plant planen plante planten beabsichtigt erwägt erwägen prüft fordert fordern
    forderte forderten droht drohte drohten hofft hoffen hoffte versucht versuchte versuchten warnt warnte warnten
    verlangt verlangte verlangten vorbehalten behielt kündigt kündigte kündigten ankündigte angekündigt ruft rief
    aufgerufen bietet bot anbot angeboten schlägt schlug vorschlug vorgeschlagen bittet bat gebeten wolle solle dürfe
    möge unklar""",
    "en": """possibly perhaps maybe probably likely allegedly reportedly apparently supposedly presumably could may
    might must would should if unless alleged suspected seems seemed appears plans planned intends intended hopes hoped
    wants wanted tried tries attempted attempts rumored rumoured""",
}
_CERTAIN = {
    "de": "sicher gewiss bestimmt zweifellos definitiv eindeutig zweifelsfrei nachweislich erwiesenermaßen tatsächlich",
    "en": "certainly definitely undoubtedly surely clearly indeed unquestionably",
}
# A claim that has one of these says more than a source without it.
_LIMITING = {
    "de": """nur ausschließlich einzig einzige einziger einziges lediglich allein immer stets alle sämtliche jeder jede
    jedes nie niemals erstmals überall ganz völlig vollständig""",
    "en": """only solely exclusively always all every each never ever entirely completely fully strictly just""",
}

# Small words that change what is told, the forms of one in a row: who leaves out or puts in one says something else.
_QUALIFYING = {
    "de": """
    kann können könne könnte könnten konnte konnten kannst; muss müssen müsse müsste müssten musste mussten;
    soll sollen solle sollte sollten; will wollen wolle wollte wollten; darf dürfen dürfe dürfte dürften durfte durften;
    mag mögen möge möchte möchten mochte mochten; lässt lassen lasse ließ ließen;
    hätte hätten; wäre wären; würde würden; auch ebenfalls; noch; nur lediglich bloß; schon bereits; sehr; lange;
    mehr; viel viele vielen vieler; wenig wenige wenigen; ja; nein; weil denn da; wenn falls; ob; obwohl obgleich;
    nachdem; bevor; sobald; solange; sondern; trotz; wegen; ohne; außer; statt anstatt;
    """,
    "en": """
    can could; may might; must; shall should; will would; also; only just; very; too; more; most; much many; long;
    because; although though; while; if unless; until; without; instead; nor;
    """,
}
# What stands behind these is told of a part, or of another time or rank, the words of one kind in a row.
_RESTRICTING = {
    "de": """
    einige einigen einiger einiges manche manchen mancher manches mehrere mehreren mehrerer etliche etlichen etlicher;
    viele vielen vieler zahlreiche zahlreichen zahlreicher;
    hälfte teil drittel viertel teile teilen minderheit; mehrheit großteil meiste meisten;
    nur lediglich bloß ausschließlich; kaum;
    ehemalige ehemaligen ehemaliger ehemaliges ehemaligem früher frühere früheren früherer früheres früherem
        einstige einstigen einstiger einstiges ex vormalige vormaligen vormaliger;
    künftige künftigen künftiger künftiges zukünftige zukünftigen zukünftiger designierte designierten designierter
        designiert angehende angehenden angehender;
    stellvertretende stellvertretenden stellvertretender vize kommissarische kommissarischen kommissarischer amtierende
        amtierenden amtierender geschäftsführende geschäftsführenden geschäftsführender;
    mutmaßliche mutmaßlichen mutmaßlicher mutmaßliches mutmaßlichem angebliche angeblichen angeblicher angebliches
        angeblichem vermeintliche vermeintlichen vermeintlicher vermeintliches vermeintlichem;
    """,
    "en": """
    some several; many numerous; half third quarter part minority; most majority; only just merely solely;
    hardly barely; former ex; future designate designated incoming; deputy vice acting interim;
    alleged suspected supposed purported presumed;
    """,
}
# It nearly was so, or somebody tells so who need not know: the words of one kind in a row.
_DOUBTFUL = {
    "de": """
    fast beinahe nahezu annähernd;
    angeblich mutmaßlich vermeintlich möglicherweise vielleicht vermutlich wahrscheinlich wohl offenbar anscheinend
        scheinbar eventuell womöglich voraussichtlich gerücht gerüchte gerüchten gerüchts gerüchteweise unbestätigt
        unbestätigte unbestätigten;
    """,
    "en": """
    almost nearly virtually;
    allegedly reportedly supposedly purportedly apparently presumably possibly perhaps maybe probably likely rumour
        rumours rumor rumors rumoured rumored unconfirmed alleged;
    """,
}
# Who says it with these may be wrong.
_CLAIMING = {
    "de": "behauptet behaupten behauptete behaupteten behauptung behauptungen",
    "en": "claim claims claimed alleges allegation allegations assert asserts asserted",
}
# They name who says it, as verbs of speech do.
_ACCORDING = {
    "de": "laut zufolge angaben angabe aussage aussagen worten sicht",
    "en": "according",
}
# What is told hangs on the clause that these begin.
_CONDITIONS = {
    "de": "falls wenn sofern vorausgesetzt",
    "en": "if unless",
}
# By these, what is told is allowed, possible or wanted, and may not have come about.
_MODALS = {
    "de": """kann können könne könnte könnten muss müssen müsse müsste müssten soll sollen solle sollte sollten will
    wollen wolle wollte wollten darf dürfen dürfe dürfte dürften mag mögen möge möchte möchten hätte hätten wäre wären
    würde würden""",
    "en": "can could may might must shall should will would",
}
# They say that someone says it, and nothing of how.
_PLAIN_SAYING = {
    "de": """sagen nennen erklären mitteilen äußern berichten schreiben sprechen hinzufügen bezeichnen lauten""",
    "en": """say tell state call add note write describe""",
}


@cache
def _camps(language: str) -> dict[str, frozenset[tuple[int, int]]]:
    """By key, on which side of which pairs of camps a word stands."""
    sides: dict[str, set[tuple[int, int]]] = {}
    for number, pair in enumerate(_OPPOSITES[language].split(";")):
        for side, camp in enumerate(pair.split("|")):
            for word in camp.split():
                for key in _keys(word, language):
                    sides.setdefault(key, set()).add((number, side))
    return {key: frozenset(where) for key, where in sides.items()}


def _keys(word: str, language: str) -> Iterator[str]:
    yield word
    yield stem(word, language=language)
    yield stem(word.title(), language=language)


def are_opposites(key: str, other: str, *, language: str) -> bool:
    """Whether two keys of `rag.check.reading` stand for opposites: "stieg" and "sank"."""
    mine, theirs = _sides(key, language), _sides(other, language)
    return any((number, 1 - side) in theirs for number, side in mine) and not mine & theirs


def say_the_same(key: str, other: str, *, language: str) -> bool:
    """Whether two keys say the same of a quantity: "stieg" and "kletterte". That is the first pair of camps alone."""
    return any((0, side) in _sides(key, language) & _sides(other, language) for side in (0, 1))


def _sides(key: str, language: str) -> frozenset[tuple[int, int]]:
    return _camps(language).get(key, frozenset())


def is_denial(word: str, *, language: str) -> bool:
    """Whether a word denies: "nicht", "kein", "never"."""
    folded = word.casefold().replace("’", "'")
    return folded in _words(_DENIALS[language]) or (language == "en" and folded.endswith("n't"))


def denies_nothing(before: str, behind: str, *, language: str) -> bool:
    """Whether the word behind a denial takes it back: "nicht nur", "not least"."""
    return behind.casefold() in _NO_DENIAL[language] or (language == "en" and before.casefold() == "if")


@cache
def _denying(language: str) -> frozenset[str]:
    return frozenset(key for word in _DENYING[language].split() for key in _keys(word, language))


def is_denying(key: str, *, language: str) -> bool:
    """Whether a key is that of a verb that denies what hangs on it: "weigerte sich", "failed to"."""
    return key in _denying(language)


def is_hedge(word: str, *, language: str) -> bool:
    """Whether a word leaves open, or to the future, whether something is so: "möglicherweise", "soll", "allegedly"."""
    return word.casefold() in _words(_HEDGES[language])


def is_certain(word: str, *, language: str) -> bool:
    """Whether a word says that something is surely so."""
    return word.casefold() in _words(_CERTAIN[language])


def is_limiting(word: str, *, language: str) -> bool:
    """Whether a word makes a statement a stronger one: "nur", "alle", "always"."""
    return word.casefold() in _words(_LIMITING[language])


@cache
def _rows(text: str) -> dict[str, int]:
    return {word.casefold(): number for number, row in enumerate(text.split(";")) for word in row.split()}


def qualifies(word: str, *, language: str) -> int | None:
    """A number for a small word that changes what is told, the same for its forms: "kann", "könnte"; else None."""
    return _rows(_QUALIFYING[language]).get(word.casefold())


def restricts(word: str, *, language: str) -> int | None:
    """A number for a word that restricts what stands behind it, alike for those of a kind: "einige", "former"."""
    return _rows(_RESTRICTING[language]).get(word.casefold())


def doubts(word: str, *, language: str) -> int | None:
    """A number for a word by which what is told is in doubt, alike for those of a kind: "fast", "Gerücht"."""
    return _rows(_DOUBTFUL[language]).get(word.casefold())


def is_claiming(word: str, *, language: str) -> bool:
    """Whether a word says that somebody says it, and leaves open whether it is so: "behauptete", "claims"."""
    return word.casefold() in _words(_CLAIMING[language])


def names_sayer(words: Collection[str], *, language: str) -> bool:
    """Whether these words, in small letters, tell who says what they say: by "laut", or by a verb of speech."""
    spoken = speech_verbs(language)
    by_verb = any(
        one.prefix + one.infinitive in spoken and (one.prefix in words or word.startswith(one.prefix))
        for word in words
        for one in verb_forms(language).get(word, ())
    )
    return by_verb or any(word in _words(_ACCORDING[language]) for word in words)


def is_condition(word: str, *, language: str) -> bool:
    """Whether a word begins a condition: "falls", "unless"."""
    return word.casefold() in _words(_CONDITIONS[language])


def may_be_otherwise(word: str, *, language: str) -> bool:
    """Whether a word is a form of a verb such as "dürfen" or "können", or of a condition."""
    return word.casefold() in _words(_MODALS[language])


def only_says(word: str, *, language: str) -> bool:
    """Whether it is a verb by which someone says something, and nothing of how: "sagte", "called"."""
    plain = _words(_PLAIN_SAYING[language])
    return any(one.prefix + one.infinitive in plain for one in verb_forms(language).get(word.casefold(), ()))


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
