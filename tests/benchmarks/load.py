"""How large it may be: ``python -m tests.benchmarks.load [pages events hours pack cluster]``.

``pages``: manifest, pages and feed of 10,000 sessions. ``events``: a session of 100,000 events, rendered whole, beside one
of a tenth. ``hours``: a session of twelve hours, beside one of a twelfth. ``pack``: a pack of 2,000 sessions. ``cluster``: a
Dask cluster on which workers die, one is slow, and the scheduler is started anew while a pack is made; its files are
compared with those made without. Prints processor time and the peak memory of the largest process. Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.benchmarks.usage import Usage, used
from tests.support.paths import ROOT

_VOICEGUIDE = (sys.executable, "-m", "voiceguide")
_QUIET = "---\nvoice: silent\nbed: none\n---\n"
_EVENTS = "Count.\n\n" + "[repeat {rounds}]\n[count 1000 every 0.1s]\n\nRest.\n\n[end]\n"
_HOURS = "# Begin\n\nRest.\n\n[repeat {rounds}]\nBreathe. [breathe 4-6 x5] [pause 8s]\n[end]\n"
_SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
_WORKER = "from distributed.cli.dask_worker import main; main()"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*_PARTS, []], help="all of them when left out")
    parser.add_argument("--sessions", type=int, help="of the pack, and of the pages")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="load-"))
    os.environ["VOICEGUIDE_CACHE"] = str(folder / "cache")
    os.environ["PYTHONPATH"] = str(ROOT)
    try:
        for part in asked.parts or _PARTS:
            for row in _PARTS[part](folder, asked.sessions):
                print(row, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _row(what: str, usage: Usage) -> str:
    return f"{what:44} {usage.processor:8.1f} s  {usage.memory:6.0f} MB  ({usage.wall:.0f} s by the clock)"


# -- pages


def _pages(folder: Path, sessions: int | None) -> Iterator[str]:
    for count in (1_000, sessions or 10_000):
        code = f"from tests.benchmarks.load import publish; from pathlib import Path; publish({count}, Path({str(folder)!r}))"
        yield _row(f"manifest, pages, feed of {count:,} sessions", used([sys.executable, "-c", code]))


def publish(count: int, folder: Path) -> None:
    """Writes manifest, pages and feed of so many sessions of two minutes as a build does, and reads the manifest."""
    from voiceguide.packs.building import BuildOptions, _Build
    from voiceguide.packs.destination import LocalFolder
    from voiceguide.packs.pack_file import read_pack
    from voiceguide.session.options import known_sounds

    place = folder / f"pages-{count}"
    made = place / "made"
    made.mkdir(parents=True)
    (place / "x.md").write_text("Rest.\n")
    rows = "".join(f"  - {{script: x.md, name: s{number}}}\n" for number in range(count))
    (place / "pack.yaml").write_text(f"title: Load\nlink: https://example.org/load\nsessions:\n{rows}")
    (made / "manifest.json").write_text(json.dumps(_manifest(made, count)))
    pack, _ = read_pack(place / "pack.yaml", known_sounds())
    assert pack is not None
    build = _Build(pack, LocalFolder(made), BuildOptions(), lambda *_: None)
    before = build.destination.manifest()
    assert before is not None
    build.there = {session.name: session for session in before.sessions}
    manifest, _ = build._published(before)
    build._save(manifest)
    assert len(manifest.pages) > 2 * count
    shutil.rmtree(place)


def _manifest(made: Path, count: int) -> dict[str, Any]:
    """Of sessions that share one timeline, as of two minutes."""
    event = {
        "kind": "speech",
        "track": "voice",
        "text": "Let your shoulders sink, and breathe.",
        "file": "x.md",
        "line": 1,
    }
    events = [{**event, "start": 5.0 * number, "end": 5.0 * number + 3} for number in range(24)]
    timeline = {
        "schema": "voiceguide.timeline/1",
        "seconds": 600.0,
        "chapters": [{"title": "A", "start": 0, "end": 120}],
        "events": events,
    }
    report = json.dumps({"timeline": timeline}).encode()
    (made / "one.json").write_bytes(report)

    def file(path: str, media_type: str) -> dict[str, Any]:
        return {
            "path": path,
            "bytes": 9_600_000,
            "sha256": hashlib.sha256(path.encode()).hexdigest(),
            "media_type": media_type,
        }

    def session(number: int) -> dict[str, Any]:
        name = f"s{number}"
        kinds = {"audio": "mp3", "captions": "vtt", "chapters": "chapters.json", "cover": "jpg"}
        files = {
            role: file(f"{name}.{ending}", "image/jpeg" if role == "cover" else "audio/mpeg")
            for role, ending in kinds.items()
        }
        return {
            "name": name,
            "title": f"Evening {number}",
            "description": "For the end of the day.",
            "author": "Ada",
            "language": "en",
            "script": "x",
            "voice": "system:en",
            "length": None,
            "seconds": 600.0,
            "loudness_lufs": -16.0,
            "true_peak_dbtp": -1.0,
            "fingerprint": hashlib.sha256(name.encode()).hexdigest(),
            "inputs": {"x.md": "0" * 64},
            "tags": [],
            "warnings": [],
            "files": {**files, "timeline": file("one.json", "application/json")},
        }

    return {
        "schema": "voiceguide.manifest/1",
        "voiceguide": "",
        "title": "Load",
        "description": "",
        "author": "",
        "language": "en",
        "link": "https://example.org/load",
        "published": None,
        "cover": None,
        "programme": [],
        "pages": {},
        "pages_hash": "",
        "left_over": [],
        "sessions": [session(number) for number in range(count)],
    }


# -- long sessions


def _events(folder: Path, _: int | None) -> Iterator[str]:
    for rounds in (9, 99):
        (folder / "events.md").write_text(_QUIET + _EVENTS.format(rounds=rounds))
        yield from _rendered(folder, "events.md")


def _hours(folder: Path, _: int | None) -> Iterator[str]:
    for rounds in (60, 719):
        (folder / "hours.md").write_text(_QUIET.replace("bed: none", "bed: rain") + _HOURS.format(rounds=rounds))
        yield from _rendered(folder, "hours.md")


def _rendered(folder: Path, script: str) -> Iterator[str]:
    usage = used(
        [
            *_VOICEGUIDE,
            "render",
            "-q",
            str(folder / script),
            "-o",
            str(folder / "x.mp3"),
            "--report",
            str(folder / "r.json"),
        ]
    )
    timeline = json.loads((folder / "r.json").read_text())["timeline"]
    yield _row(f"{len(timeline['events']):,} events, {timeline['seconds'] / 3600:.1f} hours", usage)


# -- packs


def _pack_of(folder: Path, count: int) -> Path:
    place = folder / f"pack-{count}"
    place.mkdir(exist_ok=True)
    rows = "".join(f"  - {{script: x.md, name: s{number}}}\n" for number in range(count))
    (place / "x.md").write_text(_QUIET + "Rest now. [pause 1s] Let go.\n")
    (place / "pack.yaml").write_text(f"title: Load\nlink: https://example.org/load\nsessions:\n{rows}")
    return place / "pack.yaml"


def _pack(folder: Path, sessions: int | None) -> Iterator[str]:
    for count in (100, sessions or 2_000):
        command = [
            *_VOICEGUIDE,
            "pack",
            "build",
            "-q",
            str(_pack_of(folder, count)),
            "-o",
            str(folder / f"made-{count}"),
            "--jobs",
            "2",
        ]
        yield _row(f"a pack of {count:,} sessions", used(command))
        yield _row(f"the same again, {count:,} kept", used(command))


def _cluster(folder: Path, sessions: int | None) -> Iterator[str]:
    pack, dice = _pack_of(folder, sessions or 100), random.Random(1)
    alone, together = folder / "alone", folder / "together"
    used([*_VOICEGUIDE, "pack", "build", "-q", str(pack), "-o", str(alone), "--jobs", "2"])
    begin, restarts = time.monotonic(), 0
    with _Dask(folder) as dask:
        while True:
            command = [*_VOICEGUIDE, "pack", "build", "-q", str(pack), "-o", str(together), "--cluster", dask.address]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            while process.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(dice.uniform(2, 6))
                    break
                dask.disturb(dice, scheduler=not restarts)
                restarts += dask.restarted
            if process.returncode == 0:
                break
            assert process.stdout is not None
            yield f"the build ended: {process.stdout.read().decode(errors='replace').strip().splitlines()[-1][:160]}"
        yield f"{dask.killed} workers killed, {dask.slowed} stopped for a while, {restarts} times a new scheduler: {time.monotonic() - begin:.0f} s"
    same = all((together / path.name).read_bytes() == path.read_bytes() for path in alone.glob("*.mp3"))
    yield f"the same bytes as without a cluster: {same}"


class _Dask:
    """A scheduler and two workers on this machine, which are disturbed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.killed, self.slowed, self.restarted = folder, 0, 0, False
        self._port = random.SystemRandom().randrange(20_000, 60_000)
        self.address = f"tcp://127.0.0.1:{self._port}"

    def __enter__(self) -> _Dask:
        self._scheduler = self._start(_SCHEDULER, "--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard")
        self._workers = [self._worker() for _ in range(2)]
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self._workers, self._scheduler):
            process.kill()
            process.wait()

    def disturb(self, dice: random.Random, *, scheduler: bool) -> None:
        self.restarted = False
        place, how = dice.randrange(2), dice.random()
        if scheduler and how < 0.3:
            self._scheduler.kill()
            self._scheduler.wait()
            self._scheduler = self._start(
                _SCHEDULER, "--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard"
            )
            self.restarted = True
        elif how < 0.7:
            self._workers[place].kill()
            self._workers[place].wait()
            self._workers[place] = self._worker()
            self.killed += 1
        else:
            self._workers[place].send_signal(signal.SIGSTOP)
            time.sleep(3.0)
            self._workers[place].send_signal(signal.SIGCONT)
            self.slowed += 1

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start(_WORKER, self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    def _start(self, code: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self._folder / "dask.txt").open("ab")
        return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=log, stderr=log, cwd=self._folder)


_PARTS = {"pages": _pages, "events": _events, "hours": _hours, "pack": _pack, "cluster": _cluster}


if __name__ == "__main__":
    main()
