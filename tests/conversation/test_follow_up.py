"""What a follow-up question is understood to be, and what is left alone."""

from __future__ import annotations

import pytest

from rag.conversation.follow_up import MAX_HISTORY, understand

ELLIPTIC = [
    ("Wann wurde Griner festgenommen?", "Und Whelan?", "Wann wurde Whelan festgenommen?"),
    ("Wann trat Angela Merkel zurück?", "Was ist mit Gerhard Schröder?", "Wann trat Gerhard Schröder zurück?"),
    ("Wann wurde Olaf Scholz Kanzler?", "Und Merkel?", "Wann wurde Merkel Kanzler?"),
    ("Wann wurden Griner und Bout ausgetauscht?", "Und Reed?", "Wann wurde Reed ausgetauscht?"),
    ("Was sagte Macron über Israel?", "Und über den Iran?", "Was sagte Macron über den Iran?"),
    ("Wer unterschrieb für Moskau?", "Und die Ukraine?", "Wer unterschrieb für die Ukraine?"),
    ("Wie hoch ist der Mindestlohn in Deutschland?", "In Frankreich?", "Wie hoch ist der Mindestlohn in Frankreich?"),
    ("Wann wurde Griner festgenommen?", "Und in Genf?", "Wann wurde Griner in Genf festgenommen?"),
    ("Wer gewann die Bundestagswahl 2021?", "Und 2017?", "Wer gewann die Bundestagswahl 2017?"),
    ("Warum streiken die Lokführer?", "Und die Piloten?", "Warum streiken die Piloten?"),
    ("Wie viel Mais hat das Schiff geladen?", "Und Weizen?", "Wie viel Weizen hat das Schiff geladen?"),
    ("Welche Geldstrafe bekam Griner?", "Und die Haftstrafe?", "Welche Haftstrafe bekam Griner?"),
    ("Wieso ist der Preis gestiegen?", "Und der für Gas?", "Wieso ist der Preis für Gas gestiegen?"),
    ("wann wurde griner festgenommen?", "und whelan?", "Wann wurde whelan festgenommen?"),
    ("When was Griner arrested?", "What about Whelan?", "When was Whelan arrested?"),
    ("How many people live in Lagos?", "And Nairobi?", "How many people live in Nairobi?"),
    ("Who were Trevor Reed's parents?", "And Griner?", "Who were Griner's parents?"),
    ("Wann wurde Griner festgenommen?", "What about Whelan?", "Wann wurde Whelan festgenommen?"),
]
BARE = [
    ("Wann wurde Griner festgenommen?", "Wo?", "Wo wurde Griner festgenommen?"),
    ("Hat Russland das Abkommen verlängert?", "Warum nicht?", "Warum hat Russland das Abkommen nicht verlängert?"),
    ("Wer begnadigte Rico Krieger?", "Wann war das?", "Wann begnadigte jemand Rico Krieger?"),
    ("Was sagte Blinken über Krasikov?", "Und wann?", "Wann sagte Blinken etwas über Krasikov?"),
    ("Was sagte Blinken über Krasikov?", "Wann hat er das gesagt?", "Wann sagte Blinken etwas über Krasikov?"),
    ("Welche Geldstrafe bekam Griner?", "Warum?", "Warum bekam Griner die Geldstrafe?"),
    ("Welche Partei stellt den Kanzler?", "Seit wann?", "Seit wann stellt die Partei den Kanzler?"),
    ("Wie hoch ist der Mindestlohn?", "Seit wann?", "Seit wann ist der Mindestlohn so hoch?"),
    ("Wie lange dauerte das Telefonat der Minister?", "Wann war das?", "Wann war das Telefonat der Minister?"),
    ("Wann wurde das Abkommen unterzeichnet?", "Wer?", "Von wem wurde das Abkommen unterzeichnet?"),
    ("Wie viele Häfen gibt der Vertrag frei?", "Welche?", "Welche Häfen gibt der Vertrag frei?"),
    ("Wann wurde Griner festgenommen?", "Und wo Bout?", "Wo wurde Bout festgenommen?"),
    ("Wann wurden Griner und Bout ausgetauscht?", "Wo fand er statt?", "Wo wurden Griner und Bout ausgetauscht?"),
    ("Wie viele sahen den großen Austausch?", "Wo fand er statt?", "Wo fand der große Austausch statt?"),
    ("Who was exchanged for Griner?", "Where did that happen?", "Where was someone exchanged for Griner?"),
    ("Who signed for Kyiv in Istanbul?", "When?", "When did someone sign for Kyiv in Istanbul?"),
    ("How long did the call with Lavrov last?", "When was that?", "When was the call with Lavrov?"),
    ("Which countries joined the EU?", "Why?", "Why did the countries join the EU?"),
]
POINTING = [
    ("Wann wurde Griner in Moskau festgenommen?", "Wie alt ist sie?", "Wie alt ist Griner?"),
    ("Wer ist Paul Whelan?", "Wie lange sitzt er schon?", "Wie lange sitzt Paul Whelan schon?"),
    ("Wer ist Paul Whelan?", "Und wer sprach mit ihm?", "Wer sprach mit Paul Whelan?"),
    ("Wer ist Trevor Reed?", "Wie heißen seine Eltern?", "Wie heißen Trevor Reeds Eltern?"),
    ("Wer ist Olaf Scholz?", "Wer ist sein Nachfolger?", "Wer ist Olaf Scholz’ Nachfolger?"),
    ("Wann lief die Razoni aus?", "Unter welcher Flagge fährt sie?", "Unter welcher Flagge fährt die Razoni?"),
    ("Welche Strafe erwartet den Angeklagten?", "Wie alt ist er?", "Wie alt ist der Angeklagte?"),
    ("Was kostet das Deutschlandticket?", "Wo gilt es?", "Wo gilt das Deutschlandticket?"),
    ("Was sagte Habeck zum Heizungsgesetz?", "Wann gilt dieses Gesetz?", "Wann gilt das Heizungsgesetz?"),
    ("Wo liegt Aleppo?", "Wer regiert dort?", "Wer regiert in Aleppo?"),
    ("Warum streiken die Lokführer?", "Wie lange streiken sie noch?", "Wie lange streiken die Lokführer noch?"),
    ("When was Trevor Reed released?", "How old was he?", "How old was Trevor Reed?"),
    ("When was the treaty signed?", "Is it still in force?", "Is the treaty still in force?"),
    ("Who is Ursula von der Leyen?", "When was she elected?", "When was Ursula von der Leyen elected?"),
    ("Wo wurde Viktor Bout festgenommen?", "When was he extradited?", "When was Viktor Bout extradited?"),
]
UNCLEAR = [
    ("Wann wurde Griner verurteilt?", "Was sagte Biden dazu?", "Was sagte Biden dazu (Griner wurde verurteilt)?"),
    ("Wer begnadigte Krieger?", "Wo lebt er?", "Wo lebt er (jemand begnadigte Krieger)?"),
    (
        "Wann unterzeichnete Putin die Vereinbarung?",
        "Wie lange gilt sie?",
        "Wie lange gilt sie (Putin unterzeichnete die Vereinbarung)?",
    ),
    (
        "Wie lange dauerte das Telefonat der Minister?",
        "Wer hat das gesagt?",
        "Wer hat das gesagt (das Telefonat der Minister)?",
    ),
    (
        "Wo wurde das Abkommen unterzeichnet?",
        "Und Selenskyj?",
        "Wo wurde das Abkommen unterzeichnet (und Selenskyj)?",
    ),
    ("Wann wurde Griner festgenommen?", "Was ist passiert?", "Was ist passiert (Griner wurde festgenommen)?"),
    ("Wann wurde Griner festgenommen?", "When was that?", "When was that (Griner wurde festgenommen)?"),
    ("When was Griner arrested?", "Who said that?", "Who said that (Griner was arrested)?"),
]
STANDING_BY_THEMSELVES = [
    "Wo wurde das Abkommen unterzeichnet?",
    "Und wo wurde Whelan verurteilt?",
    "Wann sagte Blinken, dass er mit Lawrow sprechen will?",
    "Was sagte Merz, nachdem er gewählt wurde?",
    "Welche Partei hat ihre Chefin abgewählt?",
    "Hat Putin seinen Verteidigungsminister entlassen?",
    "Wann hat die Ukraine ihre Unabhängigkeit erklärt?",
    "Wie viele Häfen gibt es?",
    "Wie geht es Michael Schumacher?",
    "Wie kam es zum Brand in der Notre-Dame?",
    "Wie warm ist es in Berlin?",
    "Ist es wahr, dass die Erde rund ist?",
    "Was ist das Getreideabkommen?",
    "Wie hieß das in den Neunzigern aufgeführte Stück?",
    "Welches Schiff war das letzte, das Odesa verließ?",
    "Seit wann haben Menschen wieder damit begonnen, zu lesen?",
    "Können Sie mir sagen, wie alt Lawrow ist?",
    "Wie heißt ihr?",
    "Wer bist du?",
    "Wie viele Menschen starben in diesem Jahr?",
    "Klimawandel?",
    "Robert Habeck",
    "Danke!",
    "When did Biden say that he would run again?",
    "Is it true that the earth is round?",
    "How many ports are there?",
    "What did Macron say to his ministers?",
    "Which conjecture holds that there are infinite twins?",
    "Who is the Prime Minister of Canada?",
]


@pytest.mark.parametrize(("earlier", "question", "expected"), [*ELLIPTIC, *BARE, *POINTING])
def test_a_follow_up_becomes_a_question_of_its_own(earlier: str, question: str, expected: str) -> None:
    assert understand(question, [earlier]) == expected


@pytest.mark.parametrize(("earlier", "question", "expected"), UNCLEAR)
def test_what_has_no_clear_place_stands_in_brackets(earlier: str, question: str, expected: str) -> None:
    assert understand(question, [earlier]) == expected


@pytest.mark.parametrize("question", STANDING_BY_THEMSELVES)
@pytest.mark.parametrize("earlier", ["Wann wurde Griner festgenommen?", "When did Scholz meet the king?", "Bout"])
def test_a_question_that_stands_by_itself_is_left_alone(question: str, earlier: str) -> None:
    assert understand(question, [earlier]) == question


@pytest.mark.parametrize("question", ["Und Whelan?", "Wann?", "Wann war das?", "Wie alt ist sie?", "What about it?"])
def test_without_a_conversation_nothing_is_made_up(question: str) -> None:
    assert understand(question) == question


def test_a_follow_up_to_a_follow_up_keeps_the_topic() -> None:
    history = ["Wann wurde Griner festgenommen?", "Und Whelan?"]
    assert understand("Wo?", history) == "Wo wurde Whelan festgenommen?"
    assert understand("Wer sprach mit ihm?", [*history, "Wo?"]) == "Wer sprach mit Whelan?"


def test_what_stands_in_brackets_is_carried_on() -> None:
    history = ["Wann wurde Griner verurteilt?", "Was sagte Biden dazu?"]
    assert understand("Und Putin?", history) == "Was sagte Putin dazu (Griner wurde verurteilt)?"


def test_after_a_change_of_topic_the_new_one_is_meant() -> None:
    history = ["Wann wurde Griner festgenommen?", "Wie heißt der Kapitän der Razoni?"]
    assert understand("Wie alt ist er?", history) == "Wie alt ist der Kapitän der Razoni?"


def test_a_pronoun_passes_over_a_question_that_holds_nothing_for_it() -> None:
    history = ["Wer ist Vadim Krasikov?", "Wie hoch war die Geldstrafe?"]
    assert understand("Wen hat er getötet?", history) == "Wen hat Vadim Krasikov getötet?"


def test_thanks_do_not_end_a_topic() -> None:
    assert understand("Und Whelan?", ["Wann wurde Griner festgenommen?", "Danke!"]) == "Wann wurde Whelan festgenommen?"


def test_only_the_last_questions_are_looked_at() -> None:
    others = ["Wie hoch war die Geldstrafe?"] * MAX_HISTORY
    assert understand("Wo wurde er geboren?", ["Wer ist Krasikov?", *others[1:]]) == "Wo wurde Krasikov geboren?"
    assert understand("Wo wurde er geboren?", ["Wer ist Krasikov?", *others]) == "Wo wurde er geboren?"


@pytest.mark.parametrize("question", ["?", "...", "Und?", "'", "„", "😀?", "<b>Und</b>?", "und " * 200, "Und 1.?"])
@pytest.mark.parametrize("earlier", ["", "?", "„", "Wer", "Wer ist", "Welche", "How many", "Hat", "der die das?"])
def test_scraps_are_no_error(question: str, earlier: str) -> None:
    assert understand(question, [earlier])
    assert understand(earlier or "?", [question])
