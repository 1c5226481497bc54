"""Where playing goes on when a script has been saved."""

from __future__ import annotations

import pytest

from voiceguide.cli.play.watch import changed_place

OLD = "---\nvoice: silent\n---\n# One\nSit down.\n\nClose your eyes. Breathe.\n"


@pytest.mark.parametrize(
    ("new", "place"),
    [
        (OLD.replace("Breathe.", "Let go."), (7, 18)),
        (OLD.replace("Breathe.", "Breathe. And rest."), (7, 27)),
        (OLD.replace("# One", "# Two"), (4, 3)),
        (OLD + "\nThe end.\n", (9, 1)),
        (OLD.replace("Sit down.\n\n", ""), (5, 1)),
        (OLD.replace("silent", "system"), None),
        (OLD.replace("---\nvoice: silent\n---\n", ""), (1, 1)),
    ],
)
def test_the_first_change_that_is_heard(new: str, place: tuple[int, int] | None) -> None:
    assert changed_place(OLD, new) == place
