"""Finished sessions as ``voiceguide listen`` hears them: ``python -m tests.benchmarks.listened [ROUTINE…] [--voice V]``.

Renders every routine that comes with voiceguide (or those that are named) as an MP3, hears it, and prints a table in
Markdown; what is not as planned goes to standard error. With ``--faults`` each routine is also heard with each of the
faults of ``tests/listening/faults.py``, and the table tells how many of them are found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import soundfile

import voiceguide
from tests.listening import faults
from voiceguide import SAMPLE_RATE, Session
from voiceguide.listening import listen
from voiceguide.speech.recognition import Recogniser, recogniser

FAULTS = (
    faults.removed,
    faults.cut_out,
    faults.doubled,
    faults.swapped,
    faults.short_pause,
    faults.no_chime,
    faults.loud_chime,
    faults.late_breath,
    faults.late_line,
    faults.loud_bed,
    faults.broken_off,
    faults.strange_voice,
    faults.shifted,
)


def _found(session: Session, folder: Path, ear: Recogniser) -> str:
    """How many of the faults that a session can have are found."""
    tried, found = 0, 0
    for fault in FAULTS:
        try:
            sound = fault(session)
        except IndexError:  # it has no such line, pause or breath
            continue
        path = folder / "faulty.wav"
        soundfile.write(path, sound, SAMPLE_RATE, "FLOAT")
        tried += 1
        heard = listen(path, session.planned, ear if fault is faults.strange_voice else None)
        found += not heard.ok
        if heard.ok:
            print(f"{session.title}: {fault.__name__} is not found", file=sys.stderr, flush=True)
    return f"{found} of {tried}"


def _in_english(script: Path) -> bool:
    """Whether the recogniser that comes along knows the script's language."""
    routine = voiceguide.read(script).routine
    return routine is not None and routine.settings.language.startswith("en")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("routines", nargs="*")
    parser.add_argument("--voice", default="auto")
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    routines = {name: path for name, path in voiceguide.list_routines().items() if _in_english(path)}
    print("| routine | length | verdict | errors | warnings | words | understood | faults found | heard in |")
    print("|---|---:|---|---:|---:|---:|---:|---:|---:|")
    ear = recogniser("en")
    for name in options.routines or sorted(routines):
        with tempfile.TemporaryDirectory() as folder, voiceguide.plan(routines[name], voice=options.voice) as session:
            path = Path(folder) / f"{name}.mp3"
            session.render(path)
            begin = time.process_time()
            heard = listen(path, session.planned, ear)
            taken = time.process_time() - begin
            found = _found(session, Path(folder), ear) if options.faults else "–"
        said, understood = heard.words
        share = f"{understood / said:.1%}" if said else "–"
        verdict = "as planned" if heard.ok else "not as planned"
        cells = [name, f"{session.seconds:.0f} s", verdict, heard.count("error"), heard.count("warning"), said, share]
        print("| " + " | ".join(map(str, [*cells, found, f"{taken:.0f} s"])) + " |", flush=True)
        for finding in heard.findings:
            print("   ", finding, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
