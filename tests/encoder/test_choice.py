"""Bit rates as a person writes them, with and without a profile."""

from __future__ import annotations

import pytest

from voiceguide.encoder.choice import chosen
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp4 import M4a, M4b
from voiceguide.encoder.opus import Opus


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_bit_rate_a_kind_has_its_usual_settings(kind: str) -> None:
    assert chosen(kind, None) == KINDS[kind].format()


@pytest.mark.parametrize(
    ("kind", "bitrate", "profile", "expected"),
    [
        ("mp3", "320", None, Mp3(320)),
        ("mp3", "v0", None, Mp3(vbr=0)),
        ("m4a", "64", None, M4a(64)),
        ("m4b", "96", "audiobook", M4b(96)),
        ("opus", "48", "sleep", Opus(48)),
        ("mp3", None, "audiobook", Mp3(192)),
        ("mp3", "224", "audiobook", Mp3(224)),
        ("mp3", "64", "podcast", Mp3(64)),
    ],
)
def test_a_bit_rate_is_kept_as_the_kind_has_it(kind: str, bitrate: str, profile: str, expected: object) -> None:
    found = chosen(kind, bitrate, profile)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("kind", "bitrate", "profile", "message"),
    [
        ("mp3", "100", None, "an MP3's bit rate is one of 64"),
        ("opus", "20", None, "Opus's bit rate goes from 32"),
        ("m4b", "v2", None, "v0 to v9 are for MP3"),
        ("flac", "96", None, "flac keeps every sample"),
        ("wav", "v2", "audiobook", "wav keeps every sample"),
        ("mp3", "160", "audiobook", "the profile audiobook asks for a constant bit rate of 192 kbit/s or more"),
        ("mp3", "v0", "audiobook", "a constant bit rate of 192"),
    ],
)
def test_a_bit_rate_that_cannot_be_is_told(kind: str, bitrate: str, profile: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        chosen(kind, bitrate, profile)
