"""The tutorial, followed from the first command to the last."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from tests.support.command_line import Run
from tests.support.paths import ROOT
from voiceguide.publish.manifest import load

PAGE = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
SHELL = {"mkdir", "cp"}


def test_the_tutorial_leads_from_nothing_to_a_published_pack(voiceguide: Run, tmp_path: Path) -> None:
    pack = re.search(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert pack is not None
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        for row in block.splitlines():
            words = shlex.split(row)
            if words[0] == "mkdir":
                (tmp_path / words[1]).mkdir()
            elif words[0] == "cp":
                shutil.copytree(tmp_path / words[2], tmp_path / words[3])
                script = tmp_path / "evening-pack" / "evening.md"
                script.write_text(script.read_text().replace("Let your hands rest", "Let both hands rest"))
            elif words[1:3] != ["pack", "serve"]:  # which ends only when somebody ends it
                if words[1:3] == ["pack", "check"]:
                    (tmp_path / "evening-pack" / "pack.yaml").write_text(pack[1])
                result = voiceguide(*words[1:])
                assert result.returncode == 0, f"{row}\n{result.stderr}"
                if words[1] == "check":
                    assert result.stdout == ""
                if words[1:3] == ["pack", "diff"]:
                    assert "both" in result.stdout
    found = load(tmp_path / "public")
    assert found is not None
    assert [session.name for session in found.sessions] == ["evening-5m30s", "evening-6m", "wake"]
    assert {"feed.xml", "programme.ics", "index.html"} <= {path.name for path in (tmp_path / "public").iterdir()}
    assert (tmp_path / "evening.svg").exists()
