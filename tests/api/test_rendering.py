from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import soundfile

import voiceguide
from tests.api.scripts import QUIET
from tests.support.command_line import Run
from voiceguide import Cancelled, OptionError, Progress, Report
from voiceguide.units import samples_at

LONGER = QUIET.replace("~5s", "60s").replace("voice: silent", "voice: silent\nbed: rain")


def _scripts(folder: Path) -> tuple[Path, Path]:
    one, two = folder / "one.md", folder / "two.md"
    one.write_text(QUIET)
    two.write_text(LONGER.replace("quiet", "longer"))
    return one, two


def test_two_threads_write_what_the_command_line_writes(tmp_path: Path, voiceguide: Run) -> None:
    """At the same time, with everything that can come beside a session."""
    one, two = _scripts(tmp_path)
    jobs = [
        (one, "mp3", "50s", ("--captions", "vtt", "--chapters", "json")),
        (two, "mp3", None, ("--captions", "lrc", "--stems", "stems", "--split", "chapters")),
        (one, "wav", "50s", ()),
        (two, "flac", None, ()),
    ]
    for script, kind, length, more in jobs:
        asked = ("--length", length) if length else ()
        output = f"cli/{script.stem}.{kind}"
        more = tuple("cli/stems" if word == "stems" else word for word in more)
        done = voiceguide("render", "-q", script.name, "-o", output, *asked, *more, "--report", f"{output}.json")
        assert done.returncode == 0, done.stderr

    def made(job: tuple[Path, str, str | None, tuple[str, ...]]) -> Report:
        script, kind, length, more = job
        wanted = dict(zip(more[::2], more[1::2], strict=True))
        stems = tmp_path / "api" / "stems" if "--stems" in wanted else None
        return _render(
            script, tmp_path / "api" / f"{script.stem}.{kind}", length,
            captions=wanted.get("--captions"), chapters="--chapters" in wanted, stems=stems, split="--split" in wanted,
        )  # fmt: skip

    with ThreadPoolExecutor(2) as threads:
        reports = list(threads.map(made, jobs))
    files = [file.relative_to(tmp_path / "api") for file in sorted((tmp_path / "api").rglob("*")) if file.is_file()]
    assert len(files) > 12
    for file in files:
        assert (tmp_path / "api" / file).read_bytes() == (tmp_path / "cli" / file).read_bytes(), file
    for report in reports:
        told = json.loads((tmp_path / "cli" / f"{report.output.name}.json").read_text())
        own = report.to_json()
        assert (own["sha256"], own["loudness_lufs"]) == (told["sha256"], told["loudness_lufs"])
        assert own["timeline"]["frames"] == told["timeline"]["frames"] == report.timeline.frames
        assert own.keys() == told.keys()


def _render(script: Path, output: Path, length: str | None, **options: object) -> Report:
    with voiceguide.plan(script, length=length) as session:
        return session.render(output, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "rate"),
    [({}, 48_000), ({"sample_rate": 44_100}, 44_100), ({"profile": "sleep"}, 48_000)],
)
def test_the_sample_rate_is_the_caller_s_the_script_s_or_the_profile_s(
    asked: dict[str, Any], rate: int, tmp_path: Path
) -> None:
    script = voiceguide.read_text("---\nsample_rate: 48000\n---\n[pause 1s]\n[chime wood]\n")
    with voiceguide.plan(script, **asked) as session:
        report = session.render(tmp_path / "x.mp3")
    found = soundfile.info(str(report.output))
    assert (found.samplerate, found.frames) == (rate, samples_at(rate, report.timeline.frames))
    document = report.to_json()["timeline"]
    assert (document["sample_rate"], document["frames"]) == (found.samplerate, found.frames)


def test_a_profile_brings_its_sample_rate() -> None:
    for profile, rate in (("broadcast", 48_000), ("audiobook", 44_100)):
        with voiceguide.plan(voiceguide.read_text("[pause 1s]"), profile=profile) as session:
            assert session.timeline.sample_rate == rate


def _children() -> list[str]:
    told = subprocess.run(["ps", "-eo", "ppid=,args="], capture_output=True, text=True, check=True).stdout
    own = [row.split(None, 1) for row in told.splitlines()]
    return [args for parent, args in own if parent == str(os.getpid()) and not args.startswith("ps ")]


@pytest.mark.skipif(sys.platform == "win32", reason="ps tells the processes")
@pytest.mark.parametrize(
    ("stage", "kind"),
    [("Speaking", "mp3"), ("Measuring", "mp3"), ("Encoding", "mp3"), ("Encoding", "m4b"), ("Encoding", "opus"), ("Stems of", "flac")],
)  # fmt: skip
@pytest.mark.parametrize("how", ["cancelled", "raised"])
def test_what_is_called_off_leaves_no_file_and_no_process(stage: str, kind: str, how: str, tmp_path: Path) -> None:
    script = voiceguide.read_text(LONGER.replace("Sit down", f"Sit down for {stage} of {kind}, {how}"))
    voice = "system" if stage == "Measuring" else "silent"  # whose peaks need no limiting, so nothing is measured
    output, stop, threads = tmp_path / f"x.{kind}", threading.Event(), threading.active_count()
    output.write_text("the last good one")

    def progress(told: Progress) -> None:
        if told.stage == stage and told.share > 0:
            if how == "raised":
                raise KeyError("the caller's own")
            stop.set()

    with (
        pytest.raises(Cancelled if how == "cancelled" else KeyError),
        voiceguide.plan(script, progress=progress, cancelled=stop.is_set, jobs=2, voice=voice) as session,
    ):
        session.render(
            output, captions="vtt", stems=tmp_path / "stems" if stage == "Stems of" else None,
            report=tmp_path / "x.json", progress=progress, cancelled=stop.is_set,
        )  # fmt: skip
    assert output.read_text() == "the last good one"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [output.name]
    assert _children() == []
    assert threading.active_count() == threads


def test_progress_goes_from_nothing_to_all_of_it_in_each_stage(tmp_path: Path) -> None:
    told: list[Progress] = []
    threads = set()

    def progress(one: Progress) -> None:
        told.append(one)
        threads.add(threading.current_thread())

    with voiceguide.plan(voiceguide.read_text(LONGER), progress=progress) as session:
        session.render(tmp_path / "x.mp3", progress=progress)
    stages = {one.stage: [two.done for two in told if two.stage == one.stage] for one in told}
    assert next(iter(stages)) == "Speaking"
    assert "Encoding" in stages
    for done in stages.values():
        assert max(done) > 0
    assert told[-1].share == 1.0
    assert threads == {threading.current_thread()}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (lambda session, folder: session.render(folder / "x.txt"), "x.txt should end in .mp3, .m4a, "),
        (lambda session, folder: session.render(folder / "x.mp3", format="mp5"), "format: there is no 'mp5' (did you mean "),
        (lambda session, folder: session.render(folder / "x.mp3", picture="cover"), "picture: mp3 has no picture"),
        (lambda session, folder: session.render(folder / "x.mp4", split=True), "split: a video stays whole"),
        (lambda session, folder: session.render(folder / "x.mp3", project="ardour"), "project: there is no 'ardour'"),
        (lambda session, folder: session.render(folder / "x.flac", bitrate=96), "bitrate: flac keeps every sample"),
        (lambda session, folder: session.render(folder / "x.mp3", captions="srt"), "captions: there are no 'srt'; there are vtt and lrc."),
        (lambda session, folder: session.render(folder / "x.mp3", report=folder / "x.mp3"), "x.mp3 is named twice"),
        (lambda session, folder: session.render(folder / "x.mp3", report=folder / "own.md"), "own.md is named twice"),
        (lambda session, folder: session.preview(length=100), "at most 60 s long"),
        (lambda session, folder: session.preview(start=1e4), "within the session"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told_before_any_work(
    asked: Callable[[object, Path], object], message: str, tmp_path: Path
) -> None:
    (tmp_path / "own.md").write_text(QUIET)
    with voiceguide.plan(tmp_path / "own.md") as session, pytest.raises(OptionError) as caught:
        asked(session, tmp_path)
    assert message in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["own.md"]


def test_the_report_is_a_value_and_the_document_of_the_command_line(tmp_path: Path) -> None:
    with voiceguide.plan(voiceguide.read_text(QUIET)) as session:
        report = session.render(tmp_path / "x.mp3", captions="vtt", report=tmp_path / "x.json")
    assert json.loads((tmp_path / "x.json").read_text()) == report.to_json()
    assert report.size == (tmp_path / "x.mp3").stat().st_size
    assert report.lines_spoken + report.lines_kept == 4
    assert (report.media_type, report.files[0].path) == ("audio/mpeg", tmp_path / "x.vtt")
    assert abs(report.loudness_lufs + 16) < 6.0  # the voice is what is levelled; its session is mostly chimes
