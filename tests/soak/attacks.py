"""What is done to commands while they work. Each attack returns what came of it."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from tests.soak.damage import damage
from tests.soak.running import LONGEST, Ended, Running, survivors
from tests.soak.tally import Outcome
from tests.soak.world import COMMANDS, Command, World
from tests.support.paths import ROOT

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_FAKETIME = tuple(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
_ENGINE = "[voiceguide.voices]\nodd = tests.soak.odd_engine:OddEngine\n"
_MOODS = ("hang", "crash", "signal", "kill", "raise", "empty", "silence", "nan", "endless", "second", "third", "print")
_CLOCKS = ("-20y", "+20y", "-1h", "+0 x5", "-3d", "+0 x0.5")
_LATER_GOOD = ("second", "third", "print")  # what goes well when it is tried again


class Soak:
    """The attacks on a world. ``known`` has the undisturbed results by command, ``work`` the processor seconds that each
    takes: by command, and whether its lines were in the cache."""

    def __init__(self, world: World, dice: random.Random) -> None:
        self.world, self.dice = world, dice
        self.known: dict[str, dict[str, str]] = {}
        self.work: dict[tuple[str, bool], float] = {}
        self.kept = False
        """Whether the next command finds its lines in the cache."""

    def learn(self) -> tuple[str, ...]:
        """Runs every command undisturbed, from an empty cache and from a full one. Returns what went wrong."""
        faults: list[str] = []
        for command in COMMANDS:
            self.world.without_cache()
            for kept in (False, True):
                self.world.fresh()
                process, most = self.world.started(command.arguments), 0.0
                while process.poll() is None:
                    most = max(most, process.work())
                    time.sleep(0.004)
                done, found = process.ended(), self.world.results(command)
                self.work[command.name, kept] = most
                if done.status or done.faults or (command.outputs and not found):
                    faults.append(f"{command.name} undisturbed: {done.said[-600:]}")
                if self.known.setdefault(command.name, found) != found:
                    faults.append(f"{command.name} gives other bytes with its lines in the cache")
        return tuple(faults)

    def kill(self) -> Outcome:
        """Signals at any moment of any command, several times one after the other; then the same again, to its end."""
        command, times = self._command(), self.dice.choice((1, 2, 4, 8, 12))
        self._fresh()
        faults: list[str] = []
        landed = 0
        for _ in range(times):
            chosen = self.dice.choice(SIGNALS)
            process = self._some_way(command)
            landed += process.poll() is None
            process.send(chosen)
            faults += self._stopped(process, command, chosen)
        return Outcome(landed, (*faults, *self._again(command, f"after {times} signals, {chosen.name} the last")))

    def _stopped(self, process: Running, command: Command, chosen: signal.Signals) -> list[str]:
        done = process.ended()
        started = "KeyboardInterrupt" not in done.said or "_on_signal" in done.said  # else Python itself was starting
        faults = [f"{chosen.name}: {word}: {done.said[-3000:]}" for word in done.faults if started]
        if left := survivors(process.pid):
            faults.append(f"{chosen.name} on {command.name}: {len(left)} processes stayed")
        known = self.known[command.name]
        wrong = [path for path, found in self.world.results(command).items() if known.get(path) != found]
        if wrong and command.name != "pack build":  # its pages follow, file by file
            faults.append(f"{chosen.name} on {command.name}: {wrong} is not whole")
        return faults

    def _some_way(self, command: Command) -> Running:
        """Starts a command, and waits until it has done some part of its work, or all of it."""
        process = self.world.started(command.arguments)
        process.worked(self.dice.uniform(0.0, 1.0) * self.work[command.name, self.kept])
        time.sleep(self.dice.uniform(0.0, 0.01))  # processor time is counted in such steps
        return process

    def damaged_cache(self) -> Outcome:
        """Some entries are not as they were written."""
        command = self._command()
        self._fresh(kept=True)
        self.world.run(command.arguments)
        self.world.fresh()
        entries = sorted((*self.world.folder.glob("cache/*/??/*"),))
        done = [damage(path, entries, self.dice) for path in self.dice.sample(entries, min(len(entries), 6))]
        when = f"with {', '.join(done)} entries in the cache"
        if "forbidden" not in done:
            return Outcome(bool(done), self._again(command, when))
        obeying = Soak(replace(self.world, prefix=_obeying()), self.dice)
        obeying.known = self.known
        return Outcome(True, obeying._again(command, when))

    def together(self) -> Outcome:
        """Two or ten of the same command at once on one cache and one output, as on one machine, or as on several that
        share the folder: of other names, and blind to each other's processes."""
        command, count = self._command(), self.dice.choice((2, 2, 2, 10))
        self._fresh()
        worlds = [self.world] * count
        if os.geteuid() == 0 and self.dice.random() < 0.5:
            worlds = [replace(self.world, prefix=_machine(number)) for number in range(count)]
        several = [world.started(command.arguments) for world in worlds]
        outcomes = [process.ended(LONGEST * count) for process in several]
        refused = "Another build is running"
        faults = [
            f"{count} times {command.name} at once: {done.said[-600:]}"
            for done in outcomes
            if done.faults or (done.status and refused not in done.said)
        ]
        return Outcome(True, (*faults, *self._again(command, f"after {count} at once")))

    def changed_script(self) -> Outcome:
        """The script is saved anew while it is being rendered: one of its versions comes out, or the change is told."""
        command = COMMANDS[0]
        self._fresh()
        process = self._some_way(command)
        landed = process.poll() is None
        self.world.write("Let everything go, slowly.")
        done = process.ended()
        first = {path: found for path, found in self.world.results(command).items() if path.endswith("mp3")}
        self.world.fresh()
        self.world.run(command.arguments)
        second = self.world.results(command)
        self.world.write()
        path = command.outputs[0]
        if done.status:
            return Outcome(landed, (f"it failed: {done.said[-600:]}",) if done.faults else ())
        whole = first.get(path) in (self.known[command.name][path], second[path])
        return Outcome(landed, () if whole else ("neither the one version nor the other came out",))

    def vanished_folder(self) -> Outcome:
        """The cache, the output's folder, or that of temporary files goes while a command works."""
        command, name = self._command(), self.dice.choice(("cache", "out", "tmp"))
        self._fresh()
        process = self._some_way(command)
        landed = process.poll() is None
        shutil.rmtree(self.world.folder / name, ignore_errors=True)
        done = process.ended()
        (self.world.folder / name).mkdir(exist_ok=True)
        faults = [f"{name} vanished from {command.name}: {done.said[-600:]}"] if done.faults else []
        return Outcome(landed, (*faults, *self._again(command, f"after {name} had vanished")))

    def forbidden(self) -> Outcome:
        """The folder of the results, of the cache, or of temporary files may not be written to any more, or not be
        looked into, from some moment on."""
        command, name = self._command(), self.dice.choice(("cache", "out", "tmp"))
        self._fresh()
        place, mode = self.world.folder / name, self.dice.choice((0o000, 0o500))
        obeying = replace(self.world, prefix=_obeying())
        process = obeying.started(command.arguments)
        process.worked(self.dice.uniform(0.0, 2.0))
        landed = process.poll() is None
        place.chmod(mode)
        try:
            done = process.ended()
        finally:
            place.chmod(0o700)
        faults = [f"{name} with mode {mode:o}, {command.name}: {done.said[-600:]}"] if done.faults else []
        if done.status == 0:
            faults += self._wrong(command, f"with mode {mode:o} for {name}")
        elif not done.said.strip():
            faults.append(f"{name} with mode {mode:o}, {command.name}: nothing was said")
        return Outcome(landed, (*faults, *self._again(command, f"after {name} had mode {mode:o}")))

    def cleared_cache(self) -> Outcome:
        """Another process clears or prunes the cache while a command works with it."""
        command, how = self._command(), self.dice.choice((("clear", "--yes"), ("prune", "--older-than", "0d")))
        self._fresh()
        process = self._some_way(command)
        landed = process.poll() is None
        cleared = self.world.run(("cache", *how))
        done = process.ended()
        faults = [f"{how[0]} during {command.name}: {found.said[-600:]}" for found in (cleared, done) if found.status]
        return Outcome(landed, (*faults, *self._again(command, f"after {how[0]}")))

    def server(self) -> Outcome:
        """A page's server gets a signal, before or after it is there."""
        command = self.dice.choice((("studio", ".", "--no-open"), ("pack", "serve", "out/built", "--port", "0")))
        self._fresh(kept=True)
        faults = self._again(COMMANDS[-1], "for a server") if command[0] == "pack" else ()
        chosen, process = self.dice.choice(SIGNALS), self.world.started(command)
        process.worked(self.dice.uniform(0.0, 0.6), self.dice.uniform(0.0, 4.0))
        landed = process.poll() is None
        process.send(chosen)
        done = process.ended()
        if done.faults and "_on_signal" in done.said:
            faults += (f"{chosen.name} on {command[0]}: {done.said[-3000:]}",)
        if left := survivors(process.pid):
            faults += (f"{chosen.name} on {command[0]}: {len(left)} processes stayed",)
        return Outcome(landed, (*faults, *self._again(self._command(), f"after {command[0]}")))

    def limits(self) -> Outcome:
        """Little memory, small files, or few open files are allowed."""
        command = self._command()
        name, most = self.dice.choice(
            (
                (resource.RLIMIT_AS, self.dice.randrange(60, 900) << 20),
                (resource.RLIMIT_FSIZE, self.dice.randrange(1, 600) << 10),
                (resource.RLIMIT_NOFILE, self.dice.randrange(8, 64)),
            )
        )
        self._fresh()
        done = self.world.run(command.arguments, lambda: resource.setrlimit(name, (most, most)))
        faults = [] if done.status else self._wrong(command, f"under limit {name}={most}")
        if done.status in (0, 1) and done.status and not done.said.strip():
            faults.append(f"limit {name}={most} on {command.name}: nothing was said")
        if name == resource.RLIMIT_FSIZE and done.faults:
            faults.append(f"files of {most} bytes at most, {command.name}: {done.said[-600:]}")
        return Outcome(done.status != 0, (*faults, *self._again(command, "without limits again")))

    def odd_engine(self) -> Outcome:
        """A voice that hangs, crashes or returns noise; what it can say at another attempt is said."""
        mood = self.dice.choice(_MOODS)
        folder = self.world.folder / "engine" / "odd-1.dist-info"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1\n")
        (folder / "entry_points.txt").write_text(_ENGINE)
        (self.world.folder / "diary").mkdir(exist_ok=True)
        for note in (self.world.folder / "diary").iterdir():
            note.unlink()
        (self.world.folder / "odd.md").write_text(f"---\nvoice: odd\n---\nIn order it is.\n\n{mood} now.\n")
        path = os.pathsep.join((str(folder.parent), str(ROOT)))
        own = {"PYTHONPATH": path, "MISBEHAVING_DIARY": str(self.world.folder / "diary")}
        self._fresh()
        process = replace(self.world, environment=own).started(("render", "odd.md", "-o", "out/odd.flac"))
        done = process.ended()
        faults = [f"{mood}: {word}: {done.said[-600:]}" for word in done.faults]
        if left := survivors(process.pid):
            faults.append(f"{mood}: {len(left)} processes stayed")
        if (done.status == 0) is not (mood in _LATER_GOOD):
            faults.append(f"{mood} ended with {done.status}: {done.said[-600:]}")
        elif done.status and f"{mood} now" not in done.said:
            faults.append(f"{mood} is told without its line: {done.said[-600:]}")
        if (self.world.folder / "out/odd.flac").exists() is not (done.status == 0):
            faults.append(f"{mood}: a file is there although it failed, or none although it did not")
        return Outcome(True, tuple(faults))

    def clock(self) -> Outcome:
        """The clock is years early or late, or runs at another speed, from the start or from some moment on."""
        if not _FAKETIME:
            raise NotHereError("there is no libfaketime")
        command = self._command()
        jump, later = self.dice.choice(_CLOCKS), self.dice.choice((None, *_CLOCKS))
        clock = self.world.folder / "clock"
        clock.write_text(jump)
        own = {
            "LD_PRELOAD": str(_FAKETIME[0]),
            "FAKETIME_TIMESTAMP_FILE": str(clock),
            "FAKETIME_NO_CACHE": "1",  # reads the file each time that the time is asked for
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self._fresh()
        process = replace(self.world, environment=own).started(command.arguments)
        if later and process.worked(self.dice.uniform(0.0, 2.0)):
            clock.write_text(later)
            jump = f"{jump}, then {later}"
        done = process.ended()
        faults = self._wrong(command, f"at {jump}") if done.status == 0 else [f"{jump}: {done.said[-600:]}"]
        return Outcome(True, (*faults, *self._again(command, f"after {jump}")))

    def full_disk(self) -> Outcome:
        """The disk of the results, of the cache, or of temporary files is too small."""
        return self._on_disk(self.dice.choice(("out", "cache", "tmp")), f"size={self.dice.randrange(4, 3000)}k")

    def read_only(self) -> Outcome:
        """The disk of the results, of the cache, or of temporary files cannot be written to."""
        return self._on_disk(self.dice.choice(("out", "cache", "tmp")), "ro,size=4m")

    def _on_disk(self, name: str, options: str) -> Outcome:
        if os.geteuid() != 0:
            raise NotHereError("disks can be mounted by root alone")
        command = self._command()
        self._fresh(kept=False if name == "cache" else None)
        place = self.world.folder / name
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False
        )
        if mounted.returncode:
            raise NotHereError("a small disk could not be mounted here")
        try:
            done = self.world.run(command.arguments)
            faults = [f"{name} with {options}, {command.name}: {done.said[-600:]}"] if done.faults else []
            if done.status == 0:
                faults += self._wrong(command, f"with {options} for {name}")
            elif not done.said.strip():
                faults.append(f"{name} with {options}, {command.name}: nothing was said")
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
        return Outcome(done.status != 0, (*faults, *self._again(command, f"after {name} was {options}")))

    def _command(self) -> Command:
        return self.dice.choices(COMMANDS, [command.share for command in COMMANDS])[0]

    def _fresh(self, kept: bool | None = None) -> None:
        """Takes the results away, and the cache, unless its lines are to be ``kept`` (None: let the dice decide)."""
        self.world.fresh()
        self.kept = self.dice.random() < 0.5 if kept is None else kept
        if not self.kept:
            self.world.without_cache()

    def _again(self, command: Command, when: str) -> tuple[str, ...]:
        """Runs a command to its end where it was disturbed; says what is not as it was."""
        (self.world.folder / "out").mkdir(exist_ok=True)
        done: Ended = self.world.run(command.arguments)
        if done.status:
            return (f"{command.name} {when} fails: {done.said[-600:]}",)
        faults = self._wrong(command, when)
        if left := self.world.left():
            faults.append(f"{command.name} {when} leaves {left}")
        return tuple(faults)

    def _wrong(self, command: Command, when: str) -> list[str]:
        found, known = self.world.results(command), self.known[command.name]
        if found == known:
            return []
        paths = sorted(path for path in {*found, *known} if found.get(path) != known.get(path))
        return [f"{command.name} {when}: not the same bytes in {paths}"]


def _obeying() -> tuple[str, ...]:
    """Starts a program that obeys files' permissions also when it is root's."""
    if os.geteuid() != 0:
        return ()
    if not (found := shutil.which("setpriv")):
        raise NotHereError("there is no setpriv, without which root may do all")
    less = "-dac_override,-dac_read_search"
    return (found, f"--bounding-set={less}", f"--inh-caps={less}")


def _machine(number: int) -> tuple[str, ...]:
    """Starts a program as on a machine of its own: with another name, and only its own processes to be seen."""
    name = f'hostname machine-{number}; exec "$@"'
    return ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "--uts", "sh", "-c", name, "sh")


class NotHereError(Exception):
    """An attack cannot be made on this system; the text says why."""
