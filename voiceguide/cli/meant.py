"""Which command a file in the place of a command was meant for. Imports nothing heavy."""

from __future__ import annotations

from pathlib import Path

_FOREIGN = (
    *(".txt", ".ssml", ".xml", ".smd", ".docx", ".odt", ".rtf", ".html", ".htm", ".epub", ".pdf", ".srt", ".vtt"),
)


def meant_for(path: Path) -> tuple[str, ...] | None:
    """The command that takes such a file, such as ``render`` for a script, in words; None for no file's name."""
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml"):
        return ("pack", "build")
    if ending in _FOREIGN:
        return ("import",)
    if ending == ".md" or path.with_name(f"{path.name or '.'}.md").is_file():
        return ("render",)
    from voiceguide.examples import routines  # here, since only a mistake needs them

    return ("render",) if path.name == str(path) and path.name in routines() else None
