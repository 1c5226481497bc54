"""Takes that are refused and spoken anew, through real workers: what is kept, what is told, and that it stays so."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.benchmarks.gate import texts
from tests.support.faulty import FACTORY, fault_of
from voiceguide.speech import FailedLinesError, Spoken, Studio
from voiceguide.speech.cache import Store
from voiceguide.speech.engines.engine import ENGINES
from voiceguide.speech.gate.verdict import TRIES, Judged, Verdict, other_take
from voiceguide.speech.recognition import can_recognise
from voiceguide.timeline import Line

TEXTS = [text for text in texts(2_000) if len(text.split()) <= 5]
listening = pytest.mark.skipif(not can_recognise("en"), reason="the extra listen is not installed")


def line(text: str, rate: str, take: int = 1, *, verify: bool = False) -> Line:
    return Line(text, f"faulty:{rate}", 1.0, "en", take=take, verify=verify)


def cut(rate: str, count: int, *, verify: bool = False) -> list[Line]:
    """Lines whose first take has its beginning cut away, which is heard without knowing the words."""
    found = [line(text, rate, verify=verify) for text in TEXTS if fault_of(text, f"faulty:{rate}", 1) == "cut"]
    return found[:count]


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(ENGINES | {"faulty": FACTORY}, Store(tmp_path / "speech"))


def fingerprint(spoken: Spoken, lines: list[Line]) -> str:
    return hashlib.sha256(b"".join(spoken.samples(one).tobytes() for one in lines)).hexdigest()


def test_a_refused_take_is_spoken_anew_and_what_was_refused_stays_known(studio: Studio) -> None:
    (one, *_) = cut("first", 1)
    spoken = studio.speak([one], jobs=1)
    verdict = spoken.verdict(one)
    assert verdict == Verdict(Judged(101), (Judged(1, ("begins in the middle of a sound",)),))
    again = studio.speak([one], jobs=1)
    assert (again.cached, again.spoken) == (1, 0)
    assert again.verdict(one) == verdict


def test_a_good_take_is_kept_and_a_chosen_one_stays_itself(studio: Studio) -> None:
    lines = [line(TEXTS[0], "0", take) for take in (1, 2, 99)]
    spoken = studio.speak(lines, jobs=1)
    assert [spoken.verdict(one) for one in lines] == [Verdict(Judged(1)), Verdict(Judged(2)), Verdict(Judged(99))]
    assert len({spoken.samples(one).tobytes() for one in lines}) == 3


def test_no_further_take_is_one_that_a_script_may_choose() -> None:
    numbers = [other_take(take, tries) for take in range(1, 100) for tries in range(TRIES)]
    assert len(set(numbers)) == len(numbers)
    assert [other_take(take, 0) for take in range(1, 100)] == list(range(1, 100))


def test_when_every_take_is_bad_the_best_is_kept_with_its_faults(studio: Studio) -> None:
    def faults(text: str) -> list[str | None]:
        return [fault_of(text, "faulty:100", other_take(1, tries)) for tries in range(TRIES)]

    (one,) = [line(text, "100") for text in texts(4_000) if set(faults(text)) == {"cut"}][:1]
    verdict = studio.speak([one], jobs=1).verdict(one)
    assert verdict == Verdict(
        Judged(1, ("begins in the middle of a sound",)),
        tuple(Judged(other_take(1, tries), ("begins in the middle of a sound",)) for tries in range(1, TRIES)),
    )


def test_the_same_bytes_in_any_order_with_any_number_of_jobs(studio: Studio, tmp_path: Path) -> None:
    lines = [*cut("first", 3), *(line(text, "0", take) for text in TEXTS[:2] for take in (1, 2))]
    other = Studio(studio.engines, Store(tmp_path / "other"))
    one, two = studio.speak(lines, jobs=1), other.speak(list(reversed(lines)), jobs=2)
    assert fingerprint(one, lines) == fingerprint(two, lines)
    assert [one.verdict(line) for line in lines] == [two.verdict(line) for line in lines]


def test_voices_that_do_not_guess_are_not_checked_and_have_no_takes(studio: Studio) -> None:
    lines = [Line("Rest.", "silent", 1.0, "en", take=take, verify=True) for take in (1, 2)]
    spoken = studio.speak(lines, jobs=1)
    assert [spoken.verdict(one) for one in lines] == [None, None]
    assert spoken.spoken == 1
    assert not spoken.varies(lines[0])


@listening
def test_with_verify_a_wrong_word_is_spoken_anew(studio: Studio) -> None:
    wrong = next(text for text in TEXTS if fault_of(text, "faulty:first", 1) == "gibberish")
    spoken = studio.speak([line(wrong, "first"), line(wrong, "first", verify=True)], jobs=1)
    careless, careful = spoken.verdict(line(wrong, "first")), spoken.verdict(line(wrong, "first", verify=True))
    assert careless is not None
    assert careful is not None
    assert careless.kept == Judged(1)
    assert careful.kept == Judged(101)
    assert careful.refused[0].heard


@listening
def test_with_verify_a_line_that_is_never_said_rightly_is_an_error(studio: Studio) -> None:
    wrong = next(
        text
        for text in TEXTS
        if all(
            fault_of(text, "faulty:100", other_take(1, n)) in ("gibberish", "dropped", "repeated") for n in range(TRIES)
        )
    )
    with pytest.raises(FailedLinesError, match="does not say the words in each of 4 takes"):
        studio.speak([line(wrong, "100", verify=True)], jobs=1)
