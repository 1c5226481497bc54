"""Every kind of file says what made its voice, where other programs look for it."""

from __future__ import annotations

from pathlib import Path

import mutagen
import numpy as np
import pytest
from mutagen.wave import WAVE

from voiceguide.encoder.encode import encode
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.origin import IPTC, Origin
from voiceguide.encoder.tags import Tags

RATE = 44_100
ENGINE = "hibari:heart (hibari 0.2.1)"


@pytest.mark.parametrize(
    ("engines", "recorded", "trained", "voice", "source"),
    [
        ([ENGINE], False, True, "synthetic", "trainedAlgorithmicMedia"),
        (["system:en-us (eSpeak NG 1.52)"], False, False, "synthetic", "algorithmicMedia"),
        ([ENGINE], True, True, "recorded and synthetic", "compositeWithTrainedAlgorithmicMedia"),
        (["system:en-us (eSpeak NG 1.52)"], True, False, "recorded and synthetic", "compositeSynthetic"),
        ([], True, False, "recorded", "digitalCapture"),
    ],
)
def test_a_voice_is_synthetic_recorded_or_both(
    engines: list[str], recorded: bool, trained: bool, voice: str, source: str
) -> None:
    pairs = dict(Origin.of(engines, recorded=recorded, trained=trained).pairs())
    assert pairs["VOICE"] == voice
    assert pairs["DIGITALSOURCETYPE"] == IPTC + source
    assert pairs.get("VOICE_ENGINE", "") == "; ".join(engines)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".m4b", ".opus", ".flac", ".wav", ".mp4"])
def test_every_kind_of_file_says_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    origin = Origin.of([ENGINE], recorded=False, trained=True)
    silence = np.zeros((RATE, 2), np.float32)
    encode([silence], path, KINDS[suffix[1:]].format(), Tags("Session", RATE, origin=origin))
    file = WAVE(path) if suffix == ".wav" else mutagen.File(path)  # type: ignore[no-untyped-call]
    for name, value in origin.pairs():
        assert _said(file.tags, name) == value


def _said(tags: object, name: str) -> str:
    """A tag's value, under its name in each kind of file."""
    for key in (name.lower(), f"TXXX:{name}", f"----:com.apple.iTunes:{name}"):
        try:
            value = tags[key]  # type: ignore[index]
        except (KeyError, ValueError):
            continue
        first = value[0]
        return first.decode() if isinstance(first, bytes) else str(first)
    return ""
