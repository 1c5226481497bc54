"""Everything once, with what is installed: ``python -m tests.smoke``, for a new system, Python or set of versions.

The suite says whether voiceguide is right; this says in two minutes whether it runs. Each row is one use by a process
of its own; a use whose extra is not installed is skipped and told. Exits 1 if any fails.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_SCRIPT = """---
bed: rain
---
# Begin

Rest your hands, and breathe. [pause ~2s] [breathe 4-6 x1] [chime bowl]

[hold 6s countdown]
"""
_STUDIO = """
import http.cookiejar, threading, time, urllib.request
from pathlib import Path
from voiceguide.studio.server import studio
opened = studio(Path("."))
running = threading.Thread(target=opened.run, daemon=True)
running.start()
while not opened.server.started:
    time.sleep(0.1)
cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
assert urllib.request.build_opener(cookies).open(opened.address).status == 200
opened.server.should_exit = True
running.join()
"""
_LISTEN = """
import soundfile
from voiceguide.recording.takes import for_recogniser
from voiceguide.speech.recognition import recogniser
sound, _ = soundfile.read("x.flac", dtype="float32")
heard = recogniser("en").encode(for_recogniser(sound[: 6 * 44100].mean(axis=1))).transcript().text
assert "breathe" in heard.lower(), heard
"""
_CLUSTER = """
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        print(cluster.scheduler_address)
"""


def _uses() -> Iterator[tuple[str, str | None, list[str]]]:
    """What is tried, the module of the extra that it needs, and the arguments for Python."""
    ours = ["-m", "voiceguide"]
    for kind in ("mp3", "m4b", "opus", "flac", "wav"):
        yield f"render a {kind} file", None, [*ours, "render", "x.md", "-q", "-o", f"x.{kind}"]
    yield "the system's voice", None, [*ours, "render", "x.md", "-q", "-o", "system.mp3", "--voice", "system"]
    yield "Piper's Joe", "piper", [*ours, "render", "x.md", "-q", "-o", "joe.mp3", "--voice", "joe"]
    yield "plan", None, [*ours, "plan", "x.md", "--json"]
    yield "a drawing of the plan", None, [*ours, "plan", "x.md", "--plot", "x.svg"]
    yield "a picture of the plan", "matplotlib", [*ours, "plan", "x.md", "--plot", "x.png"]
    yield "check", None, [*ours, "check", "x.md"]
    yield "import SSML", None, [*ours, "import", "a.ssml", "-o", "ssml.md"]
    yield "import HTML", "pypandoc", [*ours, "import", "a.html", "-o", "html.md"]
    yield "build a pack", None, [*ours, "pack", "build", "pack.yaml", "-q", "-o", "built"]
    yield "the studio", "starlette", ["-c", _STUDIO]
    yield "the language server", "pygls", [*ours, "language-server"]
    yield "speech recognition", "faster_whisper", ["-c", _LISTEN]
    yield "play without a device", "miniaudio", ["-c", "import miniaudio; miniaudio.Devices([miniaudio.Backend.NULL])"]
    yield "Kokoro", "kokoro_onnx", ["-c", "import kokoro_onnx"]
    yield "a cluster", "distributed", ["-c", _CLUSTER]


def main() -> None:
    failed = False
    root = str(Path(__file__).resolve().parents[2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "x.md").write_text(_SCRIPT)
        (folder / "a.ssml").write_text('<speak>Hello <break time="2s"/> there.</speak>')
        (folder / "a.html").write_text("<h1>Begin</h1><p>Hello <b>you</b>.</p>")
        (folder / "pack.yaml").write_text("title: Smoke\nsessions: [{script: x.md}]\n")
        environment = {**os.environ, "VOICEGUIDE_CACHE": str(folder / "cache"), "PYTHONPATH": root}
        for use, module, arguments in _uses():
            if module and importlib.util.find_spec(module) is None:
                print(f"skipped  {use}: {module} is not installed", flush=True)
                continue
            begin = time.monotonic()
            done = subprocess.run(
                [sys.executable, *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            print(f"{'failed' if done.returncode else 'ok':8} {use}, {time.monotonic() - begin:.1f} s", flush=True)
            if done.returncode:
                failed = True
                print(done.stderr[-2000:], flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
