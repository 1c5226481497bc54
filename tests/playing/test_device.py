"""Devices: miniaudio's null backend, what is written instead of heard, and what is said when there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.playing.listener import Counted, counted, timeline_of
from tests.support.waiting import until
from voiceguide.errors import DeviceError, SoundError
from voiceguide.playing.device import VARIABLE, Captured, Loudspeaker, open_device
from voiceguide.playing.playback import Playback
from voiceguide.playing.streams import StreamPlayable
from voiceguide.units import SAMPLE_RATE


def test_what_would_be_heard_is_captured(tmp_path: Path) -> None:
    path = tmp_path / "heard.wav"
    timeline = timeline_of("Hi. [pause 500ms]")
    playable = StreamPlayable(Counted(30_000), timeline)
    with Playback(playable, device=Captured(Loudspeaker(heard=False), path)) as playback:
        playback.finish()
        assert playback.buffer.underruns == 0
    heard, rate = soundfile.read(path, dtype="float32")
    assert rate == SAMPLE_RATE
    np.testing.assert_array_equal(np.round(heard[:30_000, 0] * 2.0**24), np.arange(30_000) + 1)
    assert not heard[30_000:].any()


def test_a_sound_that_is_shorter_than_what_lies_ready_is_heard_whole(tmp_path: Path) -> None:
    path = tmp_path / "heard.wav"
    playable = StreamPlayable(Counted(5_000), timeline_of("Hi."))
    with Playback(playable, device=Captured(Loudspeaker(heard=False), path)) as playback:
        playback.finish()
    heard, _ = soundfile.read(path, dtype="float32")
    np.testing.assert_array_equal(np.round(heard[:5_000, 0] * 2.0**24), np.arange(5_000) + 1)


def test_keys_are_heard_while_it_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "none")
    with Playback(counted("Hi. [pause 100s] There.")) as playback:
        until(lambda: playback.moment is not None)
        playback.player.send("forth")
        until(lambda: playback.moment is not None and playback.moment.frame > 30 * SAMPLE_RATE)
        playback.player.send("pause")
        until(lambda: playback.moment is not None and playback.moment.state == "paused")
        playback.player.send("quit")
        playback.finish()
        assert playback.over


def test_an_error_reaches_whoever_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Counted):
        def blocks(self, start=0, stop=None):  # type: ignore[no-untyped-def]
            yield from super().blocks(0, 20_000)
            raise SoundError("It is damaged.")

    monkeypatch.setenv(VARIABLE, "none")
    playable = StreamPlayable(Broken(90_000), timeline_of("Hi."))
    with Playback(playable) as playback, pytest.raises(SoundError, match="damaged"):
        playback.finish()


def test_a_device_that_is_taken_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Loudspeaker(heard=False)
    with Playback(counted("Hi. [pause 100s]"), device=device) as playback:
        device._stopped()  # as the system tells it
        with pytest.raises(DeviceError, match="taken away"):
            playback.finish()


def test_no_device_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import miniaudio

    def none(*arguments: object, **options: object) -> None:
        raise miniaudio.MiniaudioError("failed to init device", -401)

    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(miniaudio, "PlaybackDevice", none)
    with pytest.raises(DeviceError, match=r"No sound device was found.*voiceguide render"):
        open_device()


def test_a_missing_extra_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    with pytest.raises(DeviceError, match=r"pip install \"voiceguide\[play\]\""):
        open_device()


def test_a_device_of_another_name_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "loud")
    with pytest.raises(DeviceError, match=VARIABLE):
        open_device()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "no" / "folder.wav"))
    with pytest.raises(DeviceError, match=r"folder.wav cannot be written"):
        open_device()


def test_threads_that_play_wait_less_for_others_while_it_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "none")
    before = sys.getswitchinterval()
    with Playback(counted("Hi. [pause 100s]")):
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before
