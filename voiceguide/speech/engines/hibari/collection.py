"""The voices of hibari that do not come along, from the page on which its author publishes them."""

from __future__ import annotations

import importlib

from voiceguide.progress import ReportStage
from voiceguide.speech.engines.download import Added, fetch, reaching
from voiceguide.speech.engines.hibari.voices import FOLDER, Model, registry
from voiceguide.speech.voice_folders import new_voice_folder


def listed(name: str) -> Model | None:
    """The voice of a name, ``emma`` or ``hibari:emma``, whether or not it is on this computer."""
    wanted = name.strip().casefold().removeprefix("hibari:")
    return next((model for model in registry() if model.short == wanted), None)


def add(model: Model, progress: ReportStage) -> Added:
    """Downloads a voice's model unless it is installed; a damaged one is replaced.

    A new one is put into the first folder that the user names for voices, else into voiceguide's own. Raises
    SpeechError if it cannot be reached or comes damaged, OutputError if it cannot be written.
    """
    there = model.voice()
    if there and (model.in_package or not there.fault):
        return Added(model.full_name, (there,), new=False)
    path = model.path()
    address = importlib.import_module("hibari.voices").BASE_URL + model.file
    with reaching(address, "hibari's voices", f"the file {model.file}, in a folder '{FOLDER}',"):
        target = path or new_voice_folder() / FOLDER / model.file
        new = fetch(address, target, model.size, model.sha256, progress)
    added = model.voice()
    assert added is not None
    return Added(model.full_name, (added,), new)
