from __future__ import annotations

import re

from tests.listening.page import PAGE, page
from tests.support.paths import ROOT
from voiceguide.listening.limits import RULES


def test_the_page_lists_what_is_looked_for() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_every_rule_is_used_and_every_finding_has_one() -> None:
    modules = [path for path in (ROOT / "voiceguide" / "listening").glob("*.py") if path.name != "limits.py"]
    text = "\n".join(path.read_text("utf-8") for path in modules)
    named = set(re.findall(r'Finding\(\s*"([a-z-]+)"', text)) | {"breath", "chime"}
    assert named == set(RULES)
