"""Help at the open script, of which all but the times comes from what every editor shares."""

from __future__ import annotations

from pathlib import Path

from tests.support.waiting import HANGS
from voiceguide.studio.desk import Desk
from voiceguide.studio.workspace import Workspace

SCRIPT = "---\nvariables: {name: Ben}\n---\n# Hi\nRest, {name}. [pause 5s]\n"


def test_meanings_come_with_times_and_suggestions_with_files_beside(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SCRIPT)
    (tmp_path / "end.md").write_text("Thank you.\n")
    desk = Desk(Workspace(tmp_path), "a.md", 1, lambda: None)
    try:
        assert desk.live.settle(HANGS)
        told = desk.hover(SCRIPT.index("[pause") + 2)
        assert told is not None
        assert (told["about"], told["lasts"]) == ("Silence; the bed goes on.", 5.0)
        assert (desk.hover(SCRIPT.index("name}")) or {}).get("about") == "“Ben”"
        assert "about" not in (desk.hover(SCRIPT.index("Rest")) or {})
        desk.update(f"{SCRIPT}\n[include ")
        assert [one.insert for one in desk.complete(len(desk.text))] == ["end.md"]
    finally:
        desk.close()
