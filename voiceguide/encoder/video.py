"""MP4 with a picture: the sound of an M4A, gapless to the sample, under a film in H.264.

The sound is mastered, encoded and measured first; its packets are then copied beside the film. Chapters are written
as in an M4A. The spoken lines are drawn into the picture, and stand in a text track as well, which players can show
in letters that the picture's font lacks.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from voiceguide.audio.stream import FramesDone
from voiceguide.encoder import ffmpeg
from voiceguide.encoder.atoms import Moov
from voiceguide.encoder.cover import DrawnCover
from voiceguide.encoder.format import Completed, Encoded
from voiceguide.encoder.kinds import KINDS, Kind
from voiceguide.encoder.mp4 import PACKET, M4a, chapter_notes, finish
from voiceguide.encoder.tags import LONGEST_LINE, Tags, clean, clock, language_code, milliseconds
from voiceguide.picture.film import FPS, HEIGHT, WIDTH, Film
from voiceguide.picture.lettering import EXTRA, has_font
from voiceguide.picture.scenes import SCENES, Scene
from voiceguide.scratch import scratch
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE

_COLOURS = ("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
_RAW = ("-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", f"{WIDTH}x{HEIGHT}", "-framerate", str(FPS))
_CODEC = (
    *("-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", "20", "-g", str(10 * FPS)),
    # The same frames give the same bytes: with so many threads everywhere, and the same algorithms on all processors.
    *("-threads", "4", "-x264-params", "cpu-independent=1", "-flags:v", "+bitexact"),
)


@dataclass(frozen=True, slots=True)
class Mp4(M4a):
    """A video of 1080p at 25 frames a second, over AAC-LC at ``bitrate`` kbit/s. ``scene``: what is seen."""

    kind: ClassVar[Kind] = KINDS["mp4"]
    brand: ClassVar[str] = "mp42"

    bitrate: int = kind.bitrate
    scene: Scene = "auto"

    def with_picture(self, scene: str) -> Mp4:
        found = next((one for one in SCENES if one == scene), None)
        if found is None:
            raise ValueError(f"there is no such picture; there are {', '.join(SCENES)}")
        return replace(self, scene=found)

    def completed(
        self, path: Path, encoded: Encoded, tags: Tags, timeline: Timeline, progress: FramesDone | None = None
    ) -> Completed:
        film = Film(timeline, (tags.cover or DrawnCover(tags.title)).data, self.scene)
        with scratch() as folder:
            sound, words, chapters = folder / "sound", folder / "words", folder / "chapters"
            shutil.copyfile(path, sound)
            words.write_text("\n".join(_subtitles(timeline)), "utf-8", newline="\n")
            chapters.write_text("".join(chapter_notes(tags.chapters)), "utf-8", newline="\n")
            notes = ("-f", "ffmetadata", "-i", f"file:{chapters}")
            inputs = (*_RAW, *_COLOURS, "-i", "pipe:0", "-i", f"file:{sound}", *notes)
            texts = ("-f", "srt", "-i", f"file:{words}") if words.stat().st_size else ()
            with ffmpeg.into(path, (*inputs, *texts), tuple(self._outputs(tags, texts=bool(texts)))) as pipe:
                for number, picture in enumerate(film.pictures(), 1):
                    pipe.write(picture.data)
                    if progress and number % FPS == 0:
                        progress(min(tags.frames, number * SAMPLE_RATE // FPS))
        Moov.of(path).hide_texts()  # the picture shows them
        finish(path, self, tags, PACKET, self.samples(tags.frames))
        return Completed(Encoded(encoded.frames, path.stat().st_size), tuple(_notes(film)))

    def _outputs(self, tags: Tags, *, texts: bool) -> Iterator[str]:
        code = language_code(tags.language)
        yield from ("-map", "0:v", "-map", "1:a", *(("-map", "3:s") if texts else ()))
        yield from ("-map_chapters", "2", *_CODEC, *_COLOURS, "-c:a", "copy")
        yield from ("-metadata:s:a:0", f"language={code}")
        if texts:
            yield from ("-c:s", "mov_text", "-metadata:s:s:0", f"language={code}")
        yield from ("-f", "mp4", "-brand", self.brand, "-movie_timescale", str(self.rate), "-movflags", "+faststart")


def _subtitles(timeline: Timeline) -> Iterator[str]:
    """The spoken lines as SubRip has them."""
    number = 0
    for event in timeline.events:
        text = clean(event.text or "", LONGEST_LINE).replace("<", "‹").replace(">", "›")
        if event.kind == "speech" and text:
            number += 1
            begin = milliseconds(event.start)
            times = (begin, max(begin + 1, milliseconds(event.end)))
            yield f"{number}\n{' --> '.join(clock(time).replace('.', ',') for time in times)}\n{text}\n"


def _notes(film: Film) -> Iterable[str]:
    missing = len(film.unwritten)
    if not missing:
        return
    lines = "one line is" if missing == 1 else f"{missing} lines are"
    remedy = "" if has_font() else f' pip install "voiceguide[{EXTRA}]" brings a font with more letters.'
    yield (
        f"In the picture {lines} not shown, since the font lacks some of the letters; players show them from the "
        f"text track.{remedy}"
    )
