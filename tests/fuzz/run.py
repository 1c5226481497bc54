"""One text for one reader, and what comes of it."""

from __future__ import annotations

import random
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.fuzz.targets import Target

CORPUS = Path(__file__).resolve().parent / "corpus"


@dataclass(frozen=True, slots=True)
class Finding:
    """A text at which a reader fails, where in the code, and how."""

    text: str
    place: str
    what: str


@cache
def seeds(name: str) -> tuple[str, ...]:
    """The texts to begin with for a reader: what people write, and what once failed."""
    folder = CORPUS / name.replace(" ", "-")
    return tuple(path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*")) if path.is_file())


def text_for(target: Target, number: str) -> str:
    """The text of a number: the same each time."""
    return target.made(random.Random(f"{target.name}/{number}"), seeds(target.name))


def fed(target: Target, number: str) -> Finding | None:
    """Feeds a reader with the text of a number; None if all is well."""
    text = text_for(target, number)
    try:
        target.feed(text)
    except Exception as error:  # noqa: BLE001 (whatever it raises is what is looked for)
        return Finding(text, _place(error), f"{type(error).__name__}: {error}"[:300])
    return None


def _place(error: BaseException) -> str:
    """The innermost line of the package that it came through, or the reader's own judgement."""
    rows = traceback.extract_tb(error.__traceback__)
    inner = [row for row in rows if "/voiceguide/" in row.filename.replace("\\", "/")] or rows
    row = rows[-1] if isinstance(error, AssertionError) else inner[-1]
    return f"{Path(row.filename).name}:{row.lineno} {type(error).__name__}"
