from pathlib import Path
from typing import get_args

from voiceguide.companions.paths import BUSES, Companions
from voiceguide.timeline import Track


def test_every_bus_of_the_mix_is_a_stem() -> None:
    assert get_args(Track) == BUSES == ("voice", "breath", "chimes", "bed")


def test_stems_and_labels_stand_in_their_folder() -> None:
    found = Companions(stems=Path("stems")).stem_paths
    assert [path.as_posix() for path in found] == [
        "stems/voice.wav", "stems/breath.wav", "stems/chimes.wav", "stems/bed.wav", "stems/labels.txt",
    ]  # fmt: skip
    assert Companions().stem_paths == ()


def test_all_files_that_are_known_beforehand_are_named() -> None:
    wanted = Companions(Path("x.vtt"), Path("x.chapters.json"), Path("s"), Path("x.m3u8"))
    assert [path.name for path in wanted.paths[:3]] == ["x.vtt", "x.chapters.json", "x.m3u8"]
    assert wanted.paths[3:] == wanted.stem_paths
    assert Companions().paths == ()
