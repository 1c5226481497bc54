"""A pack that is heard before it is taken: what passes, what is refused, and the reviewer's page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import voiceguide
from voiceguide.errors import RecognitionError
from voiceguide.packs import listened
from voiceguide.packs.listened import Heard, page, require_recogniser

SCRIPT = """---
title: A short <rest>
bed: rain
---
# Begin
Sit down, and let your shoulders sink. [pause 2s]
Open your eyes when you are ready.
"""


def _pack(folder: Path) -> Path:
    folder.mkdir()
    (folder / "rest.md").write_text(SCRIPT)
    (folder / "pack.yaml").write_text("title: Rest & more\nsessions: [rest.md]\n")
    return folder / "pack.yaml"


def _document(verdict: str, findings: list[dict[str, Any]]) -> Mapping[str, Any]:
    return {
        "title": "A short <rest>",
        "voice": "hibari:ljspeech",
        "verdict": verdict,
        "seconds": 61.0,
        "loudness_lufs": -16.02,
        "true_peak_dbtp": -1.4,
        "words": {"said": 12, "understood": 12},
        "findings": findings,
    }


MISSING = {"rule": "missing", "severity": "error", "message": "“Rest & breathe.” is not said.", "at": 12.34}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A pack that was built and heard: its file, and where it is."""
    folder = tmp_path_factory.mktemp("heard")
    pack = _pack(folder / "pack")
    result = voiceguide.build_pack(pack, folder / "public", jobs=1, listen=True)
    assert result.whole
    assert [one.name for one in result.heard] == ["rest"]
    assert result.heard[0].ok
    return pack, folder / "public"


def test_a_session_that_is_as_planned_is_taken_with_what_was_heard(built: tuple[Path, Path]) -> None:
    _, public = built
    document = json.loads((public / "rest.listening.json").read_text("utf-8"))
    assert document["verdict"] == "as planned"
    assert document["words"]["understood"] == document["words"]["said"] > 10
    assert [row["file"] for row in document["lines"]] == ["rest.md", "rest.md"]
    assert (public / "rest.listening.png").read_bytes().startswith(b"\x89PNG")


def test_what_was_heard_before_is_not_heard_again(built: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    pack, public = built
    monkeypatch.setattr(listened, "listened", lambda *_: pytest.fail("it is heard again"))
    again = voiceguide.build_pack(pack, public, jobs=1, listen=True)
    assert [(one.made, one.failure) for one in again.outcomes] == [(False, None)]
    assert [one.ok for one in again.heard] == [True]
    assert voiceguide.build_pack(pack, public, jobs=1).heard == ()


def test_a_session_that_is_not_as_planned_is_not_taken(
    built: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from voiceguide.packs import session

    refused = Heard("rest", _document("not as planned", [MISSING] * 5))
    monkeypatch.setattr(session, "listened", lambda *_: refused)
    result = voiceguide.build_pack(built[0], tmp_path / "public", jobs=1, listen=True)
    assert not result.whole
    assert not list((tmp_path / "public").glob("rest.*"))
    assert result.outcomes[0].session is None
    assert (result.outcomes[0].failure or "").splitlines() == [
        "Heard back, it is not as planned:",
        *["  0:12.3: “Rest & breathe.” is not said."] * 3,
        "  and 2 more",
    ]
    assert result.heard == (refused,)


def test_without_a_recogniser_a_build_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(RecognitionError, match=r"pip install \"voiceguide\[listen\]\""):
        require_recogniser()


def test_the_page_lists_each_session_with_verdict_findings_and_times() -> None:
    good = Heard("rest", _document("as planned", []), b"\x89PNG", "rest.1a2b3c4d.mp3")
    wrong = Heard("wake", _document("not as planned", [MISSING]))
    text = page("Rest & more", [good, wrong], "public", ["wake"])
    assert "<h1>Rest &amp; more</h1>" in text
    assert "A short &lt;rest&gt; (rest)" in text
    assert "<rest>" not in text
    assert "1 of 2 sessions are as planned. Those that are not were left out of the pack" in text
    assert 'src="public/rest.1a2b3c4d.mp3"' in text
    assert 'src="data:image/png;base64,' in text
    assert re.search(
        r"<td>0:12.3</td><td><span class=\"error\">error</span></td><td>“Rest &amp; breathe.” is not said", text
    )
    assert "Nothing differs from the plan." in text
    assert "1m01s, hibari:ljspeech, 12 of 12 words understood, -16.0 LUFS, -1.4 dBTP" in text


def test_the_time_of_a_finding_plays_from_there() -> None:
    text = page("x", [Heard("wake", _document("as planned", [MISSING]), audio="wake 1.mp3")], "public")
    assert '<a href="public/wake%201.mp3#t=12.3">0:12.3</a>' in text
