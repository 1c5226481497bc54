"""The option for a picture of a session."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

SUFFIXES = (".png", ".svg")
"""What the picture's name may end in; the module that draws it is slow to import."""


class _Plot(click.ParamType[Any]):
    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.suffix.casefold() not in SUFFIXES:
            self.fail(f"'{path}' should end in {' or '.join(SUFFIXES)}", param, ctx)
        if path.suffix.casefold() == ".png" and find_spec("matplotlib") is None:
            self.fail(
                f"a PNG needs matplotlib; name {path.with_suffix('.svg')}, or install it with: "
                'pip install "voiceguide[plot]"',
                param,
                ctx,
            )
        return path


def plot_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds ``--plot``."""
    return click.option(
        "--plot",
        type=_Plot(),
        metavar="FILE.png|svg",
        help="Draws the session as a picture. A PNG needs the extra plot, an SVG nothing.",
    )(command)
