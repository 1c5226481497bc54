"""A short session with all that a file can say about itself, and what ffmpeg's libraries find in a file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from tests.support.audio import ffmpeg
from tests.support.signals import Samples, tone
from voiceguide.encoder.cover import Cover
from voiceguide.encoder.encode import encode
from voiceguide.encoder.format import Format
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.tags import Tags
from voiceguide.timeline import ChapterRange

RATE = 44_100
FRAMES = 5 * RATE + 123
STARTS = (0, RATE + 5, 3 * RATE)

FORMATS: dict[str, Format] = {**{name: kind.format() for name, kind in KINDS.items()}, "mp3 vbr": Mp3(vbr=4)}
"""Every kind with its usual settings, and MP3 once more with a variable bit rate."""


def picture() -> Cover:
    file = io.BytesIO()
    Image.new("RGB", (16, 12), "teal").save(file, "JPEG")
    return Cover(file.getvalue(), "image/jpeg", 16, 12)


TAGS = Tags(
    "Ruhe = ; # \\ “now”",
    FRAMES,
    artist="Ada Löw",
    album="Evenings",
    date="2024-05-31",
    language="de",
    comment="First line\nsecond line",
    chapters=tuple(
        ChapterRange(title, start, end)
        for title, start, end in zip(("Öl = ;#", "Two", "Three"), STARTS, (*STARTS[1:], FRAMES), strict=True)
    ),
    text=((RATE // 2, "Guten Abend."), (2 * RATE, "Schließe <die> Augen.")),
    cover=picture(),
)


def sound(frames: int = FRAMES) -> Samples:
    """A tone under hiss, louder on the right, so that no two stretches are alike."""
    hiss = np.random.default_rng(5).standard_normal((frames, 2)).astype(np.float32)
    return tone(frames / RATE, -12, 330) * np.array((0.6, 1.0), np.float32) + 0.03 * hiss


def write(place: Path, kind: Format, tags: Tags = TAGS, samples: Samples | None = None) -> Path:
    samples = sound(tags.frames) if samples is None else samples
    encoded = encode((samples[at : at + 7777] for at in range(0, len(samples), 7777)), place, kind, tags)
    assert (encoded.frames, encoded.size) == (tags.frames, place.stat().st_size)
    return place


def heard(path: Path) -> Samples:
    """What ffmpeg decodes, ``(frames, 2)``, at the file's own rate."""
    return np.frombuffer(
        ffmpeg("-v", "error", "-i", path, "-map", "0:a", "-f", "f32le", "pipe:1").stdout, "<f4"
    ).reshape(-1, 2)


@dataclass(frozen=True)
class Probe:
    """Seconds, chapters (start, end, title), tags by their names in small letters, and the cover's bytes."""

    seconds: float
    chapters: list[tuple[float, float, str]]
    tags: dict[str, str]
    cover: bytes | None


def probe(path: Path) -> Probe:
    with av.open(str(path)) as file:
        audio = file.streams.audio[0]
        chapters = [tuple(float(c[edge] * c["time_base"]) for edge in ("start", "end")) for c in file.chapters()]
        titles = [c["metadata"]["title"] for c in file.chapters()]
        tags: dict[str, Any] = {**file.metadata, **audio.metadata}
        covers = [bytes(packet) for stream in file.streams.video for packet in [next(file.demux(stream))]]
        assert file.duration is not None
        return Probe(
            file.duration / av.time_base,
            [(*times, title) for times, title in zip(chapters, titles, strict=True)],  # type: ignore[misc]
            {name.lower(): text for name, text in tags.items()},
            covers[0] if covers else None,
        )
