"""``voiceguide language-server``."""

from __future__ import annotations

import sys

import pytest

from tests.support.command_line import Run
from voiceguide.cli.language_server import command
from voiceguide.errors import OutputError


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("voiceguide.language_server")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("pygls", "lsprotocol"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(OutputError, match=r'needs \w+, which comes with its extra: pip install "voiceguide\[editor\]"'):
        command.main([], standalone_mode=False)


def test_it_ends_when_the_editor_has_gone(voiceguide: Run) -> None:
    ended = voiceguide("language-server")
    assert (ended.returncode, ended.stdout) == (0, "")
