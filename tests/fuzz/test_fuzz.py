"""Made-up texts for every reader, with fixed seeds: a little of what ``python -m tests.fuzz`` does for as long as is asked.

Also: the same number gives the same text, most made-up texts reach what lies behind the first reader, a fault is seen,
and what once failed is among the seeds.
"""

from __future__ import annotations

import random

import pytest

from tests.fuzz import grammars
from tests.fuzz.run import CORPUS, fed, seeds, text_for
from tests.fuzz.targets import TARGETS, Target
from tests.support.cases import NAMES
from voiceguide.errors import Source, has_errors
from voiceguide.importing import translate
from voiceguide.script import parse

_TEXTS = 150  # for each reader; about ten seconds of processor time together


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_text_makes_a_reader_fail(target: Target) -> None:
    found = [finding for number in range(_TEXTS) if (finding := fed(target, f"fixed/{number}")) is not None]
    assert not found, f"{found[0].place}: {found[0].what}\n{found[0].text!r}"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_people_write_and_what_once_failed_is_read(target: Target) -> None:
    assert seeds(target.name)
    for text in seeds(target.name):
        target.feed(text)


def test_every_folder_of_seeds_belongs_to_a_reader() -> None:
    assert {path.name for path in CORPUS.iterdir()} == {target.name.replace(" ", "-") for target in TARGETS}


def test_a_number_gives_the_same_text_each_time_and_another_number_another() -> None:
    target = TARGETS[0]
    assert text_for(target, "1/2") == text_for(target, "1/2")
    assert len({text_for(target, f"1/{number}") for number in range(50)}) > 40


def test_a_fault_is_found_with_its_place() -> None:
    def faulty(text: str) -> None:
        assert "e" not in text, "an e"

    finding = next(found for number in range(50) if (found := fed(Target("x", faulty, grammars.SCRIPT), f"{number}")))
    assert "e" in finding.text
    assert finding.what.startswith("AssertionError: an e")
    assert finding.place.startswith("test_fuzz.py:")


def test_many_made_up_scripts_have_no_mistake_so_that_they_are_planned_and_checked() -> None:
    dice, grammar = random.Random(1), grammars.SCRIPT
    made = [parse(Source("x.md", grammars.made(grammar, dice)), NAMES)[1] for _ in range(200)]
    assert sum(not has_errors(findings) for findings in made) > 20


def test_many_made_up_documents_of_markup_are_well_formed() -> None:
    dice = random.Random(1)
    made = [translate(Source("x.ssml", grammars.made(grammars.SSML, dice)))[0] for _ in range(100)]
    assert sum(one is not None for one in made) > 50
