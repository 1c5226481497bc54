"""What keys ask for."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from voiceguide.cli.play.terminal import KEYS, Endings, commands, keyboard


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (" ", ["pause"]),
        ("\x1b[D\x1b[C", ["back", "forth"]),
        ("\x1bOA\x1bOB", ["chapter back", "chapter forth"]),  # as a terminal in application mode writes them
        ("+=-", ["louder bed", "louder bed", "softer bed"]),
        ("[]", ["softer voice", "louder voice"]),
        ("tTqQ", ["timer", "timer", "quit", "quit"]),
        ("\x1b[1;5Cx\x1b", ["unknown", "unknown", "unknown"]),
        ("\x1b[5~ü", ["unknown", "unknown"]),
        ("", []),
    ],
)
def test_keys_ask_for_commands(typed: str, asked: list[str]) -> None:
    assert commands(typed) == asked


def test_every_key_has_one_sign_or_name() -> None:
    assert all(len(commands(key)) == 1 for key in KEYS if len(key) == 1)


def test_signals_are_counted_and_then_as_before() -> None:
    before = signal.getsignal(signal.SIGINT)
    endings = Endings()
    with endings.counted():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
    assert endings.asked == 2
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Ctrl-Z")
def test_ctrl_z_gives_the_terminal_back_and_takes_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    while_stopped = []
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(os, "kill", lambda *_: while_stopped.append(termios.tcgetattr(theirs)))
        with keyboard() as keys:
            assert termios.tcgetattr(theirs) != before
            signal.raise_signal(signal.SIGTSTP)
            assert while_stopped == [before]
            assert termios.tcgetattr(theirs) != before
            os.write(ours, b"t")
            assert keys.read(60) == ["timer"]
        assert termios.tcgetattr(theirs) == before
    os.close(ours)
