"""The system's voice itself; on Linux that is eSpeak NG, mostly through real workers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.support.waiting import HANGS
from tests.support.workers import ready_worker
from voiceguide.errors import SpeechError
from voiceguide.languages import LANGUAGES, phase_words
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import ENGINES, Utterance, serving
from voiceguide.speech.engines.system import engine as system
from voiceguide.speech.engines.system import espeak
from voiceguide.speech.workers import Worker
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="eSpeak NG is the system's voice on Linux")

GUIDANCE = (
    "Warm a few drops of oil between your palms.",
    "Rest both hands on your cheeks, and let your jaw go loose.",
    "With your fingertips, remove_abandoned from the centre of the forehead out to the temples.",
    "Press gently beside the nostrils, and hold.",
    "One more on this side, then we go to the left.",
    "Keep your eyes closed, and breathe out slowly through your mouth.",
)
VOICE = "system:en-us"

Say = Callable[..., Utterance]


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    with ready_worker("system", tmp_path_factory.mktemp("scratch")) as one:
        yield one


@pytest.fixture
def say(worker: Worker) -> Say:
    return lambda text, voice=VOICE, pace=1.0: worker.speak(Line(text, voice, pace, "en"), HANGS)


@pytest.fixture
def fresh_worker(tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    started: list[Worker] = []

    def start() -> Worker:
        started.append(Worker(ENGINES["system"], tmp_path))
        started[-1].wait_ready(HANGS)
        return started[-1]

    yield start
    for one in started:
        one.close()


def clip(said: Utterance, text: str, pace: float = 1.0) -> np.ndarray:
    return make_clip(said, text, pace)


def seconds(say: Say, pace: float, texts: tuple[str, ...] = GUIDANCE) -> float:
    return sum(len(clip(say(text, pace=pace), text, pace)) for text in texts) / SAMPLE_RATE


def test_a_line_sounds_the_same_after_other_lines_and_in_another_process(
    say: Say, fresh_worker: Callable[[], Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [say(text) for text in GUIDANCE[:3]]
    monkeypatch.setenv("LC_ALL", "C")
    other = fresh_worker()
    for text, before in reversed(list(zip(GUIDANCE[:3], first, strict=True))):
        assert before.sample_rate == 22_050
        for again in (say(text), other.speak(Line(text, VOICE, 1.0, "en"), HANGS)):
            assert np.array_equal(again.samples, before.samples)


def test_a_fresh_python_for_a_line_says_the_same_as_a_fork(say: Say) -> None:
    settings = system._settings(system._inner(VOICE), 0.8)
    afresh = system._speak_afresh(GUIDANCE[0], settings)
    assert afresh.sample_rate == 22_050
    assert np.array_equal(afresh.samples, say(GUIDANCE[0], pace=0.8).samples)


def test_a_fresh_python_that_fails_says_why() -> None:
    with pytest.raises(SpeechError, match=r"the system's voice failed \(exit status 1\): .*no-such-voice"):
        system._speak_afresh("Hello.", {"driver": "espeak", "voice": "no-such-voice", "rate": 120, "gap": 6})


def test_the_tempo_is_calm_and_pace_multiplies_it(say: Say) -> None:
    words = sum(len(text.split()) for text in GUIDANCE)
    natural = seconds(say, 1.0)
    assert 105 <= 60 * words / natural <= 130
    for pace in (0.5, 0.6, 0.7, 0.85, 1.25, 1.5, 2.0):
        assert natural / seconds(say, pace) == pytest.approx(pace, rel=0.07)


def test_no_setting_is_ever_lost(say: Say) -> None:
    """pyttsx3 left to itself now and then drops the rate, or writes the file before there is anything in it."""
    lengths = {len(say("And hold.", pace=1.3).samples) for _ in range(60)}
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Lege beide Hände auf die Wangen."),
        ("fr", "Posez les deux mains sur vos joues."),
        ("es", "Apoya las dos manos en las mejillas."),
        ("it", "Appoggia le mani sulle guance."),
        ("pt", "Apoie as duas mãos nas bochechas."),
        ("pt-BR", "Apoie as duas mãos nas bochechas."),
        ("nl", "Leg beide handen op je wangen."),
        ("ru", "Положите обе руки на щёки."),
        ("zh", "把双手放在脸颊上。"),
    ],
)
def test_other_languages_speak(say: Say, language: str, text: str) -> None:
    voice, *_ = serving(system.SystemEngine().voices(), language)
    assert voice.name.startswith(f"system:{language.lower()}"[:9]) or language == "zh"
    said = clip(say(text, voice.name), text)
    assert len(said) > SAMPLE_RATE
    assert not np.array_equal(say(text, voice.name).samples, say(text).samples)


def test_the_voices_are_told_apart() -> None:
    voices = system.SystemEngine().voices()
    assert len({voice.name for voice in voices}) == len(voices) > 100
    assert [voice.name for voice in serving(voices, "en")][:3] == [VOICE, f"{VOICE}+steph", "system:en-gb"]
    assert serving(voices, "en-GB")[0].name == "system:en-gb"
    assert serving(voices, "fr")[0].name == "system:fr-fr"
    assert serving(voices, "es-MX")[0].name == "system:es-419"
    assert {voice.gender for voice in voices} == {"male", "female"}


def test_the_female_voice_is_higher(say: Say) -> None:
    def pitch(voice: str) -> float:
        said = say("Aaaah. Oooh.", voice)
        echoes = np.fft.irfft(np.abs(np.fft.rfft(said.samples, 2 * len(said.samples))) ** 2)
        shortest = said.sample_rate // 300
        return said.sample_rate / float(shortest + np.argmax(echoes[shortest : said.sample_rate // 60]))

    assert pitch(f"{VOICE}+steph") > 1.3 * pitch(VOICE) > 80


def test_short_words_and_numbers_are_plausible(say: Say) -> None:
    for text in ("In", "Hold", "Out", "Rest", "12", "I", "3", "A", "Shhh", "OK", "1,000,000", "50%", "Go!", "Mm-hmm."):
        assert len(clip(say(text), text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_sip_of_a_sigh_is_said_in_under_a_second(say: Say, language: str) -> None:
    words = phase_words(language)
    assert words is not None
    voice, *_ = serving(system.SystemEngine().voices(), language)
    assert len(clip(say(words.sip, voice.name), words.sip)) < 0.95 * SAMPLE_RATE


def test_control_characters_and_markup_do_no_harm(say: Say) -> None:
    plain = say("Rest your hands.").samples
    assert np.array_equal(say("Rest\x00 your\x01 hands.\n").samples, plain)
    marked = say("<break time='300s'/> Rest your hands. [[h@loU]]").samples
    assert len(marked) < 10 * len(plain)


@pytest.mark.parametrize("text", ["", "   ", "\x00\n"])
def test_nothing_to_say(worker: Worker, say: Say, text: str) -> None:
    with pytest.raises(Exception, match="reported: there is nothing to say"):
        say(text)
    assert len(say("Still here.").samples)


def test_a_voice_that_is_not_installed(say: Say) -> None:
    with pytest.raises(Exception, match="no voice 'system:xx'"):
        say("Hello.", "system:xx")


def test_versions_differ_by_language_data() -> None:
    engine = system.SystemEngine()
    versions = {engine.version(name) for name in (VOICE, f"{VOICE}+steph", "system:en-gb", "system:de")}
    assert len(versions) == 4
    assert all("pyttsx3 " in version and "eSpeak NG 1." in version for version in versions)


needs_wheel = pytest.mark.skipif(
    sys.platform != "linux" or espeak.home().wheel is None, reason="this computer has eSpeak NG of its own"
)


@needs_wheel
def test_data_under_a_very_long_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_worker: Callable[[], Worker], say: Say
) -> None:
    deep = tmp_path / ("long" * 50)
    deep.mkdir()
    (deep / "espeakng_loader").symlink_to(espeak.home().data.parent)
    monkeypatch.syspath_prepend(str(deep))
    said = fresh_worker().speak(Line("Rest.", VOICE, 1.0, "en"), HANGS)
    assert np.array_equal(said.samples, say("Rest.").samples)


@needs_wheel
def test_the_systems_own_library_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_worker: Callable[[], Worker], say: Say
) -> None:
    wheel = espeak.home()
    (tmp_path / "libespeak-ng.so.1").symlink_to(str(wheel.wheel))
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(wheel.data))
    script = "import json; from voiceguide.speech.engines.system.espeak import home; print(json.dumps([home().wheel, str(home().data)]))"
    found = json.loads(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout)
    assert found == [None, str(wheel.data)]
    said = fresh_worker().speak(Line("Rest.", VOICE, 1.0, "en"), HANGS)
    assert np.array_equal(said.samples, say("Rest.").samples)


def test_without_any_library_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(SpeechError, match="pip install espeakng-loader"):
        espeak._wheel()


def test_listing_by_pyttsx3_itself_as_on_other_systems() -> None:
    script = (
        "from voiceguide.speech.engines.system import engine as system, espeak; espeak.prepare(); espeak.enter_data_folder(); "
        "print([(v.name, v.language, inner) for v, inner in system._installed()])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, timeout=HANGS)
    assert "('system:english-(america)', 'en-us', 'gmw/en-us')" in done.stdout.decode()


def test_no_file_is_left_and_nothing_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    one = Worker(ENGINES["system"], tmp_path)
    try:
        one.wait_ready(HANGS)
        one.speak(Line("Rest.", VOICE, 1.0, "en"), HANGS)
    finally:
        one.close()
    (complaints,) = tmp_path.iterdir()
    assert complaints.read_text() == ""
