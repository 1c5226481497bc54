"""The computer's own voices through pyttsx3: eSpeak NG on Linux, SAPI5 on Windows, NSSpeechSynthesizer on macOS.

An eSpeak line sounds different after another line, because the library keeps state; so each line gets its own
process. On Linux that is a fork of the worker, which has pyttsx3 imported but eSpeak not initialised
(about 25 ms a line; a fork after initialising hangs, because eSpeak's thread is not copied). Elsewhere it is a
fresh Python.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import threading
import wave
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal, NoReturn

from voiceguide.errors import SpeechError
from voiceguide.languages import base_language
from voiceguide.scratch import scratch
from voiceguide.speech.engines.engine import Utterance, Voice, plain
from voiceguide.speech.engines.system import espeak
from voiceguide.speech.process import die_with_parent, python_command

Driver = Literal["espeak", "nsss", "sapi5"]

_REVISION = 2  # of the settings below, for cache keys

_TEMPI = (
    (0.5, 80, 17),
    (0.6, 80, 10),
    (0.686, 80, 6),
    (0.732, 90, 6),
    (1.0, 120, 6),
    (1.5, 172, 6),
    (2.0, 220, 6),
    (3.0, 310, 6),
)
"""Pace, eSpeak's rate and its gap between words (10 ms each) for that pace.

Measured with en-us on sentences of guidance, from the first sound to the last: pace 1 is 113 to 116 words a minute
(eSpeak's own 175 without the gap would be 214). eSpeak takes no rate below 80, so slower paces widen the gaps. The gap
is there because it makes the words clearer: Whisper tiny.en got 97% of the words of 30 sentences with it, and 89%
without it at 118 words a minute; en-gb gained five points likewise.
"""

_OTHER_RATE = 120  # words a minute asked of SAPI5 and NSSpeechSynthesizer at pace 1; their real tempo is not measured


class SystemEngine:
    """Voices named ``system:…``: after eSpeak's language tag (``system:en-us``), or the installed voice's own name."""

    name = "system"
    measured = True

    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice for voice, _ in _catalogue())

    def version(self, voice: str) -> str:
        inner = _inner(voice)
        library = f"eSpeak NG {espeak.version(inner)}" if _driver() == "espeak" else f"{platform.platform()} {inner}"
        return f"{_REVISION} pyttsx3 {_pyttsx3_version()} {library}"

    def speak(self, text: str, voice: str, pace: float) -> Utterance:
        spoken = plain(text)
        if not spoken:
            raise SpeechError("there is nothing to say")
        settings = _settings(_inner(voice), pace)
        return _speak_forked(spoken, settings) if sys.platform == "linux" else _speak_afresh(spoken, settings)


@functools.cache
def _pyttsx3_version() -> str:
    return importlib.metadata.version("pyttsx3")


def _driver() -> Driver:
    return "nsss" if sys.platform == "darwin" else "sapi5" if sys.platform == "win32" else "espeak"


def _settings(inner: str, pace: float) -> dict[str, Any]:
    if _driver() != "espeak":
        return {"driver": _driver(), "voice": inner, "rate": round(_OTHER_RATE * pace)}
    rate, gap = _tempo(pace)
    return {"driver": "espeak", "voice": inner, "rate": rate, "gap": gap}


def _tempo(pace: float) -> tuple[int, int]:
    """eSpeak's rate and word gap for a pace, between the measured points along a straight line."""
    pace = min(max(pace, _TEMPI[0][0]), _TEMPI[-1][0])
    for (low, low_rate, low_gap), (high, high_rate, high_gap) in pairwise(_TEMPI):
        if pace <= high:
            share = (pace - low) / (high - low)
            return round(low_rate + share * (high_rate - low_rate)), round(low_gap + share * (high_gap - low_gap))
    raise AssertionError("pace lies within the table")


@functools.cache
def _catalogue() -> tuple[tuple[Voice, str], ...]:
    """Each voice and what pyttsx3 calls it."""
    if _driver() == "espeak":
        return tuple(
            (Voice(f"system:{v.name}", "system", v.language, v.gender, serves=v.serves), v.inner)
            for v in espeak.voices()
        )
    return _installed()


def _installed() -> tuple[tuple[Voice, str], ...]:
    """What SAPI5 or NSSpeechSynthesizer has, by name."""
    try:
        import pyttsx3

        found = pyttsx3.init(_driver()).getProperty("voices")
    except Exception as error:  # the drivers raise exceptions of many kinds
        raise SpeechError(f"The computer's own voices cannot be listed: {error}.") from error
    rows: dict[str, tuple[Voice, str]] = {}
    for voice in found:
        slug = "-".join(str(voice.name or voice.id).lower().split())
        language = str(next(iter(voice.languages or ()), "und")).replace("_", "-")
        word = str(voice.gender or "").lower()
        gender: Literal["female", "male"] | None = (
            "female" if "female" in word else "male" if word.endswith("male") else None
        )
        rows.setdefault(f"system:{slug}", (Voice(f"system:{slug}", "system", language, gender), str(voice.id)))
    return tuple(rows[name] for name in sorted(rows, key=lambda n: (base_language(rows[n][0].language), n)))


def _inner(name: str) -> str:
    for voice, inner in _catalogue():
        if voice.name == name:
            return inner
    raise SpeechError(f"There is no voice '{name}' on this computer.")


def _speak_forked(text: str, settings: dict[str, Any]) -> Utterance:
    import pyttsx3  # noqa: F401  (imported before the fork, so that no line has to)

    espeak.prepare()
    importlib.import_module("pyttsx3.drivers.espeak")
    parent = os.getpid()
    import numpy as np

    with os.fdopen(os.memfd_create("line.wav"), "rb") as file:
        child = os.fork()
        if child == 0:
            _child(parent, text, settings, f"/proc/self/fd/{file.fileno()}")
        _, status = os.waitpid(child, 0)
        if status:
            raise SpeechError(f"eSpeak NG failed on the line ({_ending(os.waitstatus_to_exitcode(status))})")
        file.seek(0)
        if not file.read(1):
            return Utterance(np.zeros(0, np.float32), 22_050)
        file.seek(0)
        with wave.open(file) as sound:
            pcm = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
            return Utterance(pcm.astype(np.float32) / np.float32(32_768), sound.getframerate())


def _ending(code: int) -> str:
    return f"exit status {code}" if code >= 0 else f"signal {-code}"


def _child(parent: int, text: str, settings: dict[str, Any], path: str) -> NoReturn:
    """The forked process; never returns into the worker's code."""
    try:
        die_with_parent(parent)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # pyttsx3 prints
        if settings["driver"] == "espeak":
            espeak.enter_data_folder()
        _save(text, settings, path)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001
        os.write(2, f"{type(error).__name__}: {error}\n".encode(errors="replace"))
        os._exit(1)


def _speak_afresh(text: str, settings: dict[str, Any]) -> Utterance:
    import numpy as np
    import soundfile

    with scratch() as folder:
        path = folder / ("line.aiff" if settings["driver"] == "nsss" else "line.wav")
        order = json.dumps({"text": text, "settings": settings, "path": str(path)})
        done = subprocess.run(
            python_command(__name__, order),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
            raise SpeechError(": ".join([f"the system's voice failed ({_ending(done.returncode)})", *last]))
        if not path.exists() or not path.stat().st_size:
            return Utterance(np.zeros(0, np.float32), 22_050)
        samples, rate = soundfile.read(path, dtype="float32")
        return Utterance(samples, int(rate))


def main(arguments: Sequence[str]) -> None:
    """Speaks the one line that the first argument describes, for :func:`_speak_afresh`."""
    order = json.loads(arguments[0])
    if order["settings"]["driver"] == "espeak":
        espeak.prepare()
        espeak.enter_data_folder()
    _save(order["text"], order["settings"], order["path"])
    os._exit(0)  # pyttsx3's drivers may hang or crash while Python shuts down


def _save(text: str, settings: dict[str, Any], path: str) -> None:
    """Makes pyttsx3 write one line to a file; for a process that has spoken nothing before."""
    import pyttsx3

    engine = pyttsx3.init(settings["driver"])
    problems: list[str] = []
    finished = threading.Event()
    engine.connect("error", lambda name, exception: problems.append(str(exception)))
    engine.connect("finished-utterance", lambda name, completed: finished.set())
    on_espeak = settings["driver"] == "espeak"
    if on_espeak:
        # A new pyttsx3 engine counts as busy: it would set the properties and end its loop in one go, and ending
        # cancels what eSpeak's thread still has to do. One line in 300 came out at pyttsx3's rate of 200 in place
        # of ours, and the loop did not wait for the file. Not busy, it does each thing when it is told to.
        engine.proxy.setBusy(False)
    engine.setProperty("voice", settings["voice"])
    engine.setProperty("rate", settings["rate"])
    if on_espeak:
        espeak.settle(settings["rate"], settings["gap"])
    engine.save_to_file(text, path)
    engine.runAndWait()
    if problems:
        raise SpeechError("; ".join(problems))
    if on_espeak:
        finished.wait()  # a worker's time limit ends this if need be
