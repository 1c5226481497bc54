"""A person's own voice, recorded line by line: Chromium's microphone plays what a voice has said into a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from axe_playwright_python.sync_playwright import Axe
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, expect
from scipy import signal

from tests.recording.spoken_takes import LINES, RATE, spoken, take_of
from tests.studio.prompting import doing, prompter
from tests.studio.visits import Visit
from tests.support.chromium import chromium
from tests.support.waiting import until
from voiceguide.audio.loudness import clip_loudness
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.units import SAMPLE_RATE

TEXT = f"---\nvoice: system\n---\n# Rest\n\n{LINES[0]} [pause 3s] {LINES[1]}\n\n{LINES[2]}\n"
COUNT_IN = 5.0  # seconds after which the file speaks: the count, with time for a busy machine


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the microphone plays, from its start whenever it is opened."""
    return tmp_path_factory.mktemp("microphone") / "heard.wav"


@pytest.fixture(scope="module")
def browser(microphone: Path) -> Iterator[Browser]:
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with chromium(*flags, f"--use-file-for-fake-audio-capture={microphone}%noloop") as started:
        yield started


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where new voices are kept."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices"


def _say(microphone: Path, text: str | None) -> None:
    samples = take_of(text, before=COUNT_IN, after=20.0)
    soundfile.write(microphone, samples, RATE, subtype="PCM_16")


def _recordings(folder: Path) -> dict[str, NDArray[np.float64]]:
    table = json.loads((folder / "recordings.json").read_text("utf-8"))
    return {row["text"]: soundfile.read(folder / row["file"])[0] for row in table["lines"]}


def _alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The highest correlation of two sounds at any shift, from 0 to 1."""
    found = np.abs(signal.correlate(one, other, mode="full", method="fft")).max()
    return float(found / np.sqrt(np.square(one).sum() * np.square(other).sum()))


def _as_kept(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """At 44.1 kHz, and without rumble: the take and its clip each have it taken away."""
    rumble = signal.butter(2, 70.0, "highpass", fs=SAMPLE_RATE, output="sos")
    kept: NDArray[np.float64] = signal.sosfilt(rumble, signal.sosfilt(rumble, signal.resample_poly(sound, 147, 160)))
    return kept


def test_three_lines_become_a_recorded_voice_by_keyboard_alone(
    visit: Visit, folder: Path, microphone: Path, voices: Path
) -> None:
    page = prompter(visit, folder, TEXT, LINES[0])
    page.keyboard.press(" ")
    for number, text in enumerate(LINES):
        expect(page.locator(".stage .line")).to_have_text(text)
        doing(page, "recording")  # by itself after the first
        doing(page, "idle")  # it ends by itself
        expect(page.locator(".verdict .error")).to_have_count(0)
        expect(page.locator(".stage .takes li")).to_have_count(1)
        if text != LINES[-1]:
            _say(microphone, LINES[number + 1])
        page.keyboard.press("Enter")
    expect(page.locator(".finish")).to_contain_text("Every line is there.")
    clips = _recordings(voices / "anna")
    assert tuple(clips) == LINES
    for text, clip in clips.items():
        likeness = {line: _alike(clip, _as_kept(spoken(line))) for line in LINES}
        assert likeness[text] > 0.98, likeness  # nothing was suppressed, cancelled or levelled on the way
        assert max(likeness, key=lambda line: likeness[line]) == text
        assert clip_loudness(clip.astype(np.float32)) == pytest.approx(VOICE_LOUDNESS, abs=0.6)
        assert len(clip) / SAMPLE_RATE == pytest.approx(len(spoken(text)) / RATE, abs=0.3)
    page.get_by_role("button", name="Let Anna speak this script").press("Enter")
    until(lambda: (folder / "evening.md").read_text() == TEXT.replace("system", "Anna"), "the script has the voice")
    _take_again(page, folder, voices)


def test_three_lines_are_recorded_by_mouse_and_go_on_by_themselves(
    visit: Visit, folder: Path, microphone: Path, voices: Path
) -> None:
    page = prompter(visit, folder, TEXT, LINES[0])
    page.get_by_text("Go on by itself after a good take").click()
    page.locator(".stage .actions button").first.click()
    for number, text in enumerate(LINES):
        expect(page.locator(".stage .line")).to_have_text(text)
        doing(page, "recording")  # the file has been read by now
        if text != LINES[-1]:
            _say(microphone, LINES[number + 1])
        recorded, doubts = page.locator(".prompter-lines .state-recorded"), page.locator(".judgement .warning")
        until(lambda got=recorded, doubts=doubts, number=number: got.count() > number or doubts.count(), "a take")
        if doubts.count():  # of what the recogniser doubts a person decides
            page.get_by_role("button", name="Keep it and go on").click()
        expect(recorded).to_have_count(number + 1)
    expect(page.locator(".finish")).to_contain_text("Every line is there.")
    assert tuple(_recordings(voices / "anna")) == LINES
    page.get_by_role("button", name="Hear it").click()
    page.get_by_role("button", name="Let Anna speak this script").click()
    until(lambda: (folder / "evening.md").read_text() == TEXT.replace("system", "Anna"), "the script has the voice")


@pytest.fixture(autouse=True)
def _first(microphone: Path) -> None:
    _say(microphone, LINES[0])


def _take_again(page: Page, folder: Path, voices: Path) -> None:
    """The tab beside the text shows the sentence's takes, and leads back to it; a changed line is told."""
    before = _recordings(voices / "anna")
    page.locator(".cm-line", has_text=LINES[2]).click()
    page.get_by_role("tab", name="Voice").click()
    expect(page.locator(".voice .quote")).to_have_text(LINES[2])
    expect(page.locator(".voice .takes li.chosen")).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".stage .line")).to_have_text(LINES[2])
    page.keyboard.press("r")
    doing(page, "recording")
    page.wait_for_timeout(3500)
    page.keyboard.press(" ")  # in the middle of the line
    doing(page, "idle")
    expect(page.locator(".stage .takes li")).to_have_count(2)
    assert _recordings(voices / "anna").keys() == before.keys()
    expect(page.locator(".stage .takes li.chosen")).to_have_count(1)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.keyboard.press("Escape")
    page.locator(".cm-line", has_text=LINES[2]).click()
    page.keyboard.press("End")
    page.keyboard.type(" Once more.")
    page.keyboard.press("Control+Home")
    page.locator(".cm-line", has_text="voice: Anna").click()
    page.get_by_role("button", name="Your voice").click()
    expect(page.locator(".prompter-lines .state-missing")).to_have_text("Once more. – not recorded")
    expect(page.locator(".prompter-lines .state-recorded")).to_have_count(3)


def test_a_count_can_be_cancelled_and_silence_is_told(visit: Visit, folder: Path, microphone: Path) -> None:
    page = prompter(visit, folder, TEXT, LINES[0])
    _say(microphone, None)
    page.keyboard.press(" ")
    doing(page, "counting")
    page.keyboard.press(" ")
    doing(page, "idle")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".stage .line")).to_have_text(LINES[1])
    page.keyboard.press(" ")
    doing(page, "recording")
    page.wait_for_timeout(600)
    page.keyboard.press(" ")
    doing(page, "judging")
    doing(page, "idle")
    expect(page.locator(".verdict .error")).to_have_text("Nothing was said.")
    expect(page.get_by_role("button", name="Keep it and go on")).to_be_disabled()
    page.keyboard.press("Enter")
    expect(page.locator(".stage .line")).to_have_text(LINES[1])
    page.get_by_role("button", name="Delete take 1").click()
    expect(page.locator(".stage .takes li")).to_have_count(0)
