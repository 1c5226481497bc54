"""Files at 48 kHz: the session's sound and length to the sample, whole, in parts, and as it is measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.containers import FORMATS, FRAMES, STARTS, TAGS, heard, probe, sound, write
from tests.support.streams import InBlocks
from voiceguide.audio.measures import StretchMeter
from voiceguide.audio.resampling import Resampled
from voiceguide.audio.stream import Samples
from voiceguide.encoder.decoding import decode
from voiceguide.encoder.encode import encode_and_measure
from voiceguide.encoder.format import Encoding
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.info_frame import FRAME
from voiceguide.encoder.split import parts, split
from voiceguide.encoder.tags import Tags
from voiceguide.kept import Kept
from voiceguide.units import SAMPLE_RATE, samples_at

RATE = 48_000


@pytest.mark.parametrize("name", FORMATS)
def test_every_kind_of_file_can_have_48_khz(tmp_path: Path, name: str) -> None:
    kind = FORMATS[name].with_rate(RATE)
    file = write(tmp_path / f"x{kind.kind.suffix}", kind)
    decoded = heard(file)
    assert len(decoded) == samples_at(RATE, FRAMES)
    whole = np.concatenate(list(Resampled(InBlocks(sound(FRAMES)), RATE).blocks()))
    off = float(np.abs(decoded - whole)[10:].max())
    assert off < 1e-5 if kind.kind.lossless else off < 0.25
    assert _lag(decoded, whole) == 0
    again = np.concatenate(list(decode(file, rate=RATE)))
    assert len(again) == FRAMES
    found = probe(file)
    assert found.seconds == pytest.approx(FRAMES / SAMPLE_RATE, abs=0.03)
    assert [start for start, *_ in found.chapters] == pytest.approx([at / SAMPLE_RATE for at in STARTS], abs=0.001)


def _lag(found: Samples, expected: Samples) -> int:
    """Samples by which the hiss in ``found`` is later."""
    hiss, own = np.diff(expected[:, 0])[4000:-4000], np.diff(found[:, 0])
    return int(np.argmax([hiss @ own[4000 + lag :][: len(hiss)] for lag in range(-40, 41)])) - 40


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("m4b", "opus", "wav")])
def test_parts_at_48_khz_joined_are_the_whole(tmp_path: Path, name: str) -> None:
    kind = FORMATS[name].with_rate(RATE)
    whole = write(tmp_path / f"whole{kind.kind.suffix}", kind)
    made = [part for part, _ in split(whole, kind, parts(TAGS, tmp_path / "parts", kind.kind.suffix))]
    pieces = [heard(part.path) for part in made]
    edges = [samples_at(RATE, part.start) for part in made] + [samples_at(RATE, FRAMES)]
    assert [len(piece) for piece in pieces] == np.diff(edges).tolist()
    assert np.array_equal(np.concatenate(pieces), heard(whole))


def test_a_long_mp3_at_48_khz_is_joined_and_measured_as_any(tmp_path: Path) -> None:
    """A minute, in two parts: the same bytes for any number of jobs, and the measures of what it decodes to."""
    stream, kind, kept = InBlocks(sound(60 * SAMPLE_RATE + 77)), Mp3(quality=9, rate=RATE), Kept(tmp_path / "kept")
    tags, files = Tags("Test", stream.frames), []
    for how in (Encoding(0, levels=True), Encoding(2, kept, levels=True), Encoding(1, kept, levels=True)):
        file = tmp_path / f"{len(files)}.mp3"
        encoded, measures = encode_and_measure(stream, file, kind, tags, how)
        files.append(file.read_bytes())
    assert files[0] == files[1] == files[2]
    assert encoded.frames == stream.frames
    assert soundfile.info(str(file)).frames == samples_at(RATE, stream.frames)
    whole = np.concatenate(list(decode(file)))
    meter = StretchMeter(0, len(whole), levels=True, last=True)
    meter.feed(whole)
    expected = meter.measures()
    assert len(measures.powers) == len(expected.powers)
    assert np.allclose(measures.powers, expected.powers, rtol=5e-3, atol=1e-8)
    assert measures.peak == pytest.approx(expected.peak, rel=1e-3)
    assert measures.levels is not None
    assert expected.levels is not None
    assert measures.levels.rms() == pytest.approx(expected.levels.rms(), abs=1e-3)
    single = tmp_path / "single.mp3"
    kind.write(stream.blocks(), single, tags)
    sent = np.concatenate(list(Resampled(stream, RATE).blocks()))
    noise = [
        np.sqrt(np.square((heard(path) - sent)[: len(sent) // FRAME * FRAME].reshape(-1, 2 * FRAME)).mean(axis=1))
        for path in (file, single)
    ]
    assert np.median(noise[0] / noise[1]) < 1.1
    assert noise[0].max() < 1.3 * noise[1].max()


def test_a_tone_keeps_its_level_and_its_pitch(tmp_path: Path) -> None:
    """LAME turns its input down, and is given that much more, at any sample rate."""
    kind = Mp3(rate=RATE)
    decoded = heard(write(tmp_path / "x.mp3", kind, samples=sound()))
    spectrum = np.abs(np.fft.rfft(decoded[RATE : 3 * RATE, 1] * np.hanning(2 * RATE))) / (RATE / 2)
    assert int(spectrum.argmax()) == 2 * 330
    assert 20 * np.log10(spectrum.max()) == pytest.approx(-12.0, abs=0.1)
