"""What is no plain text, though it may stand in a script or a pack."""

from __future__ import annotations

TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Embeddings, overrides and isolates: they can make a title read as another, or turn around what stands after it."""
