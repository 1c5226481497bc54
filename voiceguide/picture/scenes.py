"""What a video can show. Imports nothing heavy, so that the command line can list it."""

from __future__ import annotations

from typing import Literal, get_args

Scene = Literal["auto", "cover", "circle"]
"""The cover, a circle that grows with every inhale, or (``auto``) the circle while the session breathes."""

SCENES: tuple[Scene, ...] = get_args(Scene)
