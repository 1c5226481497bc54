"""JSON on standard output, which may be a terminal."""

from __future__ import annotations

import json
from typing import Any

from voiceguide.errors import TURNS_TEXT_AROUND

_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *map(ord, TURNS_TEXT_AROUND))}


def json_text(document: Any) -> str:
    """A document, readable, with escapes for characters that could drive a terminal or turn text around."""
    return json.dumps(document, ensure_ascii=False, indent=2).translate(_ESCAPES)
