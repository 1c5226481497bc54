"""What voiceguide is measured against, each the work of one process: ``python contenders.py NAME FOLDER OUTPUT``.

FOLDER holds what :func:`prepare` puts there: the very samples of the session, its spoken lines and sounds as files,
and its plan. The two ways to do without voiceguide are written as somebody would who knows the tools.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

RATE = 44_100
_PIECE = 2 * RATE * 2  # bytes handed to LAME at a time: a second of two channels
_PIECES_AT_ONCE = 2
_BED_SECONDS = 60


def prepare(script: Path, folder: Path) -> None:
    """Puts a session's samples, plan, spoken lines and sounds into ``folder``."""
    from voiceguide.encoder.format import Quantiser
    from voiceguide.encoder.mp3 import Mp3
    from voiceguide.mastering.forecast import forecast
    from voiceguide.mastering.measurement import measure
    from voiceguide.mastering.solve import solve
    from voiceguide.mastering.target import Target
    from voiceguide.session.options import SessionOptions
    from voiceguide.session.session import planned
    from voiceguide.sounds.beds import bed

    folder.mkdir(parents=True)
    with planned(script, SessionOptions(jobs=2)) as session:
        mixer = session.mixer()
        master = solve(mixer, forecast(mixer) or measure(mixer), Target(-16.0, -2.0))
        quantise = Quantiser(16, gain=1.0 / Mp3().lame_scale)
        with (folder / "session.s16").open("wb") as raw:
            for block in master.apply(mixer).blocks():
                raw.write(quantise(block).tobytes())
        rows: list[dict[str, Any]] = []
        names: dict[Any, str] = {}
        for event, clip in session.timeline.sounding():
            if clip.source not in names:
                name = names[clip.source] = f"{len(names)}.wav"
                samples = session.clips.samples(clip.source)
                stereo = samples if samples.ndim == 2 else np.stack((samples, samples), axis=1)
                soundfile.write(folder / name, stereo * 10 ** (clip.level / 20), RATE, "PCM_16")
            row = {"track": event.track, "start": event.start, "frames": clip.frames, "file": names[clip.source]}
            rows.append(row | {"text": event.text if event.kind == "speech" else None})
        (folder / "plan.json").write_text(json.dumps({"frames": session.timeline.frames, "clips": rows}))
        noise = bed(session.timeline.events[0].bed or _bed_of(session), session.clips.sounds)
        soundfile.write(folder / "bed.wav", noise.read(0, _BED_SECONDS * RATE) * 10 ** (-24 / 20), RATE, "PCM_16")


def _bed_of(session: Any) -> Any:
    return next(event.bed for event in session.timeline.events if event.bed is not None)


def lame(folder: Path, output: Path) -> None:
    """LAME alone, with the settings of a session, on the finished samples."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(2)
    encoder.set_bit_rate(128)
    encoder.set_quality(5)
    with (folder / "session.s16").open("rb") as raw, output.open("wb") as file:
        while piece := raw.read(_PIECE * _PIECES_AT_ONCE):
            file.write(encoder.encode(piece))
        file.write(encoder.flush())


def voice(folder: Path, output: Path) -> None:
    """The system's voice alone: every line of the session to a file by pyttsx3, in one process."""
    for _ in _spoken(folder, output.with_suffix("")):
        pass


def pydub(folder: Path, output: Path) -> None:
    """pyttsx3 and pydub: ``+=`` line by line and pause by pause, ``overlay`` for sounds and bed, ``export``."""
    import imageio_ffmpeg
    from pydub import AudioSegment

    folder, output = folder.resolve(), output.resolve()
    AudioSegment.converter = imageio_ffmpeg.get_ffmpeg_exe()
    plan = _plan(folder)
    session = AudioSegment.empty()
    for row, path in _spoken(folder, output.with_suffix("")):
        session += AudioSegment.silent(max(0, _milliseconds(row["start"]) - len(session)), RATE)
        session += AudioSegment.from_wav(path).set_frame_rate(RATE).set_channels(2)
    session += AudioSegment.silent(max(0, _milliseconds(plan["frames"]) - len(session)), RATE)
    for row in plan["clips"]:
        if row["text"] is None:
            sound = AudioSegment.from_wav(folder / row["file"])
            session = session.overlay(sound, position=_milliseconds(row["start"]))
    session = session.overlay(AudioSegment.from_wav(folder / "bed.wav") - 6, loop=True)
    session = session.apply_gain(min(-16 - session.dBFS, -1 - session.max_dBFS))
    session.export(output, format="mp3", bitrate="128k", tags={"title": "Session"})


def ffmpeg(folder: Path, output: Path) -> None:
    """One ffmpeg filter graph from the same clips: ducking by a side chain, loudness by ``loudnorm``."""
    import imageio_ffmpeg

    plan = _plan(folder)
    tracks = [[row for row in plan["clips"] if (row["text"] is None) is sound] for sound in (False, True)]
    lists = [_concatenated(folder, output.with_suffix(f".{number}"), rows) for number, rows in enumerate(tracks)]
    seconds = plan["frames"] / RATE
    graph = (
        "[0:a]asetpts=N/SR/TB,apad,asplit[voice][key];[1:a]asetpts=N/SR/TB,apad[sounds];"
        "[2:a][key]sidechaincompress=threshold=0.03:ratio=4:attack=300:release=1500[bed];"
        "[voice][sounds][bed]amix=3:normalize=0:duration=longest,"
        f"atrim=0:{seconds},loudnorm=I=-16:TP=-1:LRA=11,aresample={RATE}[out]"
    )
    inputs = [part for path in lists for part in ("-f", "concat", "-safe", "0", "-i", str(path))]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *inputs]
    command += ["-stream_loop", "-1", "-i", str(folder / "bed.wav"), "-filter_complex", graph, "-map", "[out]"]
    subprocess.run([*command, "-c:a", "libmp3lame", "-b:a", "128k", str(output)], check=True)


def _plan(folder: Path) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((folder / "plan.json").read_text())
    return plan


def _milliseconds(frames: int) -> int:
    return round(frames * 1000 / RATE)


def _spoken(folder: Path, place: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """Each spoken line of the plan, and the file into which pyttsx3 has said it."""
    from voiceguide.speech.engines.system import espeak

    folder, place = folder.resolve(), place.resolve()
    place.mkdir(exist_ok=True)
    espeak.prepare()
    espeak.enter_data_folder()
    import pyttsx3

    engine = pyttsx3.init()
    engine.setProperty("rate", 120)
    rows = [row for row in _plan(folder)["clips"] if row["text"] is not None]
    for number, row in enumerate(rows):
        path = place / f"{number}.wav"
        engine.save_to_file(row["text"], str(path))
        engine.runAndWait()
        if path.stat().st_size <= 44:  # now and then a line comes out empty
            engine.save_to_file(row["text"], str(path))
            engine.runAndWait()
        yield row, path


def _concatenated(folder: Path, place: Path, rows: list[dict[str, Any]]) -> Path:
    """A list for ffmpeg's concat demuxer: silence up to each clip, then the clip. Overlapping ones follow at once."""
    place.mkdir(exist_ok=True)
    quiet = place / "quiet.wav"
    longest = max([row["start"] for row in rows], default=0)
    soundfile.write(quiet, np.zeros((min(longest, 120 * RATE) + RATE, 2), np.int16), RATE, "PCM_16")
    lines, now = ["ffconcat version 1.0"], 0.0
    for row in rows:
        gap = row["start"] / RATE - now
        if gap > 0.001:
            lines += [f"file '{quiet.resolve()}'", f"outpoint {gap:.6f}"]
            now += gap
        lines.append(f"file '{(folder / row['file']).resolve()}'")
        now += row["frames"] / RATE
    path = place / "list.txt"
    path.write_text("\n".join(lines) + "\n")
    return path


CONTENDERS: dict[str, Callable[[Path, Path], None]] = {
    "prepare": prepare,
    "lame": lame,
    "voice": voice,
    "pydub": pydub,
    "ffmpeg": ffmpeg,
}

if __name__ == "__main__":
    CONTENDERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
