"""Voices that stay ready: what is wanted most comes first, failures are told, workers stay and go."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.misbehaving import DIARY, FACTORY, MisbehavingEngine
from tests.support.waiting import until
from voiceguide.speech.cache import Store
from voiceguide.speech.standby import Standby
from voiceguide.speech.studio import Studio
from voiceguide.timeline import Line


def line(text: str) -> Line:
    return Line(text, "odd", 1.0, "en")


class Told:
    """What the standby told, in order."""

    def __init__(self) -> None:
        self.outcomes: list[tuple[Line, str | None]] = []
        self._lock = threading.Lock()

    def __call__(self, outcome: object) -> None:
        assert isinstance(outcome, tuple), outcome
        with self._lock:
            self.outcomes.append(outcome)

    @property
    def texts(self) -> list[str]:
        return [line.text for line, _ in self.outcomes]


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def standby(tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standby]:
    diary = tmp_path / "diary"
    diary.mkdir()
    monkeypatch.setenv(DIARY, str(diary))
    studio = Studio({"odd": FACTORY}, Store(tmp_path / "speech"), line_limit=4.0)
    standby = Standby(studio, 1, told)
    yield standby
    standby.close()


def _processes(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "diary").iterdir() if path.name.isdigit()}


def test_lines_are_spoken_in_the_order_of_their_urgency_by_one_worker(
    standby: Standby, told: Told, tmp_path: Path
) -> None:
    lines = [line(f"say {word}") for word in ("this", "that", "these", "those")]
    standby.want(lines)
    until(lambda: len(told.outcomes) == 4)
    assert told.texts == [each.text for each in lines]
    assert all(reason is None for _, reason in told.outcomes)
    standby.want([line("say more")])
    until(lambda: len(told.outcomes) == 5)
    assert len(_processes(tmp_path)) == 1


def test_what_is_not_wanted_any_more_is_not_spoken(standby: Standby, told: Told) -> None:
    standby.want([line(f"say number {number}") for number in range(50)])
    standby.want([line("say at once")])
    until(lambda: "say at once" in told.texts)
    assert len(told.outcomes) <= 2, "one may have been begun before"


def test_a_line_that_fails_is_told_once_and_again_only_when_asked_for(standby: Standby, told: Told) -> None:
    wrong = line("raise this")
    standby.want([wrong])
    until(lambda: told.outcomes)
    assert told.outcomes[0][1] is not None
    assert "no such phoneme" in told.outcomes[0][1]
    standby.want([wrong, line("say that")])
    until(lambda: "say that" in told.texts)
    assert told.texts.count("raise this") == 1
    standby.forget_failures()
    standby.want([wrong])
    until(lambda: told.texts.count("raise this") == 2)


def test_a_crash_costs_one_worker_and_no_other_line(standby: Standby, told: Told) -> None:
    standby.want([line("crash here"), line("say on")])
    until(lambda: len(told.outcomes) == 2)
    assert [reason is None for _, reason in told.outcomes] == [False, True]


def test_closing_ends_all_while_a_line_hangs(standby: Standby, told: Told, tmp_path: Path) -> None:
    standby.want([line("hang on")])
    until(lambda: _processes(tmp_path))
    standby.close()
    assert not any((tmp_path / "speech" / "making").iterdir())


def test_a_local_voice_is_loaded_by_a_line_that_nobody_hears(
    standby: Standby, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MisbehavingEngine, "local", True, raising=False)
    standby.warm([line("say unheard")])
    until((tmp_path / "diary" / "say unheard.txt").exists)
    standby.want([line("say this")])
    until(lambda: told.outcomes)
    assert told.outcomes == [(line("say this"), None)]
    assert len(_processes(tmp_path)) == 1, "the worker that is ready speaks"
    assert not Store(tmp_path / "speech").entries()[1:], "what nobody hears is not kept"


def test_a_voice_that_may_cost_something_says_nothing_before_it_is_wanted(
    standby: Standby, told: Told, tmp_path: Path
) -> None:
    standby.warm([line("say unheard")])
    standby.want([line("say this")])
    until(lambda: told.outcomes)
    assert not (tmp_path / "diary" / "say unheard.txt").exists()


@pytest.mark.parametrize("wrong", ["raise this", "crash here"])
def test_a_voice_that_cannot_be_loaded_is_told_with_its_first_line(
    wrong: str, standby: Standby, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MisbehavingEngine, "local", True, raising=False)
    standby.warm([line(wrong)])
    until((tmp_path / "diary" / f"{wrong}.txt").exists)
    standby.want([line("say this")])
    until(lambda: told.outcomes)
    assert told.outcomes == [(line("say this"), None)]


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system has no such priorities")
def test_who_speaks_leaves_the_processor_to_who_plays(standby: Standby, told: Told, tmp_path: Path) -> None:
    standby.want([line("say this")])
    until(lambda: told.outcomes)
    (worker,) = _processes(tmp_path)
    assert os.getpriority(os.PRIO_PROCESS, int(worker)) > os.getpriority(os.PRIO_PROCESS, 0)
