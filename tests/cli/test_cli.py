"""The command line as a person meets it: exit statuses, places of errors, what is written and what is not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.audio import decoded, ffmpeg
from tests.support.command_line import Run, report
from tests.support.paths import ROOT
from tests.support.waiting import HANGS, at_most, until
from voiceguide.cues import CUES
from voiceguide.encoder.kinds import KINDS

QUIET = "# Calm\nRest your hands.\n[pause 2s]\n[chime bell]\n"


def _written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


BAD_SCRIPTS = [
    ("unknown cue", b"Hi.\n[paws 5s]\n", ":2:2: error: unknown cue 'paws' (did you mean 'pause'?)"),
    ("unclosed block", b"[repeat 3]\nHi.\n", ":1:1: error: this block is never closed"),
    ("negative duration", b"[pause -5s]\n", ":1:8: error: a duration cannot be negative, as '-5s' is"),
    ("absurd duration", b"[pause 99h]\n", ":1:8: error: '99h' is longer than 12 hours, the longest a session may be"),
    ("half a pattern", b"[breathe 4]\n", ":1:10: error: '4' is no breathing pattern; "),
    ("YAML error", b"---\ntitle: [a\n---\nHi.\n", "error: this front matter is not valid YAML"),
    (
        "YAML alias bomb",
        b"---\na: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n---\nHi.\n",
        ":2:4: error: anchors and aliases (& and *) are not used in a front matter",
    ),
    ("binary file", b"RIFF\x00\x00\x00\x00WAVE" * 50, ":1:1: error: this is a binary file, not a text"),
    ("Latin-1", "Hi.\nMüde?\n".encode("latin-1"), ":2:2: error: this file is not UTF-8 text: byte 0xfc here"),
    ("missing include", b"[include gone.md]\n", ":1:10: error: there is no script 'gone.md'"),
    ("include circle", b"[include bad.md]\n", ":1:1: error: this include goes in a circle: bad.md → bad.md"),
    ("outside its folder", b"[sound ../../etc/passwd]\n", ":1:8: error: '../../etc/passwd' leaves the script's folder"),
    (
        "ten million rounds",
        b"[repeat 10000000]\nHi.\n[end]\n",
        ":1:1: error: up to here the session would have 10,000,000",
    ),
    ("empty file", b"", ":1:1: error: this script says and does nothing"),
]


@pytest.mark.parametrize(
    ("script", "message"), [case[1:] for case in BAD_SCRIPTS], ids=[case[0] for case in BAD_SCRIPTS]
)
def test_a_bad_script_is_told_at_its_place_and_writes_nothing(
    script: bytes, message: str, voiceguide: Run, tmp_path: Path
) -> None:
    (tmp_path / "bad.md").write_bytes(script)
    with at_most(5):  # under a second on an idle machine
        result = voiceguide("render", "bad.md")
    assert result.returncode == 1
    assert result.stdout == ""
    assert f"bad.md{message}" in result.stderr or message in result.stderr
    assert "Traceback" not in result.stderr
    assert _written(tmp_path) == ["bad.md"]


def test_a_file_that_is_not_there(voiceguide: Run) -> None:
    result = voiceguide("render", "gone.md")
    assert result.returncode == 1
    assert "gone.md:1:1: error: there is no such file" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("render",),
        ("render", "a.md", "--format", "mp5"),
        ("render", "a.md", "-o", "a.txt"),
        ("render", "a.md", "b.md", "-o", "one.mp3"),
        ("render", "a.md", "--pace", "7"),
        ("render", "a.md", "--bed", "disco"),
        ("render", "a.md", "--set", "name"),
        ("render", "a.md", "-o", "a.wav", "--format", "mp3"),
        ("plan",),
        ("plan", "a.md", "--length", "soon"),
        ("plan", "a.md", "--plot", "a.gif"),
        ("plan", "a.md", "--json", "--length", "5m", "--length", "6m"),
        ("plan", "a.md", "--range", "--length", "5m"),
        ("plan", "a.md", "--range", "--spoken"),
        ("render", "a.md", "b.md", "--plot", "a.png"),
        ("render", "a.md", "--report", "a.md"),
        ("sing",),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_2(arguments: tuple[str, ...], voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide(*arguments)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert _written(tmp_path) == []


def test_help_and_version_need_nothing_heavy(voiceguide: Run) -> None:
    code = (
        "import sys\n"
        "try:\n    import voiceguide.cli as c; c.main(['--help'])\n"
        "except SystemExit as stop:\n    assert not stop.code\n"
        "assert not {'numpy', 'scipy', 'pydub', 'rich', 'ruamel.yaml'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)
    assert voiceguide("--version").stdout.startswith("voiceguide ")


@pytest.mark.parametrize("command", ["render", "plan"])
def test_the_help_explains_every_cue_of_the_vocabulary(command: str, voiceguide: Run) -> None:
    help_text = voiceguide(command, "--help").stdout
    assert [spec.name for spec in CUES if spec.forms[0] not in help_text] == []


def test_render_writes_to_sessions_and_tells_what_it_wrote(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.md").write_text(QUIET)
    result = voiceguide("render", "quiet.md")
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    assert "Wrote sessions/quiet.mp3: " in result.stderr
    assert _written(tmp_path) == ["quiet.md", "sessions/quiet.mp3"]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_format_has_the_planned_length_and_title(kind: str, voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.md").write_text(QUIET)
    result = voiceguide("render", "quiet.md", "-o", f"out.{kind}", "--report", "report.json", "--bed", "brown")
    assert result.returncode == 0, result.stderr
    told = report(tmp_path / "report.json")
    rounding = 1 if kind == "opus" else 0  # a player that turns its 48 kHz into 44.1 may drop a part of a frame
    assert abs(len(decoded(tmp_path / f"out.{kind}")) - told["timeline"]["frames"]) <= rounding
    assert told["format"] == kind
    assert told["bytes"] == (tmp_path / f"out.{kind}").stat().st_size
    assert [event["kind"] for event in told["timeline"]["events"]] == ["bed", "speech", "pause", "chime"]
    assert b"title=Calm" in ffmpeg("-v", "error", "-i", tmp_path / f"out.{kind}", "-f", "ffmetadata", "-").stdout


def test_two_renders_give_the_same_bytes_also_from_an_empty_cache(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.md").write_text(QUIET + "One more line. And another [breathe box x1 swell] breath.\n")
    made: list[dict[str, bytes]] = []
    for number, cache in enumerate(("a", "b", "a"), start=1):
        others = ("--report", "r.json", "--stems", "stems", "--captions", "vtt", "--jobs", str(number))
        result = voiceguide("render", "quiet.md", "-o", "x.mp3", *others, VOICEGUIDE_CACHE=str(tmp_path / cache))
        assert result.returncode == 0, result.stderr
        told = report(tmp_path / "r.json")
        assert set(told.pop("run")) == {"lines", "wall_seconds"}
        (tmp_path / "r.json").write_text(json.dumps(told))
        made.append({path.name: path.read_bytes() for path in (*tmp_path.glob("*.*"), *tmp_path.glob("stems/*"))})
    assert {"x.mp3", "x.vtt", "r.json", "voice.wav", "labels.txt"} <= set(made[0])
    assert made[0] == made[1] == made[2]


def test_a_second_render_speaks_nothing_and_a_changed_line_one(voiceguide: Run, tmp_path: Path) -> None:
    script = tmp_path / "quiet.md"
    lines = []
    for text in (QUIET, QUIET, QUIET + "Something new.\n"):
        script.write_text(text)
        assert (
            voiceguide("render", "quiet.md", "--report", "r.json", VOICEGUIDE_CACHE=str(tmp_path / "c")).returncode == 0
        )
        lines.append(report(tmp_path / "r.json")["run"]["lines"])
    assert lines == [{"spoken": 1, "from_cache": 0}, {"spoken": 0, "from_cache": 1}, {"spoken": 1, "from_cache": 1}]


def test_one_bad_script_does_not_stop_the_others(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(QUIET)
    (tmp_path / "bad.md").write_text("[paws]\n")
    result = voiceguide("render", "bad.md", "good.md", "-o", "out/")
    assert result.returncode == 1
    assert "bad.md has 1 error; nothing was written for it." in result.stderr
    assert _written(tmp_path / "out") == ["good.mp3"]


def test_plan_prints_json_on_standard_output_alone(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.md").write_text("---\nvoise: x\n---\n" + QUIET)
    result = voiceguide("plan", "quiet.md", "--json")
    assert result.returncode == 0
    timeline = json.loads(result.stdout)
    assert timeline["schema"] == "voiceguide.timeline/1"
    assert timeline["sample_rate"] == 44100
    assert timeline["frames"] == round(timeline["seconds"] * 44100)
    assert timeline["chapters"] == [{"title": "Calm", "start": 0.0, "end": timeline["seconds"]}]
    speech, pause, chime = timeline["events"]
    assert speech == {
        "kind": "speech", "track": "voice", "start": 1.0, "end": speech["end"], "text": "Rest your hands.",
        "file": "quiet.md", "line": 5,
    }  # fmt: skip
    assert pause["elastic"] is False
    assert pause["start"] == speech["end"]
    assert round(pause["end"] - pause["start"], 4) == 2
    assert (chime["kind"], chime["track"], chime["start"]) == ("chime", "chimes", pause["end"])
    assert "unknown setting 'voise' (did you mean 'voice'?)" in result.stderr
    assert _written(tmp_path) == ["quiet.md"]


def test_plan_prints_a_table(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.md").write_text(QUIET)
    result = voiceguide("plan", "quiet.md")
    assert result.returncode == 0
    rows = result.stdout.splitlines()
    assert rows[0].startswith("Calm: ")
    assert rows[2].startswith("Calm (")
    assert [row.split(maxsplit=2)[2] for row in rows[3:]] == [
        "voice   “Rest your hands.”",
        "voice   pause",
        "chimes  chime bell",
    ]


def test_lists_go_to_standard_output(voiceguide: Run) -> None:
    sounds = voiceguide("sounds").stdout
    assert {"bowl", "bell", "rise", "fall", "tick", "release", "brown"} <= {
        row.split()[0] for row in sounds.splitlines()
    }
    voices = voiceguide("voices", "list", "--language", "en").stdout
    assert "system" in voices


def test_sounds_build_makes_the_library_bit_for_bit(voiceguide: Run, tmp_path: Path) -> None:
    assert voiceguide("sounds", "build", "-o", "made").returncode == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "made").glob("*.flac")}
    assert made == {path.name: path.read_bytes() for path in (ROOT / "sounds").glob("*.flac")}


def test_within_that_does_not_fit_is_told_with_both_lengths(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(
        "[within 2s]\nThis is a sentence that takes rather longer than two seconds to say.\n[end]\n"
    )
    result = voiceguide("render", "x.md")
    assert result.returncode == 1
    assert "x.md:1:1: error: what this block holds takes " in result.stderr
    assert "but it must last 2s" in result.stderr
    assert _written(tmp_path) == ["x.md"]


def test_an_unknown_voice_is_told_where_the_script_names_it(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("---\nvoice: sistem\n---\nHello.\n")
    result = voiceguide("render", "x.md")
    assert result.returncode == 1
    assert "x.md:2:8: error: " in result.stderr
    assert "system" in result.stderr
    assert _written(tmp_path) == ["x.md"]


LONG = "# Long\n[bed brown]\n[repeat 300]\n[breathe 4-6 x1]\n[pause 2s]\n[end]\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_render_that_is_stopped_leaves_the_last_good_file(blow: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text(LONG)
    (tmp_path / "long.mp3").write_bytes(b"the last good one")
    command = [sys.executable, "-m", "voiceguide", "render", "long.md", "-o", "long.mp3"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for row in process.stderr:
            if row.startswith("Encoding"):
                break
        until(lambda: any(part.stat().st_size for part in tmp_path.glob(".long.mp3.*.part")), "the first written bytes")
        process.send_signal(blow)
        process.wait(HANGS)
        said = process.stderr.read()
    assert (tmp_path / "long.mp3").read_bytes() == b"the last good one"
    if blow != signal.SIGKILL:
        assert "Stopped." in said
        assert "Traceback" not in said
        assert _written(tmp_path) == ["long.md", "long.mp3"]
    assert process.returncode == (-blow if blow == signal.SIGKILL else 1)  # it was at work
    visible = [name for name in _written(tmp_path) if not name.startswith(".")]
    assert visible == ["long.md", "long.mp3"]


ELASTIC = "# Calm\nRest your hands. [pause ~10s]\n# More [optional]\nAnd rest. [pause 10s]\n"


def test_several_lengths_make_several_files_from_lines_spoken_once(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text(ELASTIC)
    result = voiceguide(
        "render", "calm.md", "--length", "20s", "--length", "0:30.5", "--report", "told/r.json", "--plot", "r.svg",
        VOICEGUIDE_CACHE=str(tmp_path / "c"),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    files = [name for name in _written(tmp_path) if not name.startswith("c/")]
    assert files == [
        "calm.md", "sessions/calm-20s.mp3", "sessions/calm-30.5s.mp3",
        "told/r-20s.json", "told/r-20s.svg", "told/r-30.5s.json", "told/r-30.5s.svg",
    ]  # fmt: skip
    assert [len(decoded(tmp_path / f"sessions/calm-{name}.mp3")) for name in ("20s", "30.5s")] == [882000, 1345050]
    first, second = (report(tmp_path / f"told/r-{name}.json") for name in ("20s", "30.5s"))
    assert [first["run"]["lines"], second["run"]["lines"]] == [
        {"spoken": 2, "from_cache": 0},
        {"spoken": 0, "from_cache": 2},
    ]
    assert first["timeline"]["fit"]["left_out"] == ["More"]
    assert second["timeline"]["fit"]["left_out"] == []
    assert "loudness" in (tmp_path / "told/r-20s.svg").read_text("utf-8").casefold()


def test_plan_tells_how_a_session_was_fitted(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text(ELASTIC + "[repeat 2..4]\n[pause 5s]\n[end]\n# End\nGo. [pause ~4s]\n")
    result = voiceguide("plan", "calm.md", "--length", "24s", "--length", "75s", "--voice", "system")
    assert result.returncode == 0, result.stderr
    short, long = result.stdout.split("\n\n\n")[0], result.stdout
    assert short.startswith("Calm: 24s, voice system:")
    assert "Left out to fit the length: “More”." in short
    assert "Calm: 1m15s, voice system:" in long
    assert "4 rounds instead of 3 in line 5 of calm.md." in long
    assert "Elastic pauses and holds are stretched, " in long


def test_a_length_that_cannot_be_is_told_with_what_would_help(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text("[pause ~10s] [hold 7s]\n")
    result = voiceguide("render", "calm.md", "--length", "5s", "--length", "1m", "--length", "20s")
    assert result.returncode == 1
    assert [line for line in result.stderr.splitlines() if not line.endswith("…")] == [
        "calm.md: error: the session cannot last 5s: the shortest that this script can be is 17s",
        "    help: let rigid pauses and holds shrink, such as [hold ~7s] in line 1",
        "calm.md: error: the session cannot last 1m: the longest that this script can be is 42s",
        "    help: let rigid pauses and holds grow, such as [hold ~7s] in line 1",
    ]
    assert _written(tmp_path) == ["calm.md"]


def test_the_range_of_lengths_is_told_and_can_be_asked_for(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text(ELASTIC)
    rows = [row.split() for row in voiceguide("plan", "calm.md", "--range").stdout.splitlines()]
    assert [name for name, _ in rows] == ["shortest", "natural", "longest"]
    for length in (rows[0][1], rows[2][1]):
        result = voiceguide("plan", "calm.md", "--json", "--length", length)
        assert result.returncode == 0, result.stderr
        assert abs(json.loads(result.stdout)["fit"]["share"]) > 0.9
    exact = json.loads(voiceguide("plan", "calm.md", "--range", "--json").stdout)
    assert list(exact) == ["shortest", "natural", "longest"]
    assert exact["shortest"] < exact["natural"] < exact["longest"]


def test_the_lines_that_a_voice_gets_in_other_words_are_shown(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text("Rest.\n[repeat 2]\nHold for {n}-3 sec.\n[end]\n")
    assert voiceguide("plan", "calm.md", "--spoken").stdout.splitlines() == [
        "line       as written         spoken",
        "calm.md:3  Hold for 1-3 sec.  Hold for one to three seconds.",
        "calm.md:3  Hold for 2-3 sec.  Hold for two to three seconds.",
    ]
    rows = json.loads(voiceguide("plan", "calm.md", "--spoken", "--json").stdout)
    assert rows[0] == {
        "file": "calm.md", "line": 3, "text": "Hold for 1-3 sec.", "spoken": "Hold for one to three seconds.",
    }  # fmt: skip
    (tmp_path / "calm.md").write_text("---\nspoken: as-written\n---\nHold for 5 sec.\n")
    assert voiceguide("plan", "calm.md", "--spoken").stdout == "Every line is spoken as it is written.\n"


def test_a_length_in_the_script_is_kept_and_the_command_line_goes_before_it(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text("---\nlength: 30s\n---\n" + ELASTIC)
    assert json.loads(voiceguide("plan", "calm.md", "--json").stdout)["seconds"] == 30
    assert json.loads(voiceguide("plan", "calm.md", "--json", "--length", "25s").stdout)["seconds"] == 25
    (tmp_path / "calm.md").write_text("---\nlength: 3h\n---\n" + ELASTIC)
    result = voiceguide("plan", "calm.md")
    assert "calm.md:2:9: error: the session cannot last 3h: the longest that this script can be is " in result.stderr
