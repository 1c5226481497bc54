"""Finished files of every kind measured as decoded, and what is done about those that miss their requirement."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.audio import ebur128, ffmpeg
from tests.support.containers import FORMATS
from tests.support.signals import clicks, noise, speech_like, tone
from voiceguide.audio.measures import StretchMeter
from voiceguide.encoder.format import Format
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp4 import M4a
from voiceguide.encoder.opus import Opus
from voiceguide.mastering.acceptance import Ends, FileMeasurement, next_target, notes, upload_notes
from voiceguide.mastering.profiles import PROFILES
from voiceguide.mastering.target import Requirement, Target
from voiceguide.session.options import SessionOptions
from voiceguide.session.render import render
from voiceguide.session.session import planned
from voiceguide.units import SAMPLE_RATE, gain

# A voice over hiss, of which encoders leave much away, with clicks, whose peaks they raise.
HARD = speech_like(14, seed=6, talking=0.9)[: 12 * SAMPLE_RATE] + noise(12, gain(-48)) + clicks(12, 0.12)
SCRIPT = "# One\n[sound hard.wav]\n"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hard")
    soundfile.write(folder / "hard.wav", HARD, SAMPLE_RATE, subtype="FLOAT")
    (folder / "hard.md").write_text(SCRIPT)
    return folder / "hard.md"


SMALL: dict[str, Format] = {"mp3 64": Mp3(64), "m4a 64": M4a(64), "opus 48": Opus(48)}


@pytest.mark.parametrize("name", [*(name for name in FORMATS if name != "m4b"), *SMALL])
def test_every_kind_of_file_keeps_loudness_and_true_peak_as_decoded(script: Path, tmp_path: Path, name: str) -> None:
    kind = {**FORMATS, **SMALL}[name]
    with planned(script, SessionOptions()) as session:
        made = render(session, tmp_path / f"x{kind.kind.suffix}", kind)
    loudness, peak = ebur128(made.output)
    assert loudness == pytest.approx(-16.0, abs=0.3)
    assert peak <= -1.0
    assert made.loudness_lufs == pytest.approx(loudness, abs=0.1)
    assert made.true_peak_dbtp == pytest.approx(peak, abs=0.2)
    assert made.notes == ()
    assert made.mastering["encodes"] <= 3
    assert (made.mastering["encodes"] == 1) >= kind.kind.lossless


def test_peaks_that_the_encoder_raises_too_far_are_met_with_a_lower_ceiling(tmp_path: Path) -> None:
    samples = speech_like(12, seed=6, talking=0.9)[: 10 * SAMPLE_RATE] + clicks(10, 0.25)
    soundfile.write(tmp_path / "clicks.wav", samples, SAMPLE_RATE, subtype="FLOAT")
    (tmp_path / "x.md").write_text("[sound clicks.wav]\n")
    with planned(tmp_path / "x.md", SessionOptions()) as session:
        made = render(session, tmp_path / "x.mp3", Mp3())
    loudness, peak = ebur128(made.output)
    assert loudness == pytest.approx(-16.0, abs=0.3)
    assert peak <= -1.0
    assert made.mastering["encodes"] > 1
    assert made.mastering["ceiling_dbtp"] < -1.9


@pytest.mark.parametrize("kind", [Mp3(), Opus()], ids=["mp3", "opus"])
def test_for_the_night_it_is_softer(script: Path, tmp_path: Path, kind: Format) -> None:
    with planned(script, SessionOptions(profile="sleep")) as session:
        made = render(session, tmp_path / f"x{kind.kind.suffix}", kind)
    loudness, peak = ebur128(made.output)
    assert loudness == pytest.approx(-20.0, abs=0.3)
    assert peak <= -1.0
    assert made.mastering["profile"] == "sleep"


READ = """---
bed: {bed}
voice: system
---
# Chapter one
Sit down, and let your shoulders fall. Breathe in slowly, and let it go. Now close your eyes. [pause 2s]
Lay both hands on your cheeks. Feel how warm they are, and rest there for a while.
"""


def astats(path: Path) -> dict[str, float]:
    """ffmpeg's view: overall levels in dB."""
    told = ffmpeg("-i", path, "-af", "astats", "-f", "null", "-").stderr.decode().split("Overall")[1]
    rows = [row.split("] ")[-1].partition(": ") for row in told.splitlines() if ": " in row]
    return {name: float(value) for name, _, value in rows if value.replace("-", "").replace(".", "").isdigit()}


def windows(path: Path, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """RMS of each stretch of the file as ffmpeg decodes it, in dB."""
    samples = np.frombuffer(ffmpeg("-v", "error", "-i", path, "-f", "f32le", "pipe:1").stdout, "<f4").astype(np.float64)
    size = round(seconds * SAMPLE_RATE) * 2
    parts = samples[: len(samples) // size * size].reshape(-1, size)
    levels: np.ndarray[tuple[int], np.dtype[np.float64]] = 10 * np.log10((parts**2).mean(axis=1) + 1e-12)
    return levels


@pytest.mark.parametrize(("bed", "kind"), [("brown", Mp3(192)), ("none", Mp3(192)), ("brown", KINDS["flac"].format())])
def test_an_audiobook_is_as_shops_ask(tmp_path: Path, bed: str, kind: Format) -> None:
    (tmp_path / "x.md").write_text(READ.format(bed=bed))
    with planned(tmp_path / "x.md", SessionOptions(profile="audiobook")) as session:
        made = render(session, tmp_path / f"x{kind.kind.suffix}", kind)
    found = astats(made.output)
    assert -23 <= found["RMS level dB"] <= -18
    assert found["Peak level dB"] <= -3
    assert ebur128(made.output)[1] <= -3
    assert made.mastering["rms_db"] == pytest.approx(found["RMS level dB"], abs=0.1)
    levels = windows(made.output, 0.1)
    assert levels[:9].max() < -60  # a head of almost a second
    assert levels[-12:].max() < -60  # a tail of more than one
    assert levels[3:9].min() > -100  # of room tone and not of nothing
    pause = windows(made.output, 0.5).tolist()
    assert sorted(pause)[4] < -60  # the pause too, not only the ends
    assert 0.5 <= made.mastering["head_seconds"] <= 1.05
    assert 1.0 <= made.mastering["tail_seconds"] <= 5.0
    assert made.mastering["noise_floor_db"] <= -60
    assert made.notes == ()


# -- the decision to encode again

PODCAST = Requirement(PROFILES["podcast"], -16.0)
SHOP = Requirement(PROFILES["audiobook"], -20.0)


def heard(loudness: float = -16.0, true_peak: float = -1.5, rms: float | None = None) -> FileMeasurement:
    return FileMeasurement((), loudness, true_peak, None if rms is None else Ends(rms, -70.0, 0.9, 2.0))


@pytest.mark.parametrize("loudness", [-16.14, -16.0, -15.86])
def test_what_is_near_enough_is_kept(loudness: float) -> None:
    assert next_target(Target(-16.0, -1.9), PODCAST, heard(loudness, -1.0), 0.0) is None


def test_what_the_encoder_changed_is_made_good() -> None:
    target = Target(-16.0, -1.9)
    assert next_target(target, PODCAST, heard(-16.5), 0.0) == Target(pytest.approx(-15.5), -1.9)
    assert next_target(target, PODCAST, heard(-15.6), 0.0) == Target(pytest.approx(-16.4), -1.9)
    assert next_target(target, PODCAST, heard(true_peak=-0.7), 0.0) == Target(-16.0, pytest.approx(-2.4))
    assert next_target(target, PODCAST, heard(-16.13, -0.73), 0.0) == Target(pytest.approx(-15.9), pytest.approx(-2.4))


def test_what_mastering_could_not_give_is_not_asked_for_again() -> None:
    assert next_target(Target(-16.0, -1.9), PODCAST, heard(-18.0), 2.0) is None
    assert next_target(Target(-16.0, -1.9), PODCAST, heard(-15.0), 2.0) == Target(-17.0, -1.9)


def test_a_broadcaster_is_told_of_two_tenths() -> None:
    broadcast = Requirement(PROFILES["broadcast"], -23.0)
    assert notes(broadcast, heard(-23.2), 0.0) == ()
    assert notes(broadcast, heard(-23.25), 0.0) == ("The session's loudness is -23.2 LUFS instead of -23.0.",)


def test_a_site_that_takes_no_such_file_is_named() -> None:
    profile = PROFILES["insight-timer"]
    assert list(upload_notes(profile, "mp3", 500_000_000)) == []
    kind, size = upload_notes(profile, "wav", 700_000_000)
    assert kind == "The profile insight-timer asks for a file of the kind mp3, and this is wav."
    assert size.startswith("The file has 700 MB; the profile insight-timer allows 500.")
    assert list(upload_notes(PROFILES["podcast"], "wav", 700_000_000)) == []


def test_silence_is_kept() -> None:
    assert next_target(Target(-16.0, -1.9), PODCAST, heard(-math.inf, -math.inf), 0.0) is None
    assert notes(PODCAST, heard(-math.inf, -math.inf), 0.0) == (
        "The session is silent.",
    )  # fmt: skip


@pytest.mark.parametrize(("rms", "better"), [(-22.6, None), (-18.4, None), (-22.9, 0.9), (-17.0, -5.0)])
def test_for_a_shop_rms_decides(rms: float, better: float | None) -> None:
    target = Target(-17.0, -3.5)
    expected = None if better is None else Target(pytest.approx(-17.0 + better), -3.5)
    assert next_target(target, SHOP, heard(-17.0, -3.5, rms), 0.0) == expected


def test_a_person_is_told_what_is_not_as_it_should_be() -> None:
    assert notes(PODCAST, heard(-16.29), 0.0) == ()
    assert notes(PODCAST, heard(-16.4), 0.0) == ("The session's loudness is -16.4 LUFS instead of -16.0.",)
    assert "because its peaks allow no more" in notes(PODCAST, heard(-19.0), 3.0)[0]
    fine = heard(-17.0, -3.5, -20.0)
    assert notes(SHOP, fine, 0.0) == ()
    told = notes(SHOP, replace(fine, ends=Ends(-25.0, -50.0, 3.0, 0.2)), 0.0)
    assert [note.split(";")[0] for note in told] == [
        "The session's level is -25.0 dB RMS", "The quietest half second has -50.0 dB RMS",
        "The session begins with 3.0 s of quiet", "The session ends with 0.2 s of quiet",
    ]  # fmt: skip


def test_a_file_is_heard_as_other_meters_hear_it() -> None:
    samples = np.concatenate([tone(3, -70), tone(9, -23), tone(2, -70)])
    meter = StretchMeter(0, len(samples), levels=True, last=True)
    meter.feed(samples[:50_000])
    meter.feed(samples[50_000:])
    found = FileMeasurement.of(meter.measures(), SHOP.profile.shop)
    assert found.loudness == pytest.approx(-23.0, abs=0.2)  # windows that reach into the quiet
    assert found.true_peak == pytest.approx(-23.0, abs=0.1)
    assert found.ends is not None
    assert (found.ends.head, found.ends.tail) == pytest.approx((3.0, 2.0), abs=0.05)
    assert [seconds for seconds, _ in found.curve] == [at + 1.5 for at in range(12)]
    assert FileMeasurement.of(meter.measures(), None).ends is None
