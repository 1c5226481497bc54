"""What keys ask for."""

from __future__ import annotations

import pytest

from voiceguide.cli.play.terminal import KEYS, Endings, commands


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
    import signal

    before = signal.getsignal(signal.SIGINT)
    endings = Endings()
    with endings.counted():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
    assert endings.asked == 2
    assert signal.getsignal(signal.SIGINT) is before
