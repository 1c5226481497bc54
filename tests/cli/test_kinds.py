"""The options for the kind of file and for what comes beside it, as a person meets them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from mutagen.mp3 import MP3, BitrateMode

from tests.support.audio import decoded
from tests.support.command_line import Run, report
from voiceguide.cli.kinds import CompanionOptions, KindOptions, kind_of
from voiceguide.companions.paths import Companions
from voiceguide.encoder.format import Format
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp4 import M4a
from voiceguide.encoder.opus import Opus

SCRIPT = "---\nvoice: system\n---\n# Calm\nRest your hands.\n# Go\nGo on. [chime bell]\n"


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_kind_is_what_a_name_ends_in() -> None:
    assert [kind_of(Path(f"x{kind.suffix}")) for kind in KINDS.values()] == list(KINDS)
    assert kind_of(Path("X.M4B")) == "m4b"


@pytest.mark.parametrize(
    ("kind", "bitrate", "expected"),
    [
        ("mp3", None, Mp3()),
        ("mp3", "192", Mp3(192)),
        ("mp3", "v2", Mp3(vbr=2)),
        ("m4a", "96", M4a(96)),
        ("opus", "64", Opus(64)),
        ("flac", None, KINDS["flac"].format()),
    ],
)
def test_a_bit_rate_is_a_setting_of_the_kind(kind: str, bitrate: str | None, expected: object) -> None:
    assert KindOptions(None, bitrate).of(Path(f"x.{kind}")) == expected


def test_a_video_comes_with_its_description_and_stays_whole(tmp_path: Path, voiceguide: Run) -> None:
    (tmp_path / "calm.md").write_text("# Calm\n[chime wood]\n# Go\n[chime wood]\n")
    result = voiceguide("render", "calm.md", "-o", ".", "--format", "mp4", "--picture", "circle", "--library", "shelf")
    assert result.returncode == 0, result.stderr
    assert written(tmp_path) == [
        *("calm.description.txt", "calm.md", "calm.mp4"),
        *(f"shelf/Calm/{name}" for name in ("calm.mp4", "cover.jpg", "metadata.json")),
    ]
    told = voiceguide("render", "calm.md", "-o", "x.mp4", "--split", "chapters").stderr
    assert "--split chapters: a video stays whole" in told
    told = voiceguide("render", "calm.md", "-o", "x.flac", "--picture", "cover").stderr
    assert "--picture cover: flac has no picture; mp4 has one" in told


def test_a_shop_for_audiobooks_gets_the_bit_rate_it_asks_for() -> None:
    def of(name: str, bitrate: str | None, profile: str) -> Format:
        return KindOptions(None, bitrate).of(Path(name), profile)

    assert of("x.mp3", None, "audiobook") == Mp3(192)
    assert of("x.mp3", "256", "audiobook") == Mp3(256)
    assert of("x.m4b", None, "audiobook") == KINDS["m4b"].format()
    assert of("x.mp3", None, "sleep") == Mp3()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--bitrate", "fast"), "'fast' should be kbit/s, like 192, or for an MP3 v0 to v9"),
        (("--bitrate", "127"), "--bitrate 127: an MP3's bit rate is one of 64, 80"),
        (("--bitrate", "v3", "--format", "opus"), "v0 to v9 are for MP3"),
        (("--bitrate", "96", "--format", "wav"), "wav keeps every sample"),
        (
            ("--bitrate", "v2", "--profile", "audiobook"),
            "the profile audiobook asks for a constant bit rate of 192 kbit/s or more",
        ),
        (
            ("--bitrate", "128", "--profile", "audiobook"),
            "the profile audiobook asks for a constant bit rate of 192 kbit/s or more",
        ),
        (("--profile", "cinema"), "'cinema' is not one of 'podcast', 'sleep', 'audiobook'"),
        (("--captions", "srt"), "'srt' is not one of 'vtt', 'lrc', 'none'"),
        (("--split", "hours"), "'hours' is not 'chapters'"),
        (("-o", "a.mp3", "--report", "a.m3u8", "--split", "chapters"), "a.m3u8 is named twice"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_told_before_any_work(
    arguments: tuple[str, ...], message: str, voiceguide: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(SCRIPT)
    result = voiceguide("render", "a.md", *arguments)
    assert result.returncode == 2
    assert message in " ".join(result.stderr.split())
    assert written(tmp_path) == ["a.md"]


def test_places_of_companions_follow_the_audio() -> None:
    wanted = CompanionOptions(split=True, stems=Path("s"), captions="vtt", chapters=True)
    assert wanted.of(Path("out/x.mp3"), None) == Companions(
        Path("out/x.vtt"), Path("out/x.chapters.json"), Path("s"), Path("out/x.m3u8")
    )
    assert CompanionOptions(split=False, stems=None, captions=None, chapters=False).of(Path("x"), None) == Companions()


def test_all_of_it_at_once(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text(SCRIPT)
    result = voiceguide(
        "render", "calm.md", "-o", "out/calm.mp3", "--bitrate", "v4", "--split", "chapters", "--captions", "lrc",
        "--chapters", "json", "--stems", "out/stems", "--report", "r.json",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert written(tmp_path / "out") == [
        "calm.chapters.json", "calm.lrc", "calm.m3u8", "calm.mp3", "calm/01-calm.mp3", "calm/02-go.mp3",
        "stems/bed.wav", "stems/breath.wav", "stems/chimes.wav", "stems/labels.txt", "stems/voice.wav",
    ]  # fmt: skip
    assert "Beside it: out/calm.lrc, " in result.stderr
    assert "2 files in out/calm" in result.stderr
    told = report(tmp_path / "r.json")
    assert sorted(file["path"] for file in told["files"]) == [
        f"out/{name}" for name in written(tmp_path / "out") if name != "calm.mp3"
    ]
    assert all(file["bytes"] == (tmp_path / file["path"]).stat().st_size for file in told["files"])
    assert MP3(tmp_path / "out/calm.mp3").info.bitrate_mode == BitrateMode.VBR
    parts = [decoded(tmp_path / "out/calm" / name) for name in ("01-calm.mp3", "02-go.mp3")]
    assert np.array_equal(np.concatenate(parts), decoded(tmp_path / "out/calm.mp3"))


def test_a_profile_stands_in_the_place_of_the_script_s_loudness(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text("---\nloudness: -18\n---\n" + SCRIPT.removeprefix("---\nvoice: system\n---\n"))
    for arguments, name, loudness in (((), "podcast", -18), (("--profile", "sleep"), "sleep", -20)):
        result = voiceguide("render", "calm.md", "--voice", "system", "--report", "r.json", *arguments)
        assert result.returncode == 0, result.stderr
        told = report(tmp_path / "r.json")
        assert told["loudness_lufs"] == pytest.approx(loudness, abs=2.0)  # the voice is what is levelled
        assert told["mastering"]["profile"] == name
        assert told["mastering"]["encodes"] == 1
