"""Fitting a length: exact, in the order of the contract, and compared with brute force on small scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.cases import NAMES, FixedLengths, plan
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.planner.chapters import Turns
from voiceguide.planner.choices import Material
from voiceguide.planner.fitting import Fitting
from voiceguide.routine import Breathe, Each, Hold, Node, Pause, Repeat, Routine, Within
from voiceguide.script import parse
from voiceguide.timeline import Event, Timeline
from voiceguide.units import SAMPLE_RATE, Elastic, Whole

Numbers = Mapping[tuple[str, int, int], int]


def routine_of(script: str, length: Fraction | None = None) -> Routine:
    routine, findings = parse(Source("x.md", script), NAMES)
    assert routine is not None, [finding.render() for finding in findings]
    assert [finding.render() for finding in findings if finding.severity == "error"] == []
    return asked(routine, length)


def asked(routine: Routine, length: Fraction | None) -> Routine:
    return replace(routine, settings=replace(routine.settings, length=length))


def fitting_of(routine: Routine, lengths: Any = None) -> Fitting:
    voices = {name: f"full-{name}" for name in planner.voice_names(routine)}
    return Fitting(routine, Material.of(routine, voices, lengths or FixedLengths()))


# -- brute force: every choice of chapters and numbers, planned without anything elastic


def _rigid(node: Node, end: Callable[[Elastic], Fraction], numbers: Numbers, *, block: bool = False) -> Node:
    """The node with every choice made; inside a block of a given length durations are as short as can be."""
    match node:
        case Pause() | Hold():
            duration = node.duration.shortest if block else end(node.duration)
            return replace(node, duration=Elastic.rigid(duration))
        case Within():
            duration = node.duration.shortest if block else end(node.duration)
            body = tuple(_rigid(inner, end, numbers, block=True) for inner in node.body)
            return replace(node, duration=Elastic.rigid(duration), body=body)
        case Repeat():
            rounds = Whole.rigid(node.rounds.natural if block else numbers.get(node.span.position, node.rounds.natural))
            body = tuple(_rigid(inner, end, numbers, block=block) for inner in node.body)
            return replace(node, rounds=rounds, body=body)
        case Each():
            return replace(node, body=tuple(_rigid(inner, end, numbers, block=block) for inner in node.body))
        case Breathe():
            natural = node.cycles.natural
            return replace(node, cycles=Whole.rigid(natural if block else numbers.get(node.span.position, natural)))
        case _:
            return node


def _free(body: tuple[Node, ...]) -> Iterator[Repeat | Breathe]:
    for node in body:
        if isinstance(node, Repeat | Breathe) and node.whole.elastic:
            yield node
        if isinstance(node, Repeat | Each):
            yield from _free(node.body)


@dataclass(frozen=True)
class Possible:
    """One choice, and the lengths between which it can be stretched, in frames."""

    turn: int
    changes: int
    squares: int
    shortest: int
    longest: int


def _length(routine: Routine, end: Callable[[Elastic], Fraction], numbers: Numbers, left_out: frozenset[int]) -> int:
    chapters = tuple(
        replace(chapter, body=tuple(_rigid(node, end, numbers) for node in chapter.body))
        for index, chapter in enumerate(routine.chapters)
        if index not in left_out
    )
    timeline, problems = plan(asked(replace(routine, chapters=chapters), None), FixedLengths())
    assert not [problem for problem in problems if problem.severity == "error"]
    return int(timeline.frames)


def possibilities(routine: Routine) -> list[Possible]:
    found = []
    turns = Turns.of(routine.chapters)
    for turn, left_out in enumerate(map(turns.left_out, range(turns.count))):
        kept = [chapter for index, chapter in enumerate(routine.chapters) if index not in left_out]
        cues = list({cue.span.position: cue for chapter in kept for cue in _free(chapter.body)}.values())
        for chosen in product(*(range(cue.whole.fewest, cue.whole.most + 1) for cue in cues)):
            numbers = {cue.span.position: number for cue, number in zip(cues, chosen, strict=True)}
            changes = [abs(number - cue.whole.natural) for cue, number in zip(cues, chosen, strict=True)]
            found.append(
                Possible(
                    turn,
                    sum(changes),
                    sum(change**2 for change in changes),
                    _length(routine, lambda elastic: elastic.shortest, numbers, left_out),
                    _length(routine, lambda elastic: elastic.longest, numbers, left_out),
                )
            )
    return found


_TIMES = st.sampled_from(["0.7s", "~2s", "1s..3s", "2.013s", "~0.3s", "9s..10s"])
_PLAIN = st.one_of(
    st.sampled_from(["Ab. ", "Press softly. ", "\n\nBreathe now. "]),
    st.builds("[pause {}] ".format, _TIMES),
    st.builds("[hold {} halfway] ".format, _TIMES),
    st.sampled_from(["[chime bowl] ", "[chime bell x2 every 1s] ", "[sound bell under] ", "[sound tick] "]),
    st.sampled_from(["[breathe 1.3-1.7 x2] ", "[pace 2] ", "[within 9s..21s] Here. [pause ~2s] Now. [end] "]),
)
_ELASTIC = st.one_of(
    st.builds("[breathe 1.1-2.3 x{}..{}] ".format, st.just(1), st.integers(2, 4)),
    st.builds("[repeat {}] {}{} [end] ".format, st.sampled_from(["1..3", "~2", "2..3"]), _PLAIN, _PLAIN),
    st.sampled_from(
        ["[breathe 1.00001-0.7 x2..9] ", "[repeat 1..7] Go. [pause ~1s] [end] ", "[repeat ~5] [pace 2] Go. [end]"]
    ),
    st.builds("[repeat 2..3] Part {{n}} of {{total}}. {} [end] ".format, _PLAIN),
    st.builds("[repeat 1..2] {} [breathe 0.9-0.8 x1..2] [end] ".format, _PLAIN),
    st.builds("[each left, right] {{each}}. [repeat 1..2] {} [end] [end] ".format, _PLAIN),
)
_CHAPTER = st.builds(
    "# Part{}\n\n{}{}{}\n\n".format,
    st.sampled_from(["", " [optional]", " [optional 2]"]),
    _PLAIN,
    st.one_of(st.just(""), _ELASTIC),
    _PLAIN,
)
SCRIPTS = st.lists(_CHAPTER, min_size=1, max_size=3).map(lambda chapters: "Start.\n\n" + "".join(chapters))


def _chosen(timeline: Timeline) -> tuple[int, int]:
    assert timeline.fit is not None
    changes = [abs(rounds.chosen - rounds.written) for rounds in timeline.fit.rounds]
    return sum(changes), sum(change**2 for change in changes)


@given(SCRIPTS, st.booleans(), st.data())
@settings(max_examples=60, deadline=None)
def test_every_possible_length_is_met_with_the_nearest_choice_and_no_other_is(
    script: str, twice: bool, data: st.DataObject
) -> None:
    routine = routine_of(script)
    if twice:  # as when one script is included in two places
        routine = replace(routine, chapters=(*routine.chapters, routine.chapters[-1]))
    possible = possibilities(routine)
    reach = fitting_of(routine).range()
    shortest, longest = min(p.shortest for p in possible), max(p.longest for p in possible)
    assert (reach.shortest, reach.longest) == (shortest, longest)
    around = [p.shortest for p in possible] + [p.longest for p in possible]
    frames = data.draw(
        st.one_of(
            st.integers(max(1, shortest - 9), longest + 9),
            st.sampled_from(around).flatmap(lambda n: st.integers(max(1, n - 1), n + 1)),
        )
    )
    timeline, problems = plan(asked(routine, Fraction(frames, SAMPLE_RATE)), FixedLengths())
    fitting = [p for p in possible if p.shortest <= frames <= p.longest]
    if not fitting:
        errors = [problem.message for problem in problems if problem.severity == "error"]
        assert len(errors) == 1
        assert "cannot last" in errors[0]
        below = max((p.longest for p in possible if p.longest < frames), default=None)
        above = min((p.shortest for p in possible if p.shortest > frames), default=None)
        listed = len(possible) <= 200  # of more choices none is named
        assert fitting_of(routine).nearest(frames) == ((below, above) if listed else (None, None))
        return
    assert timeline.frames == frames
    best = min(fitting, key=lambda p: (p.turn, p.changes, p.squares))
    turns = Turns.of(routine.chapters)
    assert timeline.fit is not None
    assert len(timeline.fit.left_out) == len(turns.left_out(best.turn))
    assert _chosen(timeline) == (best.changes, best.squares)


# -- what always holds


def _elastics(routine: Routine, timeline: Timeline) -> list[tuple[Event, Elastic]]:
    nodes = {
        (node.span.line, node.span.column): node.duration
        for node in routine.nodes()
        if isinstance(node, Pause | Hold) and node.duration.elastic
    }
    return [
        (event, nodes[event.span.line, event.span.column])
        for event in timeline.events
        if event.elastic and event.span is not None and (event.span.line, event.span.column) in nodes
    ]


@given(SCRIPTS, st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=120, deadline=None)
def test_what_holds_for_every_fitted_timeline(script: str, first: float, second: float) -> None:
    routine = routine_of(script)
    reach = fitting_of(routine).range()
    targets = sorted(round(reach.shortest + share * (reach.longest - reach.shortest)) for share in (first, second))
    plans = []
    for target in targets:
        timeline, problems = plan(asked(routine, Fraction(target, SAMPLE_RATE)), FixedLengths())
        assume(not [problem for problem in problems if problem.severity == "error"])  # between two rigid lengths
        assert timeline.frames == target
        assert plan(asked(routine, Fraction(target, SAMPLE_RATE)), FixedLengths()) == (timeline, problems)
        for event, bounds in _elastics(routine, timeline):
            assert bounds.shortest * SAMPLE_RATE - 1 < event.end - event.start < bounds.longest * SAMPLE_RATE + 1
        voice = [event for event in timeline.events if event.kind == "speech"]
        assert all(one.end <= two.start for one, two in pairwise(voice))
        assert [event.start for event in timeline.events] == sorted(event.start for event in timeline.events)
        plans.append(timeline)
    shorter, longer = plans
    assert shorter.fit is not None
    assert longer.fit is not None
    if shorter.fit.left_out == longer.fit.left_out and shorter.fit.rounds == longer.fit.rounds:
        assert shorter.fit.share <= longer.fit.share
        pairs = zip(_elastics(routine, shorter), _elastics(routine, longer), strict=True)
        assert all(one.end - one.start <= two.end - two.start for (one, _), (two, _) in pairs)


def test_all_pauses_move_by_the_same_share_of_their_room() -> None:
    script = "[pause ~8s] A. [pause 4s..20s] B. [hold 1s..2s] [pause 3s] C. [pause ~0.5s]\n"
    routine = routine_of(script)
    reach = fitting_of(routine).range()
    for target in (reach.shortest, 27 * SAMPLE_RATE, 44 * SAMPLE_RATE + 1, reach.longest):
        timeline, problems = plan(asked(routine, Fraction(target, SAMPLE_RATE)))
        assert problems == ()
        assert timeline.frames == target
        share = timeline.fit.share
        for event, bounds in _elastics(routine, timeline):
            room = (bounds.longest - bounds.natural) if share > 0 else (bounds.natural - bounds.shortest)
            exact = (bounds.natural + Fraction(share) * room) * SAMPLE_RATE
            assert abs(event.end - event.start - exact) <= 1


# -- what has to be spoken before a length can be fitted


def _spoken(script: str, length: Fraction | None = Fraction(60)) -> tuple[list[str], list[str]]:
    routine = routine_of(script, length)
    found, problems = planner.lines(routine, {name: name for name in planner.voice_names(routine)})
    return [line.text for line in found], [problem.message for problem in problems]


def test_every_number_of_rounds_that_may_be_chosen_is_spoken() -> None:
    assert _spoken("[repeat 1..3]\nRound {n} of {total}.\n[end]\n")[0] == [
        "Round one of one.", "Round one of two.", "Round two of two.",
        "Round one of three.", "Round two of three.", "Round three of three.",
    ]  # fmt: skip
    assert _spoken("[repeat 1..3]\nRound {n}.\n[end]\n")[0] == ["Round one.", "Round two.", "Round three."]
    assert _spoken("[repeat 1..3]\nRound {n}.\n[end]\n", None)[0] == ["Round one.", "Round two."]
    assert _spoken("[hold 2s..4s count]\n")[0] == ["one", "two", "three", "four"]


def test_a_voice_that_an_optional_chapter_sets_is_spoken_with_and_without_it() -> None:
    routine = routine_of("Hi.\n\n# Fast [optional]\n\n[pace 2] Go.\n\n# End\n\nBye.\n", Fraction(60))
    found, _ = planner.lines(routine, {"auto": "auto"})
    assert {(line.text, line.pace) for line in found} == {("Hi.", 1), ("Go.", 2), ("Bye.", 2), ("Bye.", 1)}


def test_too_many_rounds_to_try_are_an_error() -> None:
    _, problems = _spoken("[repeat ~40]\nRound {n} of {total}.\n[end]\n")
    assert problems == [
        "this block may have 20 to 120 rounds, and since it says {n} or {total}, all 7,070 rounds of them would have to "
        "be tried to find the number that fits"
    ]
    assert len(_spoken("[repeat ~40]\nRound {n}.\n[end]\n")[0]) == 120
    assert _spoken("[repeat ~40]\nRound.\n[end]\n") == (["Round."] * 4, [])
    assert _spoken("---\ntakes: same\n---\n[repeat ~40]\nRound.\n[end]\n") == (["Round."], [])
