"""The front matter: every key with right and wrong values, each finding at its exact place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.support.cases import NAMES, plan
from voiceguide.errors import Source
from voiceguide.routine import OpeningBed, Pace, Settings, SoundRef
from voiceguide.script import parse, parse_file
from voiceguide.sound_settings import Chimes, Ducking, Gaps, Levels
from voiceguide.vocabulary import FRONT_MATTER, PROFILE_LOUDNESS


def _parsed(front_matter: str, body: str = "Hi.") -> tuple[Settings, list[tuple[str, str]]]:
    """The settings, and each finding as its place (line:column+length) and its message."""
    routine, findings = parse(Source("evening.md", f"---\n{front_matter}\n---\n{body}\n"), NAMES)
    return routine.settings, [(f"{f.span.line}:{f.span.column}+{f.span.length}", f.message) for f in findings]


RIGHT: list[tuple[str, str, Any]] = [
    ("title: Evening calm", "title", "Evening calm"),
    ("spoken: As-Written", "spoken", "as-written"),
    ('title: "Evening: calm"', "title", "Evening: calm"),
    ("title: 2024-05-01", "title", "2024-05-01"),
    ("title: yes", "title", "yes"),
    ("description: >\n  One\n  two.", "description", "One two."),
    ("author: Ana", "author", "Ana"),
    ("date: 2026-11-23", "date", "2026-11-23"),
    ("date: 2026", "date", "2026"),
    ("language: pt-BR", "language", "pt-BR"),
    ("voice: Microsoft Zira", "voice", "Microsoft Zira"),
    ("pace: 0.5", "pace", Pace(Fraction(1, 2), Fraction(1, 2))),
    ("pace: 1..0.9", "pace", Pace(Fraction(1), Fraction(9, 10))),
    ("pace: 0.8 .. 1", "pace", Pace(Fraction(4, 5), Fraction(1))),
    ("phrasing: 0.5s", "phrasing", Fraction(1, 2)),
    ("phrasing: 700ms", "phrasing", Fraction(7, 10)),
    ("phrasing: None", "phrasing", Fraction(0)),
    ("phrasing: 0", "phrasing", Fraction(0)),
    ("length: 10m", "length", Fraction(600)),
    ("length: 1:02:03", "length", Fraction(3723)),
    ("bed: Brown", "bed", OpeningBed(SoundRef("brown"))),
    ("bed: none", "bed", OpeningBed()),
    ("bed:", "bed", OpeningBed()),
    ("bed: brown -20dB", "bed", OpeningBed(SoundRef("brown"), -20.0)),
    ("bed: 'brown, fade 3s, -20.5 dB'", "bed", OpeningBed(SoundRef("brown"), -20.5, Fraction(3))),
    ("chimes: BELL", "chimes", Chimes(struck="bell")),
    ("chimes: air", "chimes", Chimes(breath="air")),
    ("chimes: tone bell", "chimes", Chimes("bell", "tone")),
    ("chimes: [bell, air]", "chimes", Chimes("bell", "air")),
    ("gaps: {sentence: 500ms, paragraph: 3s}", "gaps", Gaps(Fraction(1, 2), Fraction(3))),
    ("gaps: {paragraph: 0s}", "gaps", Gaps(Fraction(6, 10), Fraction(0))),
    ("gaps:\n  sentence: 1s", "gaps", Gaps(Fraction(1), Fraction(12, 10))),
    ("ducking: none", "ducking", Ducking(depth_db=0.0)),
    ("ducking: 8dB", "ducking", Ducking(depth_db=8.0)),
    ("ducking: -4.5dB", "ducking", Ducking(depth_db=4.5)),
    ("ducking: {depth: 9dB, lead: 500ms, release: 2s}", "ducking", Ducking(9.0, 0.5, 2.0)),
    ("ducking: {release: 3s}", "ducking", Ducking(release=3.0)),
    ("levels: {chimes: -3dB, bed: 2dB}", "levels", Levels(chimes=-3.0, bed=2.0)),
    ("levels:\n  voice: 0dB\n  breath: -6.5dB", "levels", Levels(breath=-6.5)),
    ("profile: Sleep", "profile", "sleep"),
    ("room: Hall", "room", "hall"),
    ("profile: sleep", "loudness", -20.0),
    ("profile: sleep\nloudness: -18", "loudness", -18.0),
    ("loudness: -18.5", "loudness", -18.5),
    ("loudness: -20 LUFS", "loudness", -20.0),
    ("sample_rate: 48000", "sample_rate", 48_000),
    ("sample_rate: 44.1 kHz", "sample_rate", 44_100),
    ("variables: {oil: jojoba   oil, day-2: Tuesday}", "variables", {"oil": "jojoba oil", "day-2": "Tuesday"}),
    ("variables: {number: 05, yes: no}", "variables", {"number": "05", "yes": "no"}),
    ("pronounce: {gua sha: gwah shah}", "pronounce", {"gua sha": "gwah shah"}),
    ("tables: spoken", "tables", True),
    ("tables: Silent", "tables", False),
    ("date: 2026-11-23 08:00:00 +0100", "date", "2026-11-23"),
    ("date: 2026-11-23T08:00", "date", "2026-11-23"),
    ("tags: [face, 5 minutes]", "tags", ("face", "5 minutes")),
    ("tags: face, sleep", "tags", ("face", "sleep")),
    ("sleep: true", "sleep", True),
    ("sleep: False", "sleep", False),
    ("takes: same", "takes", "same"),
    ("takes: Vary", "takes", "vary"),
    ("verify: true", "verify", True),
    ("kind: Movement", "kind", "movement"),
    ("checks: {silence-gap: off, density: Error}", "checks", {"silence-gap": "off", "density": "error"}),
]


@pytest.mark.parametrize(("text", "key", "value"), RIGHT, ids=[text for text, _, _ in RIGHT])
def test_right_values(text: str, key: str, value: Any) -> None:
    settings, findings = _parsed(text)
    assert findings == []
    assert getattr(settings, key) == value


def test_every_key_has_a_right_value_here() -> None:
    assert {key for _, key, _ in RIGHT} | {"cover"} == set(FRONT_MATTER)


WRONG: list[tuple[str, str, str]] = [
    ("title: [a, b]", "2:8+1", "this must be text, not a list or a table"),
    ("date: 2026-02-30", "2:7+10", "'2026-02-30' is no date; write it like 2026-11-23 or 2026"),
    ("language: english_uk", "2:11+10", "'english_uk' is no language tag; write it like en, en-GB or de"),
    ("spoken: written", "2:9+7", "'written' must be written-out or as-written (did you mean 'as-written'?)"),
    ("pace: 0.49", "2:7+4", "a pace of 0.49 is outside 0.5 to 2"),
    ("pace: fast", "2:7+4", "'fast' is no pace; write a number from 0.5 to 2, where 1 is calm"),
    ("pace: 1..3", "2:7+4", "a pace of 3 is outside 0.5 to 2"),
    ("pace: 1..", "2:7+3", "'' is no pace; write a number from 0.5 to 2, where 1 is calm"),
    ("phrasing: 0.5", "2:11+3", "'0.5' needs a unit: write 0.5s for seconds or 0.5m for minutes"),
    ("phrasing: 4s", "2:11+2", "a pause at a comma can last 3s at most; write a longer one as [pause …]"),
    ("length: 0s", "2:9+2", "a session's length must be more than nothing"),
    ("length: 13h", "2:9+3", "'13h' is longer than 12 hours, the longest a session may be"),
    ("length: ~10m", "2:9+4", "'~10m' is no duration; write it like 8s, 1.5s, 500ms, 2m, 1m30s or 1:30"),
    ("bed: brwn", "2:6+4", "unknown bed 'brwn' (did you mean 'brown'?); there are brown, pink"),
    ("bed: brown -3dB", "2:6+10", "a bed lies under the voice: -6dB is the most, -17dB the usual"),
    ("bed: brown fade soon", "2:6+15", "'soon' is no duration; write it like 8s, 1.5s, 500ms, 2m, 1m30s or 1:30"),
    ("bed: ../rain.mp3", "2:6+11", "unknown bed '../rain.mp3'; there are brown, pink"),
    ("gaps: 1s", "2:7+2", "this must be a table like {sentence: 0.6s, paragraph: 1.2s}"),
    ("gaps: {sentence: 2}", "2:18+1", "'2' needs a unit: write 2s for seconds or 2m for minutes"),
    ("gaps: {sentence: 61s}", "2:18+3", "a gap can be 60s at most; write a longer silence as [pause …]"),
    ("gaps: {sentense: 1s}", "2:8+8", "unknown gap 'sentense' (did you mean 'sentence'?); there are sentence and paragraph"),
    ("ducking: deep", "2:10+4", "'deep' is no level; write it like -6dB"),
    ("ducking: 25dB", "2:10+4", "the level 25dB is outside -60dB to +12dB"),
    ("ducking: {depth: -25dB}", "2:18+5", "the bed can sink by 24dB at most"),
    ("ducking: {lead: 11s}", "2:17+3", "the bed can take from 50ms to 10s to sink or come back"),
    ("ducking: {attack: 1s}", "2:11+6", "unknown part 'attack'; there are depth, lead and release"),
    ("room: halls", "2:7+5", "unknown room 'halls' (did you mean 'hall'?); there are none, small, hall"),
    ("profile: slep", "2:10+4", f"unknown profile 'slep' (did you mean 'sleep'?); there are {', '.join(PROFILE_LOUDNESS)}"),
    ("levels: -3dB", "2:9+4", "this must be a table like {chimes: -3dB, bed: -6dB}"),
    ("levels: {chime: -3dB}", "2:10+5",
     "unknown bus 'chime' (did you mean 'chimes'?); there are voice, breath, chimes, bed"),
    ("levels: {bed: 13dB}", "2:15+4", "the level 13dB is outside -60dB to +12dB"),
    ("loudness: loud", "2:11+4", "'loud' is no loudness; write it like -16"),
    ("sample_rate: 96000", "2:14+5", "'96000' is no sample rate that a file can have; there are 44100 and 48000"),
    ("loudness: -41", "2:11+3", "a loudness of -41 LUFS is outside -40 to -8"),
    ("variables: {2nd: b}", "2:13+3", "'2nd' is no name for a variable; use letters, digits, _ and -"),
    ("variables: {a: [b]}", "2:16+1", "this must be text, not a list or a table"),
    ("variables:\n  a: b\n  a: c", "4:3+1", "the key 'a' stands here again after line 3"),
    ("pronounce: gua sha", "2:12+7", "this must be a table like {gua sha: gwah shah}"),
    ("tags: {a: b}", "2:7+1", "this must be a list of words, not a list or a table"),
    ("kind: masage", "2:7+6",
     "unknown kind 'masage' (did you mean 'massage'?); there are massage, breathing, meditation, movement, sleep"),
    ("sleep: perhaps", "2:8+7", "'perhaps' must be true or false"),
    ("cover: face.png", "2:8+8", "there is no image file 'face.png' in the script's folder"),
    ("chimes: bells", "2:9+5", "unknown sound 'bells' (did you mean 'bell'?); there are "
     "air, bell, bowl, fall, halfway, plain, release, rise, tick, tone"),
    ("titel: x", "2:1+5", "unknown setting 'titel' (did you mean 'title'?); it has no effect"),
    ("Title: x", "2:1+5", "unknown setting 'Title' (did you mean 'title'?); it has no effect"),
    ("zzz: x", "2:1+3", "unknown setting 'zzz'; it has no effect"),
    ("a: &x 1\nb: *x", "2:4+4", "anchors and aliases (& and *) are not used in a front matter"),
    ("a: !!int 1", "2:4+7", "the tag tag:yaml.org,2002:int is not used in a front matter"),
    ("a: [[[[[b]]]]]", "2:7+1", "this front matter is nested too deeply"),
    ("? [a, b]\n: c", "2:3+1", "a key must be a plain word"),
    ("just words", "2:1+10", "a front matter is made of lines like 'title: Evening calm'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "message"), WRONG, ids=[text for text, _, _ in WRONG])
def test_wrong_values_are_told_where_they_stand(text: str, place: str, message: str) -> None:
    settings, findings = _parsed(text)
    assert findings == [(place, message)]
    assert replace(settings, variables={}) == Settings(title="evening", variables={})


@pytest.mark.parametrize(
    "text",
    ["title: 'open", "a: b: c", "\tkey: x", "a: b\n c\n  - d: [", "%YAML", 'a: "\\x"', "a: @b", "- a\nb: c", "a: \x07"],
)
def test_what_is_no_yaml_is_told_once_and_the_text_is_checked_all_the_same(text: str) -> None:
    _, findings = _parsed(text, "[puase 5s]")
    assert len(findings) == 2
    assert findings[0][1].startswith("this front matter is not valid YAML")
    assert findings[1][1] == "unknown cue 'puase' (did you mean 'pause'?)"


def test_a_control_character_is_told_where_it_stands() -> None:
    _, findings = _parsed("title: x\nauthor: A\x07na")
    assert findings == [
        ("3:10+1", "this front matter is not valid YAML: unacceptable character #x0007: special characters are not allowed")
    ]  # fmt: skip


def test_a_front_matter_that_is_never_closed() -> None:
    _, findings = parse(Source("x.md", "---\ntitle: x\n# Hi\nHello.\n"), NAMES)
    error = findings[0]
    assert (error.span.line, error.span.column, error.span.length) == (1, 1, 3)
    assert error.message == "the front matter that starts here is never closed"


def test_an_empty_front_matter_changes_nothing() -> None:
    for text in ("---\n---\nHi.\n", "---\n\n# only a remark\n---\nHi.\n", "Hi.\n"):
        routine, findings = parse(Source("evening.md", text), NAMES)
        assert findings == ()
        assert routine.settings == Settings(title="evening")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: One\n---\n# Two\nHi.", "One"),
        ("# Two\nHi.\n# Three\nHi.", "Two"),
        ("## Part\nHi.\n# Three\nHi.", "Three"),
        ("## Part\nHi.", "evening"),
        ("---\ntitle:\n---\n# Two\nHi.", "Two"),
        ('---\ntitle: ""\n---\n# Two\nHi.', "Two"),
    ],
)
def test_the_title_is_the_setting_else_the_first_heading_else_the_file_s_name(text: str, title: str) -> None:
    routine, findings = parse(Source("scripts/evening.md", text), NAMES)
    assert findings == ()
    assert routine.settings.title == title


def test_values_from_outside_go_before_the_script_s_own() -> None:
    text = "---\nvariables: {oil: olive, day: Monday}\n---\n{oil} {day}.\n"
    routine, findings = parse(Source("x.md", text), NAMES, {"oil": "jojoba"})
    assert findings == ()
    (sentence,) = routine.chapters[0].body
    assert getattr(sentence, "text", None) == ("jojoba Monday.",)


def test_a_cover_and_a_bed_are_found_in_the_folder_and_nowhere_else(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "art").mkdir(parents=True)
    (home / "art" / "face.png").write_bytes(b"x")
    (home / "rain.mp3").write_bytes(b"x")
    (tmp_path / "secret.png").write_bytes(b"x")
    script = home / "x.md"
    script.write_text("---\ncover: art/face.png\nbed: rain.mp3\n---\nHi.\n")
    routine, findings = parse_file(script, NAMES)
    assert findings == ()
    assert routine is not None
    assert routine.settings.cover == home / "art" / "face.png"
    assert routine.settings.bed.sound == SoundRef("rain.mp3", home / "rain.mp3")
    script.write_text("---\ncover: ../secret.png\nbed: /etc/hosts\n---\nHi.\n")
    _, findings = parse_file(script, NAMES)
    assert [finding.message for finding in findings] == [
        "'../secret.png' leaves the script's folder; only files in it or below it may be named",
        "'/etc/hosts' is an absolute path; only files in the script's folder or below it may be named",
    ]


def test_a_bomb_of_aliases_is_never_built() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))
    _, findings = _parsed(f"a0: &a0 x\n{levels}")
    assert [message for _, message in findings] == ["anchors and aliases (& and *) are not used in a front matter"]


def test_a_file_with_blanks_in_its_name_has_a_level_in_the_front_matter_as_in_the_cue(tmp_path: Path) -> None:
    (tmp_path / "my music.mp3").write_bytes(b"x")
    script = tmp_path / "x.md"
    script.write_text('---\nbed: "my music.mp3 -12dB"\n---\nHi. [pause 9s] [bed "my music.mp3" -12dB] Ho.\n')
    routine, findings = parse_file(script, NAMES)
    assert findings == ()
    assert routine is not None
    timeline, _ = plan(routine)
    assert timeline is not None
    beds = [event for event in timeline.events if event.kind == "bed"]
    assert [(bed.text, bed.level) for bed in beds] == [("my music.mp3", -12.0)] * 2
