"""Whether playing ever runs out of sound: ``python -m tests.benchmarks.playing [--minutes 60] [--played 30]``.

A session of so many minutes is played with the default voice and 200 ms of sound ready. First it is played in real time
for ``--played`` minutes, on a device that takes its time and is silent (miniaudio's), from nothing spoken on, while
its text changes every few seconds. Then, with all lines kept, the whole of it is played as fast as can be, and the processor
time that the playing thread took is charged against what lies ready: a piece that took longer than that is an underrun.
Prints what was measured as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.workload import script
from voiceguide.speech.cache import VARIABLE
from voiceguide.units import SAMPLE_RATE

_AHEAD = SAMPLE_RATE // 5
_PERIOD = SAMPLE_RATE // 25  # frames that a device takes at a time
_TYPED = 5.0  # seconds from one change to the next


def played(path: Path, minutes: float) -> dict[str, float]:
    """In real time, while a pause at the end of the text is changed again and again."""
    from voiceguide.api.live import open_live
    from voiceguide.api.scripts import read
    from voiceguide.playing.device import Loudspeaker
    from voiceguide.playing.playback import Playback
    from voiceguide.playing.scripts import ScriptPlayable

    text, changes = path.read_text(), 0
    with open_live(read(path), jobs=2) as session:
        begin, spent = time.perf_counter(), time.process_time()
        with Playback(ScriptPlayable(session, patient=True), device=Loudspeaker(heard=False), ahead=_AHEAD) as playback:
            while time.perf_counter() - begin < minutes * 60 and not playback.wait(_TYPED):
                changes += 1
                session.update(f"{text}\n[pause {1 + changes % 9}s]\n")
            seconds = time.perf_counter() - begin
            return {
                "seconds": seconds,
                "underruns": playback.buffer.underruns,
                "changes": changes,
                "share": (time.process_time() - spent) / seconds,
                "memory": _memory(),
                "load": os.getloadavg()[1],
            }


def charged(path: Path) -> dict[str, float]:
    """The whole session, with the time that passes for the device counted and not waited for."""
    from voiceguide.api.live import open_live
    from voiceguide.api.scripts import read
    from voiceguide.playing.buffer import Buffer
    from voiceguide.playing.player import Player
    from voiceguide.playing.scripts import ScriptPlayable

    with open_live(read(path), jobs=2) as session:
        session.settle(spoken=True)
        session.seek(0)
        buffer = Buffer(_AHEAD)
        player = Player(ScriptPlayable(session), buffer)
        now, due, ready, underruns, longest = 0.0, _PERIOD / SAMPLE_RATE, 0, 0, 0.0
        spent, begin = time.process_time(), None
        while not session.ended:
            before, start = session.frame, time.thread_time()
            worked = player.work()
            cost = time.thread_time() - start
            longest = max(longest, cost)
            now = now + cost if worked else due
            while begin is not None and due <= now:  # what the device took meanwhile
                underruns += ready < _PERIOD
                ready -= _PERIOD
                due += _PERIOD / SAMPLE_RATE
                buffer.take(_PERIOD)
            ready += session.frame - before
            if begin is None and buffer.full:
                begin, due = now, now + _PERIOD / SAMPLE_RATE
        seconds = session.plan.timeline.frames / SAMPLE_RATE
        share = (time.process_time() - spent) / seconds
        return {
            "seconds": seconds,
            "underruns": underruns,
            "longest": longest,
            "share": share,
            "memory": _memory(),
        }


def _memory() -> float:
    """The peak of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _run(cache: Path, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.playing", *arguments]
    done = subprocess.run(command, env={**os.environ, VARIABLE: str(cache)}, capture_output=True, text=True, check=True)
    rows: dict[str, float] = json.loads(done.stdout)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--played", type=float, default=30.0)
    parser.add_argument("--one", choices=("played", "charged"), help=argparse.SUPPRESS)
    parser.add_argument("--script", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        path = options.script
        print(json.dumps(played(path, options.played) if options.one == "played" else charged(path)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path, cache = Path(folder) / "session.md", Path(folder) / "cache"
        path.write_text(script(options.minutes).replace("voice: system", "voice: auto"))
        one = ("--script", str(path), "--played", str(options.played), "--one")
        print(
            json.dumps({"in real time": _run(cache, *one, "played"), "charged": _run(cache, *one, "charged")}, indent=2)
        )


if __name__ == "__main__":
    main()
