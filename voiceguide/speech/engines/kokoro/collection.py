"""Kokoro's model and voices, from the page on which they are released."""

from __future__ import annotations

from voiceguide.errors import SpeechError
from voiceguide.progress import ReportStage
from voiceguide.speech.engines.download import Added, fetch, keeping, reaching
from voiceguide.speech.engines.kokoro.files import FILES, FOLDER, PAGE, damaged, folder, is_genuine
from voiceguide.speech.engines.kokoro.voices import HINT, installed, release, speaker
from voiceguide.speech.voice_folders import new_voice_folder


def listed(name: str) -> bool:
    """Whether a name, ``kokoro`` or one of its voices, means this collection."""
    return name.strip().casefold() == "kokoro" or speaker(name) is not None


def add(progress: ReportStage) -> Added:
    """Downloads the model and the voices unless they are installed; a damaged file is replaced.

    They are put where some of them are, else into the first folder that the user names for voices, else into
    voiceguide's own. Raises SpeechError if the package is missing, if they cannot be reached or come damaged;
    OutputError if they cannot be written.
    """
    if release() is None:
        raise SpeechError(f"Kokoro is not installed yet. {HINT}")
    place = folder() or new_voice_folder() / FOLDER
    short = damaged(place)
    with keeping(place):
        wanting = tuple(file for file in FILES if file in short or not is_genuine(place, file))
    total = sum(file.size for file in wanting)
    done = 0
    for file in wanting:
        # bound now, since the next file counts on
        def on(stage: str, count: int, _: int, before: int = done) -> None:
            progress(stage, before + count, total)

        names = " and ".join(each.name for each in FILES)
        with reaching(PAGE, "Kokoro's voices", f"the files {names}, in a folder '{FOLDER}',"):
            fetch(PAGE + file.name, place / file.name, file.size, file.sha256, on)
        done += file.size
    return Added("kokoro", installed(), new=bool(wanting))
