"""The settings before a text: those that a script has too stay, the others become comments."""

from __future__ import annotations

from voiceguide.importing.state import ImportState
from voiceguide.routine import Settings
from voiceguide.script.front_matter import settings_of
from voiceguide.script.front_matter_block import split
from voiceguide.script.sounds import SoundNames
from voiceguide.script.text import Text
from voiceguide.script.yaml_tree import Mapping, Scalar, Sequence, YamlNode

_KEPT = ("title", "description", "author", "date", "language", "voice", "pace", "length", "tags", "sleep")
_NAMES = {
    "titel": "title",
    "titre": "title",
    "título": "title",
    "titolo": "title",
    "autor": "author",
    "auteur": "author",
}
_NAMES |= {"autora": "author", "autorin": "author", "autore": "author", "sprache": "language", "langue": "language"}
_NAMES |= {"idioma": "language", "lingua": "language", "taal": "language"}
_NO_SOUNDS = SoundNames((), ())


def read_settings(state: ImportState, text: Text) -> Text:
    """Reads the settings between two lines of ``---`` or ``+++``; returns the text below them."""
    front, body, problems = split(text)
    if front is None or problems:
        return text
    tree, wrong = front.parsed()
    if not isinstance(tree, Mapping):
        if wrong and ":" in front.text.chars.split("\n")[0]:
            for row in front.text.chars.strip().split("\n"):
                _lost(state, text.span(0, 1).line + 1, row)
            state.writer.paragraph()
            return body
        return text
    for key, node in tree.entries:
        _setting(state, key, node)
    state.writer.paragraph()
    return body


def _setting(state: ImportState, key: Scalar, node: YamlNode) -> None:
    name, value, line = key.value.casefold(), _plain(node), key.span.line
    name = _NAMES.get(name, name)
    if value is None or value == "":
        return
    known = Scalar(name, key.span)
    read, problems = settings_of([(known, node)], None, _NO_SOUNDS, Settings(title=""))
    if name not in _KEPT or problems:
        _lost(state, line, f"{key.value}: {_shown(value)}")
        return
    if name == "voice" and str(value) in state.around.voices:
        value = state.around.voices[str(value)]
    shown = _shown(value)
    if name == "date":
        value = read.date
    state.writer.settings[name] = value
    if name == "language":
        state.language = str(value)
    if name == "voice" and value != "auto":
        into = f"voice: {value}; if there is no such voice here, write another one, or give --voice {value}=NAME"
        state.ledger.guessed(line, f"{name}: {shown}", into)
    else:
        state.ledger.translated(
            line, f"{key.value if name != key.value.casefold() else name}: {shown}", f"{name}: {_shown(value)}"
        )


def _lost(state: ImportState, line: int, setting: str) -> None:
    if setting.strip():
        state.writer.comment(setting)
        state.ledger.lost(line, f"the setting “{setting.strip()}”", "a comment")


def _plain(node: YamlNode) -> object:
    """A value as text, or as a list or table of texts."""
    match node:
        case Scalar():
            return " ".join(node.value.split())
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {key.value: _plain(inner) for key, inner in node.entries}


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items())
    return str(value)
