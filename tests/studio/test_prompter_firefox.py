"""Recording in Firefox, whose only microphone without one is a tone: the take is kept, and judged to be no speech."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, expect

from tests.studio.prompting import doing, prompter
from tests.studio.visits import TEXT, Visit
from tests.support.firefox import firefox

TONES = {"media.navigator.streams.fake": True, "media.navigator.permission.disabled": True}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with firefox(TONES) as started:
        yield started


def test_a_take_is_recorded_judged_and_heard(
    visit: Visit, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    page = prompter(visit, folder, TEXT, "Sit down.")
    page.keyboard.press(" ")
    doing(page, "recording")
    page.wait_for_timeout(1500)
    page.keyboard.press(" ")
    doing(page, "idle")
    expect(page.locator(".stage .takes li")).to_have_count(1)
    expect(page.locator(".verdict li").first).to_be_visible()
    (take,) = (folder / ".voiceguide" / "takes").rglob("*.flac")
    samples, rate = soundfile.read(take)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    assert len(samples) / rate > 1.0
    assert spectrum.max() > 1000 * np.median(spectrum)  # the tone, as it is
