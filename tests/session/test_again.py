"""A session again after a change: what lies before it is not encoded again, and the bytes are those of a clean render."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from tests.support.signals import speech_like
from voiceguide.encoder.decoding import decode
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.decoder import Window
from voiceguide.encoder.mp3.parts import Parts
from voiceguide.kept import Kept
from voiceguide.session.options import SessionOptions
from voiceguide.session.render import Report, render
from voiceguide.session.session import planned
from voiceguide.units import SAMPLE_RATE

PLACES = 38
KINDS = [Mp3(quality=9), Mp3(quality=9, vbr=6)]


def script(folder: Path, **changes: str) -> Path:
    """Two minutes and a half of speech over a bed; ``changes`` replace pauses by their number."""
    if not (folder / "said.wav").exists():
        soundfile.write(
            folder / "said.wav", speech_like(13, seed=6, talking=0.9)[8 * SAMPLE_RATE : 11 * SAMPLE_RATE], SAMPLE_RATE
        )
    pauses = [changes.get(f"n{number}", "800ms") for number in range(PLACES)]
    lines = "\n".join(f"[sound said.wav]\n[pause {pause}]" for pause in pauses)
    path = folder / "x.md"
    path.write_text(f"---\nbed: brown\nlevels: {{bed: -7dB}}\ntitle: Again\n---\n# One\n{lines}\n")
    return path


def made(path: Path, kind: Mp3, kept: Kept | None, jobs: int = 2) -> Report:
    with planned(path, SessionOptions()) as session:
        return render(session, path.with_suffix(".mp3"), kind, jobs=jobs, kept=kept)


class Work:
    """Counts the parts that LAME encodes and the windows that are decoded."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.encoded = self.decoded = 0
        encode, decode = Parts._encoded, Window.decoded

        def encoded(parts: Parts, samples: bytes) -> bytes:
            self.encoded += 1
            return encode(parts, samples)

        def decoded(window: Window, frames: list[bytes]) -> object:
            self.decoded += 1
            return decode(window, frames)

        patch.setattr(Parts, "_encoded", encoded)
        patch.setattr(Window, "decoded", decoded)

    def since(self) -> tuple[int, int]:
        done = self.encoded, self.decoded
        self.encoded = self.decoded = 0
        return done


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    return Work(monkeypatch)


@pytest.mark.parametrize("kind", KINDS, ids=["cbr", "vbr"])
def test_after_a_change_the_bytes_are_those_of_a_clean_render(tmp_path: Path, work: Work, kind: Mp3) -> None:
    kept = Kept(tmp_path / "parts")
    first = made(script(tmp_path), kind, kept)
    assert work.since() == (4, 4)
    assert made(script(tmp_path), kind, kept).sha256 == first.sha256
    assert work.since() == (0, 0)
    for number, most in ((PLACES - 2, 2), (PLACES // 2, 3), (0, 4)):
        path = script(tmp_path, **{f"n{number}": "1100ms"})
        again = made(path, kind, kept)
        encoded, decoded = work.since()
        assert 0 < encoded <= most
        assert 0 < decoded <= most + 1
        clean = made(path, kind, None)
        assert work.since() == (4, 4)
        assert again.sha256 == clean.sha256 != first.sha256
        assert again.to_json()["loudness_lufs"] == clean.to_json()["loudness_lufs"]
        assert (again.loudness_curve, again.true_peak_dbtp) == (clean.loudness_curve, clean.true_peak_dbtp)
        assert sum(map(len, decode(path.with_suffix(".mp3")))) == again.encoded.frames == again.session.timeline.frames


def test_no_number_of_jobs_and_no_damage_changes_a_byte(tmp_path: Path, work: Work) -> None:
    kept, path = Kept(tmp_path / "parts"), script(tmp_path)
    clean = made(path, KINDS[0], None, jobs=0)
    work.since()
    for jobs in (0, 1, 2, 3):
        assert made(path, KINDS[0], kept, jobs).sha256 == clean.sha256
        assert work.since() == ((4, 4) if jobs == 0 else (0, 0))
    for number, entry in enumerate(kept.entries()):
        content = entry.path.read_bytes()
        damaged = (content[:-1], content[:100] + bytes([content[100] ^ 1]) + content[101:], b"")[number % 3]
        entry.path.write_bytes(damaged)
    assert made(path, KINDS[0], kept).sha256 == clean.sha256
    assert work.since() == (4, 4)
    kept.entries()[0].path.unlink()
    assert made(path, KINDS[0], kept).sha256 == clean.sha256
    assert sum(work.since()) == 1


def test_other_settings_take_nothing_of_these(tmp_path: Path, work: Work) -> None:
    kept, path = Kept(tmp_path / "parts"), script(tmp_path)
    made(path, KINDS[0], kept)
    work.since()
    for kind in (Mp3(quality=9, bitrate=96), Mp3(quality=8), KINDS[1]):
        made(path, kind, kept)
        assert work.since()[0] in (4, 8)  # 96 kbit/s need a second, lower ceiling


def test_where_nothing_can_be_kept_the_session_is_made_as_ever(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    path = script(tmp_path)
    assert made(path, KINDS[0], Kept(tmp_path / "file")).sha256 == made(path, KINDS[0], None).sha256
