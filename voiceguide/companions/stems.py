"""The buses of a mix as files of their own, for work in an audio editor.

Float WAV, since nothing limits a mix before mastering; their sum is that mix. Beside them lies a label track as
Audacity imports it: a row for each event, with its start and end in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import soundfile

from voiceguide.atomic import disk_full
from voiceguide.audio.resampling import resampled, resampled_length
from voiceguide.audio.stream import FramesDone, Samples
from voiceguide.encoder.pcm import wav_container
from voiceguide.mixing.mixer import Mixer
from voiceguide.timeline import Event, Timeline, Track
from voiceguide.units import SAMPLE_RATE, samples_at, seconds

_FRAME_BYTES = 2 * 4
_HEAD = 128  # bytes in which libsndfile's PEAK chunk lies
_PEAK_TIME = 12  # bytes of that chunk before the time of writing


def write_stem(mixer: Mixer, bus: Track, path: Path, progress: FramesDone) -> None:
    """Writes one bus of the mix as it is before mastering, as long as the session, stereo, at the sample rate
    of the session's file.

    The file ``path`` is overwritten. Raises OutputError.
    """
    rate = mixer.timeline.sample_rate
    length = samples_at(rate, mixer.timeline.frames)
    container = wav_container(length * _FRAME_BYTES)
    try:
        with soundfile.SoundFile(path, "w", rate, 2, subtype="FLOAT", format=container) as file:
            for block in _at(rate, mixer.blocks(bus=bus)):
                file.write(block)
                progress(resampled_length(file.frames, rate, SAMPLE_RATE))
        whole = soundfile.info(str(path)).frames == length  # libsndfile reports no error on closing
    except (soundfile.LibsndfileError, AssertionError) as error:  # soundfile asserts that all of it was written
        raise disk_full("A stem") from error
    if not whole:
        raise disk_full("A stem")
    with path.open("r+b") as head:
        at = head.read(_HEAD).find(b"PEAK")
        if at >= 0:  # without the time, the same mix gives the same bytes
            head.seek(at + _PEAK_TIME)
            head.write(bytes(4))


def _at(rate: int, blocks: Iterator[Samples]) -> Iterator[Samples]:
    return blocks if rate == SAMPLE_RATE else resampled(blocks, SAMPLE_RATE, rate)


def labels(timeline: Timeline) -> str:
    """An Audacity label track: chapters, marked with ``#``, and events, in order of their start."""
    rows = [(chapter.start, chapter.end, f"# {chapter.title}") for chapter in timeline.chapters]
    rows += [(event.start, event.end, _label(event)) for event in timeline.events]
    rows.sort(key=lambda row: row[0])
    return "".join(f"{seconds(start):.6f}\t{seconds(end):.6f}\t{' '.join(text.split())}\n" for start, end, text in rows)


def _label(event: Event) -> str:
    match event.kind:
        case "speech":
            return event.text or "speech"
        case "breath":
            return f"breath {event.phase} {event.cycle}"
        case "pause" | "hold":
            return event.kind
        case _:
            return f"{event.kind} {event.text or ''}"
