"""What mastering aims at before the first encode."""

from __future__ import annotations

import pytest

from voiceguide.mastering.profiles import PROFILES
from voiceguide.mastering.target import Requirement, Target


def test_the_first_target_leaves_room_for_the_encoder() -> None:
    podcast, shop = Requirement(PROFILES["podcast"], -16.0), Requirement(PROFILES["audiobook"], -20.0)
    assert Target.first(podcast, 0.8) == Target(-16.0, pytest.approx(-1.9))
    assert Target.first(shop, 0.0) == Target(-20.0, pytest.approx(-3.1))
