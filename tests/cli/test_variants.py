"""What a session was asked for stands in its name, so that no session takes another's place unseen."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click
import pytest

from tests.support.command_line import Run
from voiceguide.cli.variants import Choices, named
from voiceguide.session.options import SessionOptions

SCRIPT = "---\nvoice: silent\nvariables: {name: you}\n---\nGood evening, {name}. [pause ~5s]\n"


def _names(choices: Choices, *lengths: int, apart: bool = False) -> list[str]:
    variants = choices.variants(SessionOptions(lengths=tuple(map(Fraction, lengths))))
    parts = [name.apart if apart else name.whole for variant in variants for name in variant.names]
    return [named(Path("x.mp3"), part).name for part in parts]


@pytest.mark.parametrize(
    ("choices", "lengths", "whole", "apart"),
    [
        (Choices(), (), ["x.mp3"], ["x.mp3"]),
        (Choices(), (360,), ["x-6m.mp3"], ["x.mp3"]),
        (Choices(), (300, 450), ["x-5m.mp3", "x-7m30s.mp3"], ["x-5m.mp3", "x-7m30s.mp3"]),
        (Choices(values=(("name", "Ben"),)), (360,), ["x-ben-6m.mp3"], ["x.mp3"]),
        (Choices(values=(("name", "Ben"), ("name", "Änne K."))), (), ["x-ben.mp3", "x-änne-k.mp3"], ["x-ben.mp3", "x-änne-k.mp3"]),
        (Choices(values=(("name", "Ben"), ("place", "sea"), ("place", "home"))), (), ["x-ben-sea.mp3", "x-ben-home.mp3"], ["x-sea.mp3", "x-home.mp3"]),
        (Choices(voices=("joe",), profiles=("sleep",)), (), ["x.mp3"], ["x.mp3"]),
        (Choices(voices=("joe", "system:de"), profiles=("sleep", "podcast")), (), ["x-joe-sleep.mp3", "x-joe-podcast.mp3", "x-system-de-sleep.mp3", "x-system-de-podcast.mp3"], None),
        (Choices(("a", "b"), values=(("n", "Ben"),)), (60,), ["x-ben-1m-a.mp3", "x-ben-1m-b.mp3"], ["x-a.mp3", "x-b.mp3"]),
    ],
)  # fmt: skip
def test_names(choices: Choices, lengths: tuple[int, ...], whole: list[str], apart: list[str] | None) -> None:
    assert _names(choices, *lengths) == whole
    assert _names(choices, *lengths, apart=True) == (whole if apart is None else apart)


def test_each_variant_has_options_of_its_own() -> None:
    found = Choices(("a", "b"), ("sleep",), (("n", "1"), ("n", "2"), ("m", "3"))).variants(SessionOptions())
    assert [(v.options.voice, v.options.profile, dict(v.options.variables)) for v in found] == [
        ("a", "sleep", {"n": "1", "m": "3"}), ("a", "sleep", {"n": "2", "m": "3"}),
        ("b", "sleep", {"n": "1", "m": "3"}), ("b", "sleep", {"n": "2", "m": "3"}),
    ]  # fmt: skip


def test_too_many_are_refused_at_once() -> None:
    many = tuple((f"n{number}", str(value)) for number in range(30) for value in range(9))
    with pytest.raises(click.UsageError, match="more than 500 sessions"):
        Choices(values=many).variants(SessionOptions())


def test_no_client_takes_the_place_of_another(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "evening.md").write_text(SCRIPT)
    for more in (["--set", "name=Ben"], ["--set", "name=Anna", "--length", "9s"], []):
        done = voiceguide("render", "evening.md", "--format", "wav", *more)
        assert done.returncode == 0, done.stderr
        assert "takes the place" not in done.stderr
    made = sorted(path.name for path in (tmp_path / "sessions").iterdir())
    assert made == ["evening-anna-9s.wav", "evening-ben.wav", "evening.wav"]
    again = voiceguide("render", "evening.md", "--format", "wav")
    assert "takes the place" not in again.stderr  # the same bytes
    other = voiceguide("render", "evening.md", "--format", "wav", "--pace", "0.5")
    assert "It takes the place of a file that lasted " in other.stderr
    both = voiceguide("render", "evening.md", "-o", "x.wav", "--set", "name=Ben", "--set", "name=ben!")
    assert both.returncode == 2
    assert "x-ben.wav is named twice" in both.stderr
