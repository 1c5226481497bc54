import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC
from mutagen.wave import WAVE

from tests.support.paths import ROOT
from tests.support.waiting import HANGS
from voiceguide.audio.stream import Samples
from voiceguide.encoder import pcm
from voiceguide.encoder.cover import Cover
from voiceguide.encoder.encode import encode
from voiceguide.encoder.format import Encoded
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.timeline import ChapterRange

RATE = 44_100
FRAMES = 50_001
COVER = Cover(b"\xff\xd8 odd", "image/jpeg", 10, 10)
TAGS = Tags(
    "Tést", FRAMES, artist="Ada", album="Ruhe", date="2024", comment="c", text=((0, "Hello."),), cover=COVER,
    chapters=(ChapterRange("Öne", 0, RATE), ChapterRange("Two", RATE, FRAMES)),
)  # fmt: skip


def sound() -> Samples:
    noise = np.random.default_rng(2).uniform(-1, 1, (FRAMES, 2)).astype(np.float32)
    noise[:4, 0] = 1.0, -1.0, 2.0**-23, 1.4 * 2.0**-23
    return noise


def write(place: Path, kind: str) -> Encoded:
    whole = sound()
    whole = whole * np.float32(0.9) if kind == "mp3" else whole
    return encode((whole[at : at + 999] for at in range(0, FRAMES, 999)), place, kind, TAGS)


def expected() -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.minimum(np.rint(sound().astype(np.float64) * 2**23), 2**23 - 1).astype(np.int64)


@pytest.mark.parametrize("kind", ["flac", "wav"])
def test_every_sample_is_kept_to_24_bits(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"x.{kind}"
    assert write(file, kind) == Encoded(FRAMES, file.stat().st_size)
    found, rate = soundfile.read(file, dtype="int32")
    assert rate == RATE
    assert soundfile.info(str(file)).subtype == "PCM_24"
    assert np.array_equal(found.astype(np.int64) >> 8, expected())
    assert list(found[:4, 0] >> 8) == [2**23 - 1, -(2**23), 1, 1]


@pytest.mark.parametrize("kind", ["flac", "wav"])
def test_ffmpeg_hears_the_same_and_finds_tags_and_chapters(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"x.{kind}"
    write(file, kind)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(file), "-map", "0:a", "-f", "s32le", "-"]
    run = subprocess.run([*command[:-2], "s32le", "-"], capture_output=True, check=True, timeout=HANGS)
    assert np.array_equal(np.frombuffer(run.stdout, "<i4").reshape(-1, 2).astype(np.int64) >> 8, expected())
    with av.open(str(file)) as container:
        chapters = [(c["start"] * c["time_base"], c["metadata"]["title"]) for c in container.chapters()]
        metadata = {name.lower(): text for name, text in container.metadata.items()}
    assert chapters == [(0, "Öne"), (1, "Two")]
    assert (metadata["title"], metadata["artist"], metadata["date"]) == ("Tést", "Ada", "2024")


def test_flac_holds_comments_and_cover_without_padding(tmp_path: Path) -> None:
    file = tmp_path / "x.flac"
    write(file, "flac")
    found = FLAC(file)
    assert found["title"] == ["Tést"]
    assert found["lyrics"] == ["Hello."]
    assert found["chapter002"] == ["00:00:01.000"]
    assert [picture.data for picture in found.pictures] == [COVER.data]
    assert not any(block.code == 1 and block.length for block in found.metadata_blocks)


def test_wav_holds_an_id3_chunk_and_riff_notes(tmp_path: Path) -> None:
    file = tmp_path / "x.wav"
    write(file, "wav")
    tags = WAVE(file).tags
    assert str(tags["TIT2"]) == "Tést"
    assert tags["APIC:"].data == COVER.data
    assert tags["CHAP:chp1"].start_time == 1000
    data = file.read_bytes()
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert b"INAM" in data[:200]
    assert len(data) % 2 == 0


def test_a_wav_too_large_for_riff_is_rf64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcm, "_LARGEST_WAV", FRAMES * 6 - 1)
    file = tmp_path / "x.wav"
    write(file, "wav")
    data = file.read_bytes()
    assert data[:4] == b"RF64"
    assert data[12:16] == b"ds64"
    assert int.from_bytes(data[20:28], "little") == len(data) - 8
    found, _ = soundfile.read(file, dtype="int32")
    assert np.array_equal(found.astype(np.int64) >> 8, expected())
    with av.open(str(file)) as container:
        assert container.metadata["title"] == "Tést"
        assert len(container.chapters()) == 2


@pytest.mark.parametrize("kind", ["flac", "wav", "mp3"])
def test_another_process_at_another_time_writes_the_same_bytes(tmp_path: Path, kind: str) -> None:
    write(tmp_path / "first", kind)
    code = (
        "import sys\nfrom pathlib import Path\nsys.path.insert(0, sys.argv[1])\n"
        "from tests.encoder import test_pcm\ntest_pcm.write(Path(sys.argv[2]), sys.argv[3])\n"
    )
    time.sleep(1.1)  # a date in the file would have another second
    arguments = [str(ROOT), str(tmp_path / "second"), kind]
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, timeout=HANGS, env=environment)
    digests = {hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("first", "second")}
    assert len(digests) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_too_loud_is_refused_and_never_wraps_around(tmp_path: Path, kind: str) -> None:
    loud = np.full((100, 2), 1.01, np.float32)
    with pytest.raises(OutputError, match="louder than a file can hold"):
        encode([loud], tmp_path / "x", kind, Tags("Test", 100))


@pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX limits")
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    code = (
        "import resource, sys\nfrom pathlib import Path\nsys.path.insert(0, sys.argv[1])\n"
        "from tests.encoder import test_pcm\nfrom voiceguide.errors import OutputError\nfrom voiceguide.atomic import atomic\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "try:\n    with atomic(Path(sys.argv[2])) as part:\n        test_pcm.write(part, sys.argv[3])\n"
        "except OutputError as error:\n    print(error)\n"
    )
    arguments = [str(ROOT), str(tmp_path / "x"), kind]
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=HANGS)
    assert "could not be written" in run.stdout, run.stderr
    assert run.returncode == 0
    assert list(tmp_path.iterdir()) == []
