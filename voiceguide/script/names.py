"""What a variable may be called, and how long its value may be."""

from __future__ import annotations

import re

NAME = re.compile(r"[^\W\d][\w-]*")
"""A variable's name: letters, digits, ``_`` and ``-``, a letter first."""

LONGEST_VALUE = 1000
"""Characters of a variable's value."""
