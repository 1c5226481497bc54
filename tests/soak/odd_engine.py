"""The misbehaving engine of the tests, for whole commands: its lines are given up after seconds."""

from __future__ import annotations

from tests.support.misbehaving import MisbehavingEngine


class OddEngine(MisbehavingEngine):
    line_limit = 3.0
