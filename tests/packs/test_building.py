"""Packs built for real: what is made and what is kept, after failures, kills, and on a cluster."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.audio import decoded
from tests.support.command_line import Run
from tests.support.paths import ROOT
from tests.support.waiting import HANGS, processor_seconds, until
from voiceguide.publish.manifest import Manifest, load

SCRIPT = """\
---
title: {title}
---
# Arrive
{text} [pause ~2s]
# Stay
[breathe 2-3 x1..2 words none]
Stay a while. [pause ~3s]
"""
TEXTS = ("Let your shoulders sink.", "Rest your hands.", "Soften your jaw.", "Feel your feet.", "Let the breath come.")


def written(folder: Path, count: int = 3, lengths: str = "[21s, 24s]", more: str = "") -> Path:
    """A pack of so many scripts, each in two lengths."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number in range(count):
        text = SCRIPT.format(title=f"Session {number}", text=TEXTS[number % len(TEXTS)])
        (folder / f"s{number}.md").write_text(text)
        rows.append(f"  - {{script: s{number}.md, lengths: {lengths}}}\n")
    (folder / "pack.yaml").write_text(
        f"title: Small pack\nvoice: system\nbed: brown\n{more}sessions:\n" + "".join(rows)
    )
    return folder / "pack.yaml"


def audio(folder: Path, name: str) -> Path:
    """The audio file of a session, whose name has a hash of what it holds."""
    return folder / next(one.audio.path for one in manifest(folder).sessions if one.name == name)


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too, with its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built(voiceguide: Run, pack: Path, output: Path, *options: str, status: int = 0) -> str:
    """What ``pack build`` says."""
    result = voiceguide("pack", "build", pack, "-o", output, *options)
    assert result.returncode == status, result.stderr
    assert result.stdout == ""
    said: str = result.stderr
    return said


def manifest(folder: Path) -> Manifest:
    found = load(folder)
    assert found is not None
    return found


def test_a_pack_is_made_then_kept_then_made_where_it_changed(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", more="link: https://example.org/small\n"), tmp_path / "out"
    begin = processor_seconds()
    assert "6 made, 0 kept" in built(voiceguide, pack, out)
    made = processor_seconds() - begin
    first = contents(out)
    found = manifest(out)
    loudness = [session.loudness_lufs for session in found.sessions]
    assert max(loudness) - min(loudness) <= 1.0  # type: ignore[type-var, operator]  # the voices agree, their sounds differ
    for session in found.sessions:
        assert session.seconds == {"21s": 21, "24s": 24}[session.length or ""]
        assert len(decoded(out / session.audio.path)) == session.seconds * 44_100
        assert session.audio.sha256 == first[session.audio.path]
        assert set(session.files) == {"audio", "captions", "chapters", "cover", "artwork", "timeline"}
    assert {"index.html", "feed.xml", "manifest.json", "s0-21s.html", "transcripts/s0-21s.js"} <= set(first)
    assert not any(path.startswith(".") for path in first)

    begin = processor_seconds()
    assert "0 made, 6 kept" in built(voiceguide, pack, out)
    assert processor_seconds() - begin < made / 3
    assert contents(out) == first

    for path in pack.parent.iterdir():  # what is only touched, or lies elsewhere, has not changed
        os.utime(path)
    moved = pack.parent.rename(tmp_path / "elsewhere") / "pack.yaml"
    assert "0 made, 6 kept" in built(voiceguide, moved, out)
    assert contents(out) == first

    script = moved.parent / "s1.md"
    script.write_text(script.read_text().replace("hands", "arms"))
    said = built(voiceguide, moved, out)
    assert "2 made, 4 kept" in said
    changed = {path for path, digest in contents(out).items() if first.get(path) != digest}
    sound = {audio(out, name).name for name in ("s1-21s", "s1-24s")}
    assert sound <= changed
    assert all(hashlib.sha256((out / name).read_bytes()).hexdigest().startswith(name.split(".")[1]) for name in sound)
    assert not any(path.startswith(("s0", "s2")) for path in changed)


def test_the_last_sound_of_a_session_stays_for_pages_that_are_open(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", count=1, lengths="[21s]"), tmp_path / "out"
    script, sounds = pack.parent / "s0.md", []
    for text in ("Rest.", "Rest well.", "Rest now."):
        script.write_text(SCRIPT.format(title="Session 0", text=text))
        assert "No session of the pack needs" not in built(voiceguide, pack, out)
        sounds.append(audio(out, "s0-21s"))
    assert [path.exists() for path in sounds] == [False, True, True]
    assert dict(manifest(out).earlier) == {"s0-21s": sounds[1].name}
    built(voiceguide, pack, out)
    assert sounds[1].exists()
    assert sounds[1].name in built(voiceguide, pack, out, "--prune").partition("Removed ")[2]
    assert [path.exists() for path in sounds] == [False, False, True]


def test_what_a_script_includes_and_plays_counts_too(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", count=2, lengths="[24s]"), tmp_path / "out"
    (pack.parent / "part.md").write_text("One more thing.\n")
    script = pack.parent / "s0.md"
    script.write_text(script.read_text() + "[include part.md]\n")
    built(voiceguide, pack, out)
    assert sorted(manifest(out).sessions[0].inputs) == ["part.md", "s0.md"]
    (pack.parent / "part.md").write_text("One last thing.\n")
    assert "1 made, 1 kept" in built(voiceguide, pack, out)
    text = pack.read_text()
    pack.write_text(text.replace("bed: brown", "bed: pink"))
    assert "2 made, 0 kept" in built(voiceguide, pack, out)
    pack.write_text(text.replace("bed: brown", "bed: pink").replace("title: Small", "description: New\ntitle: Small"))
    assert "0 made, 2 kept" in built(voiceguide, pack, out)  # the page alone
    assert b"New" in (out / "sessions.js").read_bytes() + (out / "index.html").read_bytes()


def test_one_bad_script_stops_no_other_and_its_last_good_file_stays(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", lengths="[21s]"), tmp_path / "out"
    built(voiceguide, pack, out)
    before = contents(out)
    bad, impossible = pack.parent / "s0.md", pack.parent / "s2.md"
    good_text = bad.read_text()
    bad.write_text(good_text.replace("[pause", "[puase"))
    impossible.write_text(impossible.read_text().replace("~3s", "60s"))
    (pack.parent / "s1.md").write_text((pack.parent / "s1.md").read_text().replace("Rest", "Lay"))
    said = built(voiceguide, pack, out, status=1)
    assert "1 made, 0 kept, 2 failed" in said
    assert "s0-21s could not be made; its last good file stays:" in said
    assert "s0.md:5:27: error: unknown cue 'puase' (did you mean 'pause'?)" in said
    assert "shortest" in said
    kept = audio(out, "s0-21s").name
    assert contents(out)[kept] == before[kept]
    assert [session.name for session in manifest(out).sessions] == ["s0-21s", "s1-21s", "s2-21s"]
    bad.write_text(good_text)
    assert "0 made, 2 kept, 1 failed" in built(voiceguide, pack, out, status=1)


def test_a_session_that_is_taken_out_is_told_and_removed_when_asked(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", count=2, lengths="[21s]"), tmp_path / "out"
    built(voiceguide, pack, out)
    everything, sound = pack.read_text(), audio(out, "s1-21s")
    pack.write_text(everything.replace("  - {script: s1.md, lengths: [21s]}\n", ""))
    for _ in range(2):
        said = built(voiceguide, pack, out)
        told = said.partition("No session of the pack needs ")[2]
        assert all(name in told for name in (sound.name, "s1-21s.artwork.jpg", "s1-21s.chapters.json"))
    assert sound.exists()
    assert not (out / "s1-21s.html").exists()  # a page of ours, and none any more
    assert sound.name in built(voiceguide, pack, out, "--prune").partition("Removed ")[2]
    assert not list(out.glob("s1*"))
    assert "No session" not in built(voiceguide, pack, out)


def test_nothing_outside_of_the_folder_is_touched(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", count=1, lengths="[21s]"), tmp_path / "out"
    built(voiceguide, pack, out)
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "text.txt").write_text("mine")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(precious / "text.txt")
    built(voiceguide, pack, out, "--link", "https://example.org/x")
    assert b"<html" in (out / "index.html").read_bytes()
    (out / ".making").symlink_to(precious)
    assert ".making is a link" in built(voiceguide, pack, out, status=1)
    (out / ".making").unlink()
    text = (out / "manifest.json").read_text()
    (out / "manifest.json").write_text(text.replace('"index.html"', '"../precious/text.txt"'))
    assert "it names a file outside the pack" in built(voiceguide, pack, out, "--prune", status=1)
    assert (precious / "text.txt").read_text() == "mine"


def test_a_folder_with_other_things_is_left_alone(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", count=1, lengths="[21s]"), tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("my own page")
    assert "holds files that are not a pack's, such as index.html" in built(voiceguide, pack, out, status=1)
    assert contents(out).keys() == {"index.html"}
    assert "holds the scripts" in built(voiceguide, pack, pack.parent, status=1)
    built(voiceguide, pack, tmp_path / "good")
    other = written(tmp_path / "other", count=1, lengths="[24s]")
    other.write_text(other.read_text().replace("Small pack", "Another"))
    assert "holds another pack, “Small pack”" in built(voiceguide, other, tmp_path / "good", status=1)
    assert "is a file" in built(voiceguide, pack, pack, status=1)


def test_what_was_lost_from_the_folder_is_made_again(voiceguide: Run, tmp_path: Path) -> None:
    pack, out = written(tmp_path / "pack", count=2, lengths="[21s]"), tmp_path / "out"
    built(voiceguide, pack, out)
    first = contents(out)
    audio(out, "s0-21s").unlink()
    report = out / "s1-21s.report.json"
    report.write_bytes(b"x" * report.stat().st_size)
    (out / "player.js").unlink()
    assert "2 made, 0 kept" in built(voiceguide, pack, out)
    assert contents(out) == first
    audio(out, "s0-21s").unlink()
    (pack.parent / "s0.md").unlink()
    said = built(voiceguide, pack, out, status=1)
    assert "s0-21s could not be made; there is no file of it:" in said
    assert "there is no script 's0.md' in the pack's folder" in said
    assert [session.name for session in manifest(out).sessions] == ["s1-21s"]


def test_the_same_bytes_from_one_job_and_from_two_wherever_the_pack_lies(voiceguide: Run, tmp_path: Path) -> None:
    packs = {"1": written(tmp_path / "pack", count=2), "2": written(tmp_path / "other" / "place", count=2)}
    for jobs, pack in packs.items():
        cache = {"VOICEGUIDE_CACHE": str(tmp_path / f"cache{jobs}")}
        result = voiceguide("pack", "build", pack, "-o", tmp_path / jobs, "--jobs", jobs, **cache)
        assert result.returncode == 0, result.stderr
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_two_builds_of_one_folder_do_not_meet(voiceguide: Run, tmp_path: Path) -> None:
    from voiceguide.packs.destination import LocalFolder

    pack = written(tmp_path / "pack", count=1, lengths="[21s]")
    with LocalFolder(tmp_path / "out").claimed():
        said = built(voiceguide, pack, tmp_path / "out", status=1)
    assert "Another build is running in" in said


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_killed_at_any_moment_it_goes_on_where_it_was(voiceguide: Run, tmp_path: Path) -> None:
    pack = written(tmp_path / "pack", count=4)
    whole, out = tmp_path / "whole", tmp_path / "out"
    result = voiceguide("pack", "build", pack, "-o", whole, VOICEGUIDE_CACHE=str(tmp_path / "cache0"))
    assert result.returncode == 0, result.stderr
    command = [sys.executable, "-m", "voiceguide", "pack", "build", str(pack), "-o", str(out), "-q"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "VOICEGUIDE_CACHE": str(tmp_path / "cache")}
    killed = []
    for changes in (1, 3, 6, 10, 15, 21):
        with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
            try:
                await_changes(process, tmp_path, changes)
            finally:
                process.kill()
        killed.append(process.returncode == -signal.SIGKILL)
    assert killed.count(True) >= 4, "most of the kills came too late"
    result = voiceguide("pack", "build", pack, "-o", out, VOICEGUIDE_CACHE=str(tmp_path / "cache"))
    assert result.returncode == 0, result.stderr
    assert contents(out) == contents(whole)


def await_changes(process: subprocess.Popen[bytes], folder: Path, count: int) -> None:
    """Waits until files have come, grown or gone so many times below a folder, or the process has ended."""
    seen = files_and_sizes(folder)
    while count and process.poll() is None:
        time.sleep(0.005)
        now = files_and_sizes(folder)
        count -= now != seen
        seen = now


def files_and_sizes(folder: Path) -> dict[Path, int]:
    found = {}
    for root, _, names in os.walk(folder):  # which bears that folders go meanwhile
        for path in (Path(root, name) for name in names):
            with suppress(FileNotFoundError):
                found[path] = path.stat().st_size
    return found


@contextmanager
def dask_cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and two worker processes with a cache of their own each."""
    address = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as held:

        def started(*command: str, **environment: str) -> subprocess.Popen[bytes]:
            full = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
            process = subprocess.Popen(command, env=full, cwd=tmp_path, **quiet)  # type: ignore[call-overload]
            held.callback(process.wait)
            held.callback(process.kill)
            return process

        run = "import sys; from distributed.cli.dask_{0} import main; main()"
        started(
            sys.executable,
            "-c",
            run.format("scheduler"),
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(address),
        )
        until(lambda: address.exists() and address.read_text().strip(), "the start of the scheduler")
        workers = [
            started(
                sys.executable,
                "-c",
                run.format("worker"),
                "--scheduler-file",
                str(address),
                "--nthreads",
                "1",
                "--no-nanny",
                "--host",
                "127.0.0.1",
                "--no-dashboard",
                VOICEGUIDE_CACHE=str(tmp_path / f"worker{number}"),
            )
            for number in range(2)
        ]
        yield json.loads(address.read_text())["address"], workers


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(voiceguide: Run, tmp_path: Path) -> None:
    pack = written(tmp_path / "pack", count=4)
    built(voiceguide, pack, tmp_path / "local")
    with dask_cluster(tmp_path) as (address, workers):
        command = [sys.executable, "-m", "voiceguide", "pack", "build", str(pack), "-o", str(tmp_path / "out")]
        process = subprocess.Popen(
            [*command, "--cluster", address],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            text=True,
        )
        until(lambda: process.poll() is not None or list((tmp_path / "out").glob("*.mp3")), "the first session")
        workers[0].kill()
        said = process.communicate(timeout=HANGS)[1]
        assert process.returncode == 0, said
        assert "8 made, 0 kept" in said
        assert contents(tmp_path / "out") == contents(tmp_path / "local")

        url = f"file://{tmp_path}/remote"
        assert "8 made" in built(voiceguide, pack, url, "--cluster", address)  # type: ignore[arg-type]
        assert contents(tmp_path / "remote") == contents(tmp_path / "local")
        assert "0 made, 8 kept" in built(voiceguide, pack, url, "--cluster", address)  # type: ignore[arg-type]


def test_no_cluster_is_told(voiceguide: Run, tmp_path: Path) -> None:
    from voiceguide.packs.executors import ClusterError, cluster

    with pytest.raises(ClusterError, match="There is no Dask scheduler at"), cluster("nowhere://"):
        pass


def test_everything_wrong_is_found_without_making_audio(voiceguide: Run, tmp_path: Path) -> None:
    pack = written(tmp_path / "pack", lengths="[21s]")
    result = voiceguide("pack", "check", pack)
    assert result.returncode == 0, result.stderr
    assert "All 3 sessions are in order." in result.stderr or "warning" in result.stdout
    (pack.parent / "s0.md").write_text("[puase 3s]\n")
    (pack.parent / "s1.md").write_text("Too long. [pause 5m]\n")
    result = voiceguide("pack", "check", pack)
    assert result.returncode == 1
    assert "unknown cue 'puase'" in result.stdout
    assert "s1.md" in result.stdout
    assert "2 sessions of 3 cannot be made as the pack asks." in result.stderr
    assert not list(tmp_path.rglob("*.mp3"))
    shutil.rmtree(pack.parent)
    assert voiceguide("pack", "check", pack).returncode == 1
