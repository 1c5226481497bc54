"""The voice that comes along, through real workers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.support.waiting import HANGS
from tests.support.workers import ready_worker
from voiceguide.errors import SpeechError
from voiceguide.speech import resolve
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.hibari import engine as module
from voiceguide.speech.engines.hibari.engine import HibariEngine
from voiceguide.speech.engines.hibari.voices import registry
from voiceguide.speech.workers import Worker
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

VOICE = "hibari:heart"
LINES = (
    Line("Warm a few drops of oil between your palms.", VOICE, 1.0, "en"),
    Line("Shh, soft as silk: sink, and let the hush of your breath fill the room.", VOICE, 1.0, "en"),
    Line("Four.", VOICE, 0.8, "en"),
)


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    with ready_worker("hibari", tmp_path_factory.mktemp("scratch")) as one:
        yield one


def test_it_is_the_voice_for_english() -> None:
    assert {resolve(name, "en") for name in ("auto", "heart", "Hibari", "hibari:HEART")} == {VOICE}
    assert resolve("auto", "en-US") == resolve("auto", "en-AU") == VOICE
    assert not resolve("auto", "de").startswith("hibari")
    with pytest.raises(SpeechError, match="No voice of 'hibari' speaks the language 'de'"):
        resolve("hibari", "de")


def test_the_same_line_has_the_same_samples_in_any_order_and_process(worker: Worker, tmp_path: Path) -> None:
    first = [worker.speak(line, HANGS).samples for line in LINES]
    again = [worker.speak(line, HANGS).samples for line in reversed(LINES)]
    with ready_worker("hibari", tmp_path) as other:
        elsewhere = [other.speak(line, HANGS).samples for line in LINES[1:]]
    for one, two in zip((*first, *first[1:]), (*reversed(again), *elsewhere), strict=True):
        assert np.array_equal(one, two)


@pytest.mark.parametrize("pace", [0.5, 0.7, 0.8, 0.9, 1.1, 1.25, 1.5, 2.0])
def test_the_pace_is_kept(worker: Worker, pace: float) -> None:
    """Lines of a few seconds move in steps, so several together are within 8%."""

    def seconds(pace: float) -> float:
        lines = [replace(line, pace=pace) for line in LINES]
        return sum(len(make_clip(worker.speak(line, HANGS), line.text, pace)) for line in lines) / SAMPLE_RATE

    assert seconds(pace) == pytest.approx(seconds(1.0) / pace, rel=0.08)


def test_its_own_notation_is_read_as_text(worker: Worker) -> None:
    said = worker.speak(Line("Say [hibari](/hibˈɑɹi/) now.", VOICE, 1.0, "en"), HANGS)
    plain = worker.speak(Line("Say hibari now.", VOICE, 1.0, "en"), HANGS)
    assert len(said.samples) != len(plain.samples)
    with pytest.raises(Exception, match="nothing to say"):
        worker.speak(Line(" \x07 ", VOICE, 1.0, "en"), HANGS)


def test_a_voice_that_is_not_there_says_how_to_get_it(worker: Worker) -> None:
    engine = HibariEngine()
    with pytest.raises(SpeechError, match="'voiceguide voices add hibari:nobody' fetches it"):
        engine.version("hibari:nobody")


def test_a_voice_that_cannot_be_loaded_names_the_next(tmp_path: Path) -> None:
    damaged = tmp_path / "hibari.onnx"
    damaged.write_bytes(b"no model" * 100)
    with pytest.raises(SpeechError, match=r"cannot be loaded on this computer .*--voice joe or --voice system"):
        module._speaker(registry()[0], damaged)


def test_nothing_is_loaded_before_a_line_is_spoken() -> None:
    code = (
        "import sys; from voiceguide.speech import voices, resolve\n"
        "from voiceguide.speech.engines.hibari.engine import HibariEngine\n"
        f"voices(); resolve('auto', 'en'); HibariEngine().version({VOICE!r})\n"
        "print(*{'onnxruntime', 'hibari'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
