"""The table of file kinds: each row works, and a row and a module are all that a new kind takes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import indent
from typing import Any

import numpy as np
import pytest

from tests.support.audio import decoded
from tests.support.command_line import Run, report
from tests.support.containers import probe, sound
from tests.support.paths import ROOT
from tests.support.streams import InBlocks
from voiceguide.audio.measures import StretchMeter
from voiceguide.encoder.decoding import decode
from voiceguide.encoder.encode import encode_and_measure
from voiceguide.encoder.kinds import BY_SUFFIX, DEFAULT, KINDS
from voiceguide.encoder.tags import Tags

GUIDE = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("### A new file kind")[2].partition("\n##")[0]
SCRIPT = "---\nauthor: Ada\nbed: brown\n---\n# Calm\n[pause 2s]\n# Go\n[chime bell]\n"


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_a_writer_whose_files_decode_to_the_planned_length(tmp_path: Path, name: str) -> None:
    kind, stream = KINDS[name], InBlocks(sound(100_003))
    writer = kind.format()
    assert writer.kind is kind
    file = tmp_path / f"x{kind.suffix}"
    encoded, measures = encode_and_measure(stream, file, writer, Tags("Test", stream.frames))
    assert (encoded.frames, encoded.size) == (stream.frames, file.stat().st_size)
    whole = np.concatenate(list(decode(file)))
    assert whole.shape == stream.samples.shape
    meter = StretchMeter(0, len(whole), last=True)
    meter.feed(whole)
    assert measures == meter.measures()
    off = float(np.abs(whole - stream.samples).max())
    assert off < 1e-6 if kind.lossless else 1e-4 < off < 0.25


def test_a_row_s_bit_rate_is_its_writer_s_usual_one() -> None:
    for kind in KINDS.values():
        assert getattr(kind.format(), "bitrate", 0) == kind.bitrate


def test_kinds_are_found_by_name_and_by_what_files_end_in() -> None:
    assert DEFAULT in KINDS
    assert {kind.name: kind for kind in KINDS.values()} == KINDS
    assert {f".{name}": kind for name, kind in KINDS.items()} == BY_SUFFIX
    assert {name: kind.media_type.partition("/")[0] for name, kind in KINDS.items()} == {
        name: "video" if kind.video else "audio" for name, kind in KINDS.items()
    }


def test_the_table_loads_no_writer() -> None:
    code = (
        "import sys, voiceguide.encoder.kinds\n"
        "print(*(name for name in sys.modules if name.startswith('voiceguide.encoder.')), 'numpy' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["voiceguide.encoder.kinds", "False"]


def test_the_page_about_files_has_a_row_for_each_kind() -> None:
    page = (ROOT / "docs" / "formats.md").read_text("utf-8").partition("| format |")[2].partition("\n\n")[0]
    rows = {row[0]: row[1:] for row in re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*)\|", page, re.MULTILINE)}
    assert {name: about for name, (about, _) in rows.items()} == {name: kind.about for name, kind in KINDS.items()}
    usual = {name: int("0" + "".join(re.findall(r"\((\d+)\)", rates))) for name, (_, rates) in rows.items()}
    assert usual == {name: kind.bitrate for name, kind in KINDS.items()}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which somebody has followed docs/architecture.md, "A new file kind"."""
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "voiceguide", root / "voiceguide", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "sounds").symlink_to(ROOT / "sounds")
    row, module = re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    encoder = root / "voiceguide" / "encoder"
    table = (encoder / "kinds.py").read_text("utf-8")
    end = "\n)\n\nKINDS:"  # of the rows
    assert table.count(end) == 1
    (encoder / "kinds.py").write_text(table.replace(end, f"\n{indent(row.rstrip(), 4 * ' ')},{end}"), "utf-8")
    (encoder / "aiff.py").write_text(module, "utf-8")
    return root


@pytest.fixture
def with_aiff(house: Path, tmp_path: Path, voiceguide: Run) -> Run:
    """The command line of that checkout."""
    (tmp_path / "quiet.md").write_text(SCRIPT)

    def run(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
        return voiceguide(*arguments, **{"PYTHONPATH": str(house), **more})

    return run


def test_a_new_kind_is_rendered_measured_and_tagged(with_aiff: Run, tmp_path: Path) -> None:
    result = with_aiff("render", "quiet.md", "-o", "x.aiff", "--report", "r.json", "--split", "chapters")
    assert result.returncode == 0, result.stderr
    told, file = report(tmp_path / "r.json"), tmp_path / "x.aiff"
    assert (told["format"], told["bytes"]) == ("aiff", file.stat().st_size)
    assert told["loudness_lufs"] == pytest.approx(-16, abs=0.3)
    samples = decoded(file)
    assert len(samples) == told["timeline"]["frames"]
    found = probe(file)
    assert [title for *_, title in found.chapters] == ["Calm", "Go"]
    assert (found.tags["title"], found.tags["artist"]) == ("Calm", "Ada")
    assert found.cover is not None
    parts = [decoded(tmp_path / "x" / name) for name in ("01-calm.aiff", "02-go.aiff")]
    assert np.array_equal(np.concatenate(parts), samples)


def test_the_options_and_the_help_know_a_new_kind(with_aiff: Run, tmp_path: Path) -> None:
    result = with_aiff("render", "quiet.md", "--format", "aiff", "-q")
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "sessions" / "quiet.aiff").is_file()
    told = " ".join(with_aiff("render", "--help").stdout.split())
    assert "mp4|aiff]" in told
    assert "aiff: every sample kept, 24 bits, for Apple's editors" in told
    assert (
        "should end in .mp3, .m4a, .m4b, .opus, .flac, .wav, .mp4, .aiff"
        in with_aiff("render", "quiet.md", "-o", "x.y").stderr
    )
    assert "aiff keeps every sample" in with_aiff("render", "quiet.md", "-o", "x.aiff", "--bitrate", "96").stderr


def test_packs_and_their_server_know_a_new_kind(with_aiff: Run, tmp_path: Path, house: Path) -> None:
    schema = json.loads(with_aiff("pack", "schema").stdout)
    assert schema["properties"]["format"]["enum"] == [*KINDS, "aiff"]
    (tmp_path / "pack.yaml").write_text("title: Calm\nformat: aiff\nsessions: [quiet.md]\n")
    result = with_aiff("pack", "build", "pack.yaml", "-o", "out")
    assert result.returncode == 0, result.stderr
    audio = report(tmp_path / "out" / "manifest.json")["sessions"][0]["files"]["audio"]
    assert Path(audio["path"]).suffix == ".aiff"
    assert audio["media_type"] == "audio/aiff"
    code = (
        "import threading, urllib.request\nfrom pathlib import Path\nfrom voiceguide.publish.server import server\n"
        "running = server(Path('out'))\nthreading.Thread(target=running.serve_forever, daemon=True).start()\n"
        "file = urllib.request.urlopen(f'http://127.0.0.1:{running.server_port}/" + audio["path"] + "')\n"
        "print(file.headers['Content-Type'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(house)}
    served = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert served.stdout == "audio/aiff\n", served.stderr


def test_the_module_that_is_shown_is_as_clean_as_the_others(house: Path) -> None:
    files = [house / "voiceguide" / "encoder" / name for name in ("aiff.py", "kinds.py")]
    for check in (("check",), ("format", "--check")):
        command = [sys.executable, "-m", "ruff", *check, "--config", ROOT / "pyproject.toml", *files]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
