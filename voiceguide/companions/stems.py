"""The buses of a mix as files of their own, for work in an audio editor.

Float WAV, since nothing limits a mix before mastering; their sum is that mix. Beside them lies a label track as
Audacity imports it: a row for each event, with its start and end in seconds.
"""

from __future__ import annotations

from pathlib import Path

import soundfile

from voiceguide.atomic import disk_full
from voiceguide.audio.stream import FramesDone
from voiceguide.encoder.pcm import wav_container
from voiceguide.mixing.mixer import Mixer
from voiceguide.timeline import Event, Timeline, Track
from voiceguide.units import SAMPLE_RATE, seconds

_FRAME_BYTES = 2 * 4
_HEAD = 128  # bytes in which libsndfile's PEAK chunk lies
_PEAK_TIME = 12  # bytes of that chunk before the time of writing


def write_stem(mixer: Mixer, bus: Track, path: Path, progress: FramesDone) -> None:
    """Writes one bus of the mix as it is before mastering, as long as the session, stereo at 44.1 kHz.

    The file ``path`` is overwritten. Raises OutputError.
    """
    frames = mixer.timeline.frames
    container = wav_container(frames * _FRAME_BYTES)
    try:
        with soundfile.SoundFile(path, "w", SAMPLE_RATE, 2, subtype="FLOAT", format=container) as file:
            for block in mixer.blocks(bus=bus):
                file.write(block)
                progress(file.frames)
        whole = soundfile.info(str(path)).frames == frames  # libsndfile reports no error on closing
    except (soundfile.LibsndfileError, AssertionError) as error:  # soundfile asserts that all of it was written
        raise disk_full("A stem") from error
    if not whole:
        raise disk_full("A stem")
    with path.open("r+b") as head:
        at = head.read(_HEAD).find(b"PEAK")
        if at >= 0:  # without the time, the same mix gives the same bytes
            head.seek(at + _PEAK_TIME)
            head.write(bytes(4))


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
