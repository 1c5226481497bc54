"""Lines spoken by the real system's voice and kept, and by an engine that misbehaves."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.support.misbehaving import FACTORY
from tests.support.waiting import HANGS, at_most
from voiceguide.audio.envelope import envelope
from voiceguide.audio.loudness import clip_loudness
from voiceguide.errors import OutputError, SpeechError
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.speech import FailedLinesError, Spoken, Studio, resolve, speak, studio, voices
from voiceguide.speech.cache import Store
from voiceguide.speech.engines.engine import ENGINES
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

TEXTS = ("Warm the oil between your palms.", "Rest your hands on your cheeks.", "And hold.", "In", "Twelve")

linux = pytest.mark.skipif(sys.platform != "linux", reason="eSpeak NG's voices")


def line(text: str, voice: str = "system:en-us", pace: float = 1.0, language: str = "en") -> Line:
    return Line(text, voice, pace, language)


LINES = [line(text) for text in TEXTS] if sys.platform == "linux" else [line(text, "silent") for text in TEXTS]


@pytest.fixture
def room(tmp_path: Path) -> Studio:
    return Studio(ENGINES | {"odd": FACTORY}, Store(tmp_path / "speech"), line_limit=1.0)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    return Studio(store=Store(tmp_path_factory.mktemp("speech"))).speak(LINES, jobs=2)


def fingerprint(spoken: Spoken, lines: list[Line]) -> str:
    return hashlib.sha256(b"".join(spoken.samples(line).tobytes() for line in lines)).hexdigest()


def entries(room: Studio) -> list[Path]:
    return sorted(path for path in room.store.folder.rglob("*.clip"))


@linux
@pytest.mark.parametrize(
    ("name", "language", "full"),
    [
        ("auto", "en", "hibari:heart"),
        ("auto", "fr", "system:fr-fr"),
        ("joe", "de", "piper:en_US-joe-medium"),
        ("system", "en", "system:en-us"),
        ("AUTO", "de-AT", "system:de"),
        ("system", "en-GB", "system:en-gb"),
        ("system", "pt-BR", "system:pt-br"),
        ("system:en-gb", "en", "system:en-gb"),
        (" System:EN-GB ", "en", "system:en-gb"),
        ("en-gb", "en", "system:en-gb"),
        ("en-us+steph", "en", "system:en-us+steph"),
        ("system:de", "en", "system:de"),
        ("silent", "en", "silent"),
        ("silent", "xx", "silent"),
    ],
)
def test_names_of_voices(name: str, language: str, full: str) -> None:
    assert resolve(name, language) == full


@linux
@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("sytem:en-gb", "en", "no voice 'sytem:en-gb' (did you mean 'system:en-gb'?). 'voiceguide voices' lists"),
        ("en-gbb", "en", "(did you mean 'en-gb'?)"),
        ("jo", "en", "no voice 'jo' (did you mean 'joe'?)"),
        ("", "en", "no voice ''"),
        ("auto", "dee", "No voice speaks the language 'dee' (did you mean 'de'?)"),
        ("system", "xx", "No voice of 'system' speaks the language 'xx'"),
        ("silence", "en", "no voice 'silence'. "),
    ],
)
def test_unknown_voices_and_languages(name: str, language: str, words: str) -> None:
    with pytest.raises(SpeechError) as caught:
        resolve(name, language)
    assert words in str(caught.value)


@linux
def test_the_list_of_voices() -> None:
    assert "silent" not in {voice.name for voice in voices()}
    assert [voice.name for voice in voices("de")] == ["system:de", "system:de+steph"]
    assert voices("xx") == ()


def test_lines_are_levelled_trimmed_and_of_the_length_told(spoken: Spoken) -> None:
    assert (spoken.cached, spoken.spoken) == (0, len(LINES))
    for one in LINES:
        clip = spoken.samples(one)
        assert clip.dtype == np.float32
        assert clip.shape == (spoken.frames(one),)
        assert clip_loudness(clip) == pytest.approx(VOICE_LOUDNESS, abs=0.5)
        level = np.abs(clip)
        assert np.flatnonzero(level > level.max() * 10 ** (-40 / 20))[0] < 0.005 * SAMPLE_RATE
        assert level[0] == 0


def test_cold_and_warm_runs_and_any_number_of_workers_agree(room: Studio, spoken: Spoken) -> None:
    cold = room.speak(reversed(LINES), jobs=1)
    warm = room.speak(LINES + LINES, jobs=1)
    assert (warm.cached, warm.spoken) == (len(LINES), 0)
    assert fingerprint(cold, LINES) == fingerprint(warm, LINES) == fingerprint(spoken, LINES)


def test_a_full_store_needs_no_worker_and_little_time(room: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line(f"Number {n}, and a few words more.", "silent") for n in range(100)]
    room.speak(lines, jobs=2)
    monkeypatch.setattr(subprocess, "Popen", None)
    with at_most(0.5):  # a tenth of that on an idle machine
        for _ in range(5):
            assert room.speak(lines, jobs=2).cached == 100


def test_only_what_changed_is_spoken_again(room: Studio) -> None:
    first = [line("One line.", "silent"), line("Another line.", "silent")]
    assert room.speak(first, jobs=1).spoken == 2
    for changed in (
        line("Another line!", "silent"),
        line("Another line.", "silent", pace=0.9),
        line("Another line.", "silent", language="de"),
    ):
        result = room.speak([first[0], changed], jobs=1)
        assert (result.cached, result.spoken) == (1, 1)


def test_a_damaged_entry_is_made_again(room: Studio) -> None:
    one = line("One line.", "silent")
    before = room.speak([one], jobs=1).samples(one)
    (path,) = entries(room)
    path.write_bytes(path.read_bytes()[:-9])
    result = room.speak([one], jobs=1)
    assert (result.cached, result.spoken) == (0, 1)
    path.write_bytes(path.read_bytes()[:-9])
    assert np.array_equal(result.samples(one), before)
    path.unlink()
    assert np.array_equal(result.samples(one), before)


def test_a_damaged_envelope_is_made_again(room: Studio) -> None:
    one = line("One line.", "silent")
    spoken = room.speak([one], jobs=1)
    before = spoken.envelope(one)
    assert np.array_equal(before.powers, envelope(spoken.samples(one)).powers)
    (path,) = entries(room)
    path.write_bytes(path.read_bytes()[:40] + b"?" + path.read_bytes()[41:])
    assert np.array_equal(spoken.envelope(one).powers, before.powers)
    path.unlink()
    assert np.array_equal(spoken.envelope(one).powers, before.powers)


def test_progress_counts_up_to_all_lines(room: Studio) -> None:
    lines = [line(f"Line {n}.", "silent") for n in range(4)]
    room.speak(lines[:1], jobs=1)
    told: list[tuple[int, int]] = []
    room.speak(lines, jobs=2, progress=lambda _, ready, total: told.append((ready, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_nothing_to_speak(room: Studio) -> None:
    assert room.speak([], jobs=2).spoken == 0
    assert not room.store.folder.exists()


def test_all_failures_are_told_together_and_good_lines_kept(room: Studio) -> None:
    lines = [line(text, "odd") for text in ("raise", "a good line", "crash", "nan")] + [line("And hold.", "silent")]
    with pytest.raises(FailedLinesError) as caught:
        room.speak(lines, jobs=2)
    assert caught.value.failures == (
        (lines[0], "reported: no such phoneme"),
        (lines[2], "stopped with exit status 7: the model is corrupt"),
        (lines[3], "made samples that are no numbers"),
    )
    assert str(caught.value).splitlines()[:2] == [
        "3 lines could not be spoken:",
        "  “raise”: the voice odd reported: no such phoneme.",
    ]
    assert len(entries(room)) == 2
    assert list((room.store.folder / "making").iterdir()) == []
    kept = room.speak([lines[1], lines[4]], jobs=1)
    assert (kept.cached, kept.spoken) == (2, 0)


def test_far_too_much_sound_and_engines_that_are_killed_leave_nothing(room: Studio) -> None:
    lines = [line(text, "odd") for text in ("half-hour", "half-hours", "kill")]
    with pytest.raises(FailedLinesError) as caught:
        replace(room, line_limit=30.0).speak(lines, jobs=1)
    assert [reason for _, reason in caught.value.failures] == [
        "made 30m of sound, too long for these words",
        "made far too much sound for these words",
        "stopped with signal 9",
    ]
    assert [path for path in room.store.folder.rglob("*") if path.is_file()] == []
    assert list((room.store.folder / "making").iterdir()) == []


@pytest.mark.parametrize("text", ["mono 8000", "stereo 44100", "stereo 8000", "stereo 48000"])
def test_sound_of_any_rate_and_in_stereo_becomes_a_correct_clip(text: str, room: Studio) -> None:
    lines = [line(text, "odd")]
    clip = room.speak(lines, jobs=1).samples(lines[0])
    assert clip.ndim == 1
    assert len(clip) / SAMPLE_RATE == pytest.approx(0.1 * len(text), abs=0.03)
    assert np.argmax(np.abs(np.fft.rfft(clip))) / len(clip) * SAMPLE_RATE == pytest.approx(300, abs=1)
    assert clip_loudness(clip) == pytest.approx(VOICE_LOUDNESS, abs=0.1)


def test_an_unknown_engine_in_a_line(room: Studio) -> None:
    with pytest.raises(SpeechError, match="no voice 'nobody:joe'"):
        room.speak([line("Hello.", "nobody:joe")], jobs=1)


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    room = Studio(store=Store(tmp_path / "file" / "speech"))
    with pytest.raises(OutputError, match="VOICEGUIDE_CACHE"):
        room.speak([line("Hello.", "silent")], jobs=1)


def test_the_functions_use_the_users_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(tmp_path))
    assert speak([line("Hello.", "silent")], jobs=1).spoken == 1
    assert studio.speak([line("Hello.", "silent")], jobs=1).cached == 1
    assert (tmp_path / "speech").is_dir()


RUN = """
import hashlib, sys
from pathlib import Path
from voiceguide.speech.cache import Store
from voiceguide.speech.studio import Studio
from voiceguide.timeline import Line
lines = [Line(text, sys.argv[2], 1.0, "en") for text in sys.argv[3:]]
spoken = Studio(store=Store(Path(sys.argv[1]))).speak(lines, jobs=2)
print(hashlib.sha256(b"".join(spoken.samples(line).tobytes() for line in lines)).hexdigest())
"""


def test_runs_at_the_same_time_share_one_store(tmp_path: Path, spoken: Spoken) -> None:
    command = [sys.executable, "-W", "error", "-c", RUN, str(tmp_path), LINES[0].voice, *TEXTS]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    for process in running:
        out, _ = process.communicate(timeout=HANGS)
        assert process.returncode == 0
        assert out.decode().strip() == fingerprint(spoken, LINES)
    assert len(list(tmp_path.rglob("*.clip"))) == len(LINES)


def test_lines_that_are_cleared_away_meanwhile_are_made_again(room: Studio) -> None:
    lines = [line(text, "silent") for text in TEXTS]
    cleared = []

    def clearing(_: str, done: int, total: int) -> None:
        if done and not cleared:
            cleared.append(room.store.prune(most=0).removed)

    spoken = room.speak(lines, jobs=1, progress=clearing)
    assert cleared == [1]
    assert (spoken.cached, spoken.spoken) == (0, len(lines))
    before = fingerprint(spoken, lines)
    assert room.store.prune(most=0).removed == len(lines)
    assert fingerprint(spoken, lines) == before


def test_a_folder_that_keeps_nothing_is_told(room: Studio) -> None:
    with pytest.raises(SpeechError, match=r"could not be read back from the folder .* Please check that disk"):
        room.speak([line("In", "silent")], jobs=1, progress=lambda *_: bool(room.store.prune(most=0)))


def test_another_phrasing_speaks_nothing_again(room: Studio) -> None:
    text = "Rest your hands, and let the warmth sink in."
    spoken = room.speak([replace(line(text), phrasing=seconds) for seconds in (None, 0.0)], jobs=1)
    lengths = {one.phrasing: spoken.frames(one) for one in spoken._said}
    again = room.speak([replace(line(text), phrasing=0.9)], jobs=1)
    assert (spoken.spoken, again.cached, again.spoken) == (2, 1, 0)
    assert lengths[0.0] < lengths[None] < again.frames(replace(line(text), phrasing=0.9))
    assert lengths[None] - lengths[0.0] == pytest.approx((0.6 - 0.2) * SAMPLE_RATE, abs=0.2 * SAMPLE_RATE)
    assert len(entries(room)) == 3


def test_the_phrasing_and_what_it_is_at_a_pace_are_in_the_key(room: Studio) -> None:
    text = "Rest your hands, and let the warmth sink in."
    keys = {room.key(replace(line(text), phrasing=seconds)) for seconds in (0.0, 0.4, 0.7)}
    assert len(keys) == 3
    assert room.key(line(text)) == room.key(replace(line(text), phrasing=0.6))
    assert room.key(line("Rest your hands.")) == room.key(replace(line("Rest your hands."), phrasing=0.4))


def test_an_entry_with_phrasing_that_is_lost_is_made_again(room: Studio) -> None:
    one = line("Rest your hands, and let the warmth sink in.")
    spoken = room.speak([one], jobs=1)
    before = spoken.samples(one)
    for path in entries(room):
        path.unlink()
    assert np.array_equal(spoken.samples(one), before)
    assert spoken.speaking(one) < len(before) / SAMPLE_RATE - 0.4
