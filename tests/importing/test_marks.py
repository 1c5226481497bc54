"""Text with pause marks to scripts: the many forms of marks, Markdown, Speech Markdown, and text that only looks so."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.cases import FIXTURES, body, imported, parsed, rows, spoken, words
from tests.support.waiting import at_most

_MORE = ("%%", "<<", "«", "⏸", "- a ", "PAUSE ", "\\[", "-", "🎵", "x 4 ", "© ", "A: ")
TEXTS = sorted(FIXTURES.glob("*.txt")) + sorted(FIXTURES.glob("*.smd"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.name)
def test_a_whole_text(text: object) -> None:
    made = imported(text.read_text("utf-8"), text.name)  # type: ignore[attr-defined]
    assert made.script == text.with_suffix(".md").read_text("utf-8")  # type: ignore[attr-defined]
    told = [f"{row.line} {row.kind}: {row.what} → {row.into} x{row.times}" for row in made.report.rows]
    assert told == text.with_suffix(".rows").read_text("utf-8").splitlines()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("mark", "cue"),
    [
        ("[PAUSE:5]", "[pause 5s]"),
        ("[PAUSE: 5]", "[pause 5s]"),
        ("[PAUSE=5]", "[pause 5s]"),
        ("[PAUSE 5s]", "[pause 5s]"),
        ("[pause 5 seconds]", "[pause 5s]"),
        ("[Pause for 5 seconds.]", "[pause 5s]"),
        ("[PAUSE – 10 sec]", "[pause 10s]"),
        ("[PAUSE (10 seconds)]", "[pause 10s]"),
        ("[pause for thirty seconds]", "[pause 30s]"),
        ("[pause 1 minute]", "[pause 1m]"),
        ("[pause: 1 minute 30 seconds]", "[pause 1m30s]"),
        ("[pause 1:30]", "[pause 1m30s]"),
        ("[half a minute pause]", "[pause 30s]"),
        ("[pause 0.5]", "[pause 0.5s]"),
        ("[pause 1,5 s]", "[pause 1.5s]"),
        ("[PAUSE:500]", "[pause 0.5s]"),
        ("[PAUSE 500ms]", "[pause 0.5s]"),
        ("[PAUSE 3-5 seconds]", "[pause 3s..5s]"),
        ("[pause 3 to 5 seconds]", "[pause 3s..5s]"),
        ("[pause 3 beats]", "[pause 3s]"),
        ("[5 second pause]", "[pause 5s]"),
        ("[5-second pause]", "[pause 5s]"),
        ("[5s]", "[pause 5s]"),
        ("[500ms]", "[pause 0.5s]"),
        ("[silence 30s]", "[pause 30s]"),
        ("[wait 10 s]", "[pause 10s]"),
        ("[1 minute of silence]", "[pause 1m]"),
        ("[pause]", "[pause ~3s]"),
        ("[PAUSE]", "[pause ~3s]"),
        ("[short pause]", "[pause ~1.5s]"),
        ("[long pause]", "[pause ~6s]"),
        ("[beat]", "[pause ~1s]"),
        ("(pause 3s)", "[pause 3s]"),
        ("(pause)", "[pause ~3s]"),
        ("(10 seconds)", "[pause 10s]"),
        ("<pause 5>", "[pause 5s]"),
        ("{pause}", "[pause ~3s]"),
        ("{{pause 2s}}", "[pause 2s]"),
        ("*pause*", "[pause ~3s]"),
        ("*(pause)*", "[pause ~3s]"),
        ("**[PAUSE 4s]**", "[pause 4s]"),
        ("_[pause]_", "[pause ~3s]"),
        ("(hold for 10 seconds)", "[hold 10s]"),
        ("[HOLD 4]", "[hold 4s]"),
        ("[bell]", "[chime bell]"),
        ("[chime]", "[chime]"),
        ("(bell rings)", "[chime bell]"),
        ("[singing bowl]", "[chime bowl]"),
        ("[BREATHE IN 4] [BREATHE OUT 6]", "[breathe 4-6 x1]"),
        ("[inhale 4s] [hold 7s] [exhale 8s]", "[breathe 4-7-8 x1]"),
        ("[in 4]", "<!-- [in 4] -->"),
        ('<break time="2s"/>', "[pause 2s]"),
        ('<break time="1.5s" />', "[pause 1.5s]"),
        ('<break strength="weak"/>', "[pause 0.4s]"),
        ('<silence msec="700"/>', "[pause 0.7s]"),
        ("[[slnc 2000]]", "[pause 2s]"),
        ("<#0.5#>", "[pause 0.5s]"),
        ('[break:"2s"]', "[pause 2s]"),
        ('[break:"strong"]', "[pause 1.2s]"),
        ('[mark:"here"]', "<!-- mark: here -->"),
        ("(5 Sekunden Pause)", "[pause 5s]"),
        ("[Pause 10 Sek.]", "[pause 10s]"),
        ("(eine Minute Stille)", "[pause 1m]"),
        ("(pausa de 5 segundos)", "[pause 5s]"),
        ("(pause de 10 secondes)", "[pause 10s]"),
        ("(pausa di 20 secondi)", "[pause 20s]"),
        ("(pausa longa)", "[pause ~6s]"),
        ("(10 seconden stilte)", "[pause 10s]"),
        ("(korte pauze)", "[pause ~1.5s]"),
        ("(pause 5”)", "[pause 5s]"),
        ('(pause 5")', "[pause 5s]"),
        ("(pause 1’30”)", "[pause 1m30s]"),
        ("[pause a full minute]", "[pause 1m]"),
        ("[pause for about half a minute]", "[pause 30s]"),
        ("[pause 30 seconds, then go on]", "[pause 30s] <!-- then go on -->"),
        ("(pause for three breaths)", "[pause ~15s]"),
        ("(Pause für zwei Atemzüge)", "[pause ~10s]"),
        ("(a few breaths of silence)", "[pause ~15s]"),
        ("**Silence**", "[pause ~3s]"),
        ("[BREATHE IN 4] [HOLD 7] [BREATHE OUT 8] x4", "[breathe 4-7-8 x4]"),
        ("[Einatmen 4] [Ausatmen 6] (x3)", "[breathe 4-6 x3]"),
        ("[inhale 4] [exhale 6] 5 times.", "[breathe 4-6 x5]"),
        ("[SFX: bell]", "[chime bell]"),
        ("(Klangschale)", "[chime bowl]"),
        ("[soft music]", "<!-- [soft music] -->"),
        ("[0:45]", "<!-- [0:45] -->"),
        ("(Pausa de 1/2 minuto.)", "[pause 30s]"),
        ("[pause 1½ min]", "[pause 1m30s]"),
        ("(Silence – 1 min 30)", "[pause 1m30s]"),
        ("*(Softly now.)*", "<!-- (Softly now.) -->"),
        ("(Warten, bis alle liegen.)", "[pause ~3s] <!-- Warten, bis alle liegen. -->"),
        ("[PAUSE – 00:00:08]", "[pause 8s]"),
        ("[pause 30 seconds to 1 minute]", "[pause 30s..1m]"),
        ("[relax 20-30 s]", "[pause 20s..30s]"),
        ("[stay here for 2 minutes]", "[pause 2m]"),
        ("[30-60 secs quiet time]", "[pause 30s..1m] <!-- 30-60 secs quiet time -->"),
        ("(pause for reflection, 20 s)", "[pause 20s] <!-- pause for reflection, 20 s -->"),
        ("[WAIT FOR CHILDREN TO SETTLE]", "[pause ~3s] <!-- WAIT FOR CHILDREN TO SETTLE -->"),
        ("[Hold the stretch for 30 seconds]", "[hold 30s] <!-- Hold the stretch for 30 seconds -->"),
        ("(30 seconds, then go on)", "[pause 30s] <!-- then go on -->"),
        ("[INTRO MUSIC – 10 SEC, THEN FADE UNDER]", "<!-- [INTRO MUSIC – 10 SEC, THEN FADE UNDER] -->"),
        ("[Opening – 30 seconds]", "<!-- [Opening – 30 seconds] -->"),
        ("[ring the bell three times]", "[chime bell x3]"),
        ("(3x bel)", "[chime bell x3]"),
        ("- Pause -", "[pause ~3s]"),
        ("⏸ 10s", "[pause 10s]"),
        ("⏳ *30 sec*", "[pause 30s]"),
        ("`pause 20s`", "[pause 20s]"),
        ("\\[10 sec\\]", "[pause 10s]"),
        ("<<PAUSE>>", "[pause ~3s]"),
        ("%% a remark %%", "<!-- a remark -->"),
        ("[exhales]", "<!-- [exhales] -->"),
        ("[inhale 4] [exhale 4] (repeat x 4)", "[breathe 4-4 x4]"),
    ],
)
def test_a_mark(mark: str, cue: str) -> None:
    made = imported(f"Rest your hands. {mark} Let go.\n")
    assert body(made) == f"Rest your hands. {cue} Let go."
    parsed(made)
    assert len(made.report.rows) >= 1


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Breathe in... and out.", "Breathe in… [pause ~1s] and out."),
        ("Breathe in...\nAnd out.", "Breathe in… [pause ~2s] And out."),
        ("Breathe in…", "Breathe in… [pause ~2s]"),
        ("In.\n\n...\n\nOut.", "In. [pause ~3s] Out."),
        ("Relax . . . and rest.", "Relax… [pause ~1s] and rest."),
        ("...and rest.", "[pause ~1s] and rest."),
        ("Relax... [pause 8s] Rest.", "Relax… [pause 8s] Rest."),
        ("Rest [pause 2s].", "Rest. [pause 2s]"),
        ("Feel it…\n(very softly) now.", "Feel it… [pause ~2s] (very softly) now."),
        ("Breathe in… **hold for 4**… and out.", "Breathe in… [pause ~1s] hold for 4… [pause ~1s] and out."),
        ("He said: „Ich bin ruhig.“ (15 Sek.) Los.", "He said: „Ich bin ruhig.“ [pause 15s] Los."),
        ("Slow down...  .  and rest.", "Slow down… [pause ~1s] and rest."),
        ("And let go. PAUSE (20 sec)", "And let go. [pause 20s]"),
        ("Bite down. HOLD (5 sec)\nLet go.", "Bite down. [hold 5s] Let go."),
        ("Then rest for [[30 seconds]], softly.", "Then rest for 30 seconds, softly."),
        ("One.\\\nTwo.", "One. Two."),
        ("Rest [pause 2s], then sleep.", "Rest, [pause 2s] then sleep."),
        ("Rest [pause 2s] (pause 3s)", "Rest [pause 5s]"),
        ("[BREATHE IN 4]\n\n[BREATHE OUT 4]\n\nRest.", "[breathe 4-4 x1] Rest."),
        ("[inhale 5] Softly. [exhale 5]", "Breathe in. [pause 5s] Softly. Breathe out. [pause 5s]"),
        ("[inhale] [exhale]", "Breathe in. [pause ~4s] Breathe out. [pause ~4s]"),
        ("A (very) soft touch (if you like).", "A (very) soft touch (if you like)."),
        ("(rest) your hands", "(rest) your hands"),
        ("the [s]ame and word[s]", "the \\[s\\]ame and word\\[s\\]"),
        ("Hello {name}.", "Hello {name}."),
        ("Make it *soft*, **very** soft, `so` soft.", "Make it soft, very soft, so soft."),
        ("A lone * and snake_case_word.", "A lone \\* and snake\\_case\\_word."),
        ("Read [more](https://example.org/a).", "Read more."),
        ("A \\[really\\] word.", "A \\[really\\] word."),
        ("Now <b>rest</b><br>Sleep", "Now rest. Sleep"),
        ("<!-- a note --> Rest.", "<!-- a note --> Rest."),
        ("<!-- a note\nover lines --> Rest.", "<!-- a note over lines --> Rest."),
        ("> Rest.", "Rest."),
        ("3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
        ("# Jaw\n\nRest.", "# Jaw Rest."),
        ("Jaw\n===\nRest.", "# Jaw Rest."),
        ("## The **jaw** #\n\nRest.", "## The jaw Rest."),
        ("Rest.\n\n---\n\nSleep.", "Rest. Sleep."),
        ("- In\n- Out", "- In - Out"),
        ("* In\n2) Out", "- In 2. Out"),
        ("---\ntitle: My evening\nmood: calm\n---\nRest.", "<!-- mood: calm --> Rest."),
    ],
)
def test_a_text(text: str, script: str) -> None:
    made = imported(text + "\n")
    assert body(made) == script
    parsed(made)


@pytest.mark.parametrize(
    "text",
    [
        "The body scan (10 minutes) comes first.",
        "Main part (20 min)",
        "Rest for 30 seconds, then go on.",
        "Then comes a *pause* before it.",
        "**Silence** is golden.",
        "The pause (5 seconds) is short.",
        "A retreat (with 20 minutes of silence) begins.",
        "Take a pause.",
        "Silence.",
        "Rest.",
        "Wait 10 seconds.",
        "(20 minutes)",
    ],
)
def test_prose_with_a_time_or_a_pause_in_it_stays_prose(text: str) -> None:
    made = imported(f"Here we go.\n{text}\nAnd on.\n")
    assert "[" not in made.script
    assert words(spoken(parsed(made))) == words(f"Here we go {text} And on")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("(Music fades in)", "<!-- (Music fades in) -->"),
        ("*Music fades in*", "<!-- Music fades in -->"),
        ("_(whispering)_", "<!-- (whispering) -->"),
        ("(Give clients time to settle)", "<!-- (Give clients time to settle) -->"),
        ("(If you like, close your eyes.)", "(If you like, close your eyes.)"),
        ("*I am calm.*", "I am calm."),
        ("Narrator: Welcome.", "<!-- Narrator: --> Welcome."),
        ("**Narrator (softly):** Welcome.", "<!-- Narrator (softly): --> Welcome."),
        ("Sprecherin: Willkommen.", "<!-- Sprecherin: --> Willkommen."),
        ("**Voice:** soft", "<!-- Voice: soft -->"),
        ("Music: strings, very low", "<!-- Music: strings, very low -->"),
        ("Anna: Welcome.", "Anna: Welcome."),
        ('T: "Notice it."', '<!-- T: --> "Notice it."'),
        ("*Lees rustig voor.*", "<!-- Lees rustig voor. -->"),
        ("*Let go of the day.*", "Let go of the day."),
        ("*Allow 2 minutes for sharing.*", "[pause 2m] <!-- Allow 2 minutes for sharing. -->"),
        ("*All is well.*", "All is well."),
        ("*The leader waits.*", "<!-- The leader waits. -->"),
        ("Speaker 1 (00:04): Welcome.", "<!-- Speaker 1 (00:04): --> Welcome."),
        ("Sprecher/in (lauter): Los!", "<!-- Sprecher/in (lauter): --> Los!"),
        ("Leader’s notes: Dim the lights.", "<!-- Leader’s notes: Dim the lights. -->"),
        ("NARRATOR\n(whispering)\nRest.", "<!-- NARRATOR --> <!-- (whispering) --> Rest."),
        ("Rest.\n\nRUNTIME: 22:00", "Rest. <!-- RUNTIME: 22:00 -->"),
        ("Rest.\n\n© 2024 Somebody.", "Rest. <!-- © 2024 Somebody. -->"),
        ("Rest.\n\n- 12 -\n\nSleep.", "Rest. <!-- - 12 - --> Sleep."),
        ("FADE IN:\n\nRest.", "<!-- FADE IN: --> Rest."),
        ("Rest.\n\n¹ From a book.", "Rest. <!-- ¹ From a book. -->"),
        ("Rest.\n\n* End of script *", "Rest. <!-- End of script -->"),
        ("*** Ring chime ***", "[chime]"),
        ("🎵 *Music begins*", "<!-- 🎵 Music begins -->"),
        ("*Ring the bell three times.*", "[chime bell x3]"),
        ("*Let 30 seconds pass.*", "[pause 30s] <!-- Let 30 seconds pass. -->"),
        ("*~20s~*", "[pause 20s]"),
        ("IN (4)\nOUT (6)", "[breathe 4-6 x1]"),
        ("Hold: 5 seconds.", "[hold 5s]"),
        ("[inhale 4] [exhale 4]\nRepeat 4 times.", "[breathe 4-4 x4]"),
        ("1. Jaw\n\nRest it.", "## 1. Jaw Rest it."),
        ("Step 2 – Face (1 min.)\n\nRest it.", "## Step 2 – Face (1 min.) Rest it."),
        ("(3) Face\n\nRest it.", "## (3) Face Rest it."),
        ("(3) Rest your face.", "Rest your face."),
        ("1. Sit\n2. Rest\n\nSleep.", "1. Sit 2. Rest Sleep."),
        ("Sit.\n\nFEET\nFeel them.", "Sit. ## FEET Feel them."),
        ("Sit.\n\nREST\nFeel it.", "Sit. REST. Feel it."),
        ("close your eyes\nlet go", "close your eyes. let go"),
        ("0:00 Sit.\n0:30 - Rest.\n[1:00] Go.", "<!-- 0:00 --> Sit. <!-- 0:30 - --> Rest. <!-- [1:00] --> Go."),
        ("Squats - 40 sec\nRest (20s)", "Squats - 40 sec. [pause 40s] Rest (20s). [pause 20s]"),
        ("Squats - 40 sec", "Squats - 40 sec"),
        ("Opening - 5 min\nClosing - 5 min", "Opening - 5 min. Closing - 5 min"),
        (
            "| Time | Words |\n|---|---|\n| 0:00 | Close your eyes now. |\n| 0:20 | Let your face rest. |",
            "<!-- Time --> <!-- Words --> <!-- 0:00 --> Close your eyes now. <!-- 0:20 --> Let your face rest.",
        ),
        ("Sure! Here it is:\n\n---\n\nRest.", "<!-- Sure! Here it is: --> Rest."),
        ("Rest.\n\nWould you like me to add more?", "Rest. <!-- Would you like me to add more? -->"),
        ("Rest. ^a-b", "Rest. <!-- a-b -->"),
        ("PAUSE", "[pause ~3s]"),
        ("3 second pause", "[pause 3s]"),
        ("Pause for 10 seconds.", "[pause 10s]"),
        ("5 Sekunden Pause", "[pause 5s]"),
        ("[SFX: rain on a roof]", "<!-- [SFX: rain on a roof] -->"),
        ("5\n4\n3\n2\n1", "[count 5 to 1]"),
        ("Five…\n\nFour…\n\nThree…", "[count 5 to 3 every 2s]"),
        ("Eins\nZwei\nDrei", "[count 3]"),
        ("3.\n2.\n1.", "[count 3 to 1]"),
        ("I am calm\nI am strong\nI am here", "I am calm. I am strong. I am here"),
        ("Close your eyes and let\nyour shoulders drop.", "Close your eyes and let your shoulders drop."),
        ("- one\n- two\nNow rest.", "- one - two Now rest."),
        ("- one\n- two\n\nNow rest.", "- one - two Now rest."),
        ("Rest [pause 5s] … and on.", "Rest [pause 5s] and on."),
        ("Rest.\n[pause 5s]\n…\nGo.", "Rest. [pause 5s] Go."),
        ("**Part one**\n\nRest.", "## Part one Rest."),
        ("**I am calm**\n\nRest.", "I am calm Rest."),
        ("One &amp; two ~~three~~ ==four==.", "One & two four."),
        ("~ The end ~", "The end"),
        ("| a | b |\n|---|---|\n| c | d |", "<!-- | a | b | --> <!-- | c | d | -->"),
        ("Text[^1].\n\n[^1]: note", "Text. <!-- [^1] --> <!-- [^1]: note -->"),
        ("[a][b] [[c|d]]\n\n[b]: http://x.y", "a d"),
        ("![alt](x.png) Rest.", "<!-- picture: alt x.png --> Rest."),
        ("```\nx = 1\n```\nRest.", "<!-- x = 1 --> Rest."),
        ('A <prosody rate="slow">b</prosody> *c*', "A [pace 0.8] b [pace 1] c"),
        ("> [!note] For you\n\nRest.", "<!-- [!note] For you --> Rest."),
    ],
)
def test_a_line(text: str, script: str) -> None:
    made = imported(text + "\n")
    assert body(made) == script
    assert made.report.rows or text.split() == script.split()


@pytest.mark.parametrize(
    ("text", "script", "variables"),
    [
        ("Hello {name}.", "Hello {name}.", {"name": "name"}),
        ("Hello {{First Name}}.", "Hello {first_name}.", {"first_name": "first name"}),
        ("Hello [CLIENT NAME], sit.", "Hello {client_name}, sit.", {"client_name": "client name"}),
        ("[NAME], sit.", "{name}, sit.", {"name": "name"}),
        ("Hello <NAME>.", "Hello {name}.", {"name": "name"}),
        ("Think of your [happy place] now.", "Think of your {happy_place} now.", {"happy_place": "happy place"}),
        ("Hello %NAME%, sit.", "Hello {name}, sit.", {"name": "name"}),
        ("Hello «Vorname», sit.", "Hello {vorname}, sit.", {"vorname": "vorname"}),
        ("Hello <<Name>>, sit.", "Hello {name}, sit.", {"name": "name"}),
        ("Go to [[insert place]] now.", "Go to {insert_place} now.", {"insert_place": "insert place"}),
        ("I am ____ and ______.", "I am {blank} and {blank}.", {"blank": "blank"}),
        ("# For [CLIENT NAME]\n\nSit.", "# For {client_name} Sit.", {"client_name": "client name"}),
    ],
)
def test_a_placeholder_becomes_a_variable_and_one_question(text: str, script: str, variables: dict[str, str]) -> None:
    made = imported(text + "\n")
    assert body(made) == script
    assert dict(parsed(made).settings.variables) == variables
    asked = [into for _, into in rows(made, "guessed") if "what should it be?" in into]
    assert len(asked) == 1
    assert f"--set {next(iter(variables))}=" in asked[0]


def test_settings_that_a_script_has_too_stay() -> None:
    text = "---\nlanguage: de\nauthor: A. B.\ntags: [x, y]\nvoice: anna\nlayout: post\n---\nHallo.\n"
    made = imported(text)
    settings = parsed(made).settings
    assert (settings.language, settings.author, settings.tags, settings.voice) == ("de", "A. B.", ("x", "y"), "anna")
    assert rows(made, "lost") == [("the setting “layout: post”", "a comment")]
    assert [what for what, _ in rows(made, "guessed")] == ["voice: anna"]


def test_a_language_is_known_by_its_words() -> None:
    german = "Lass die Augen zufallen, und spüre, wie du auf dem Boden liegst. Atme ein, und lass den Atem gehen.\n"
    assert parsed(imported(german)).settings.language == "de"
    assert parsed(imported("Die Hard is a film.\n")).settings.language == "en"


def test_a_script_that_a_program_wrote_into_a_block_of_code_is_the_script() -> None:
    inner = (
        "Close your eyes, and let your shoulders drop.\n[pause 5s]\nRest for as long as you like, and then come back."
    )
    made = imported(f"Sure! Here it is:\n\n```text\n{inner}\n```\n", "x.md")
    assert "[pause 5s]" in made.script
    assert "Close your eyes" in spoken(parsed(made))


def test_documents_of_markup_in_one_text_are_read_one_after_another() -> None:
    made = imported(
        "# One\n<speak>A.<break time='1s'/></speak>\n\n## Two\n\n```xml\n<speak>B.</speak>\n```\nBye.\n", "x.md"
    )
    assert body(made) == "# One A. [pause 1s] ## Two B. <!-- Bye. -->"
    assert made.report.form == "text with SSML"
    made = imported("<speak>A.</speak>\n<speak xml:lang='de'>B.</speak>\n", "x.txt")
    assert body(made) == "A. B."


def test_a_title_of_the_source_stays() -> None:
    made = imported("---\ntitle: My evening\nmood: calm\n---\nRest.\n")
    assert parsed(made).settings.title == "My evening"
    assert rows(made, "lost") == [("the setting “mood: calm”", "a comment")]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ('(slowly)[rate:"slow"] now', "[pace 0.8] slowly [pace 1] now"),
        ('(Anna)[voice:"Kendra"]', "<!-- voice: Kendra --> Anna"),
        ('(gua sha)[sub:"gwah shah"]', "gwah shah"),
        ("(12)[digits]", "one two"),
        ('(3/5)[date:"md"]', "March 5"),
        ('(pecan)[ipa:"pi.kæn"]', "pecan"),
        ("(now)[emphasis] ++rest++ and ~sleep~", "now rest and sleep"),
        ('(loud)[volume:"loud";pitch:"high"]', "loud"),
        ("(gently)[pause 2s] Rest.", "(gently) [pause 2s] Rest."),
        ('(a)[emphasis] !["gong.wav"]', "a [sound gong.wav]"),
        ('(a)[emphasis] !["gone.wav"]', "a <!-- sound: gone.wav -->"),
        ('#[rate:"slow"]\nA.\n#[defaults]\nB.', "[pace 0.8] A. [pace 1] B."),
        ('#[voice:"en-GB-RyanNeural"]\nA.\n#[defaults]\nB.', "[voice system:en-gb] A. [voice auto] B."),
    ],
)
def test_speech_markdown(text: str, script: str) -> None:
    assert body(imported(text + "\n")) == script


def test_a_number_without_a_unit_is_told_as_a_guess_and_one_with_it_is_not() -> None:
    made = imported("[PAUSE:5] Rest. [PAUSE:5s]\n")
    assert rows(made, "guessed") == [("[PAUSE:5]", "[pause 5s]; taken as seconds, since it has no unit")]
    assert rows(made, "translated") == [("[PAUSE:5s]", "[pause 5s]")]


def test_the_numbers_of_a_list_are_told() -> None:
    made = imported("1. In\n2. Out\n")
    assert [what for what, _ in rows(made, "lost")] == ["“1.”", "“2.”"]
    assert spoken(parsed(made)).split() == ["In", "Out"]


def test_a_sentence_without_an_end_is_parted() -> None:
    made = imported("and rest " * 3000 + "\n")
    assert words(spoken(parsed(made))) == ["and", "rest"] * 3000
    assert rows(made, "guessed")[0][0] == "a sentence of more than 5,000 characters"


@pytest.mark.parametrize(
    "piece", ["[", "(", "*", "_", "**", "(a)[", "...", "<!--", "`", "{", "[pause 5s](", "\\", *_MORE]
)
def test_the_time_grows_with_the_text_only(piece: str) -> None:
    with at_most(3):
        imported(f"Rest. {piece * 20_000}\n")


_WORDS = ("ab", "é1", "5", "12.", "Mr. X", "pause", "hold 4", "in")
_SIGNS = [
    "…",
    ".",
    "!",
    ",",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    "*",
    "**",
    "_",
    "`",
    "#",
    "~",
    "\\",
    "---",
    "===",
    "...",
    "<!--",
    "-->",
    "<br>",
]
_MARKS = ("⏸ 5s", "%% x %%", "<<Name>>", "- Pause -", "PAUSE (5 s)", "\\[5 s\\]", "0:15", "Rest - 20 s", "¹", "REST")
_CUES = ("[pause 5s]", "(pause)", "[inhale 4]", "[exhale 4]", "[hold 4]", '[break:"2s"]', '(a)[sub:"b"]')
_SPACE = (" ", "  ", "\n", "\n\n", "# ", "- ", "1. ", "> ")
_PIECES = st.sampled_from([*_WORDS, *_MARKS, *_SIGNS, *_CUES, *_SPACE])


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_no_word_of_any_text_goes_away_in_silence(text: str) -> None:
    made = imported(f"Here {text}\n\nEnd.\n")
    told = " ".join(row.what for row in made.report.rows)
    there = "".join(words(spoken(parsed(made)))) + "".join(words(told)) + "".join(words(_comments(made.script)))
    assert [word for word in words(text.replace("_", " ")) if word not in there and word not in ("br",)] == []


def _comments(script: str) -> str:
    """Comments of the source stay comments."""
    return " ".join(re.findall(r"<!--(.*?)-->", script))
