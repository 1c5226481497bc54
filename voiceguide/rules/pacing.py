"""Time: to hear it, and not so much that the listener wonders; how a session begins and ends."""

from __future__ import annotations

from voiceguide.rule_spec import AT_REST, Limit, Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        "silence-gap",
        "a long silence without voice, chime, breath or bed",
        "warning over {long}, error over {too_long}; when it was announced, warning over {announced}",
        "The listener wonders whether it has stopped, and opens the eyes.",
        needs="plan",
        words=False,
        note="A bed is no silence. A duration, “until …” or “in silence” in one of the {near} before announces it. The"
        " end of a session for sleep may be silent.",
        near=Limit(2, "sentences"),
        long=Limit(25, "s"),
        too_long=Limit(45, "s"),
        announced=Limit(120, "s"),
    ),
    rule(
        "speech-rate",
        "a voice that speaks too fast or too slowly to follow",
        "warning over {fast:n} or below {slow}, error over {too_fast:n}",
        "Guidance is understood at {understood:n} to {brisk}.",
        needs="plan",
        note="Each voice and pace is judged by all of its sentences of {shortest} and more, {fewest} together at "
        "least, with {rest} of rest behind each. Lines of signs or figures do not count. A language of longer "
        "words has lower limits.",
        fast=Limit(130, "words a minute"),
        slow=Limit(85, "words a minute"),
        too_fast=Limit(150, "words a minute"),
        understood=Limit(105, "words a minute"),
        brisk=Limit(125, "words a minute"),
        fewest=Limit(20, "words"),
        shortest=Limit(4, "words"),
        rest=Limit(0.6, "s"),
    ),
    rule(
        "articulation",
        "a voice whose syllables come too fast or too slowly",
        "warning over {fast:n} or below {slow}, error over {too_fast:n}",
        "Listeners judge a voice's tempo by its syllables far more than by its pauses; {calm:n} to {calmest} are calm.",
        needs="plan",
        words=False,
        note="Pauses inside a line do not count. Each voice and pace is judged by all of its sentences of {shortest} "
        "and more, {fewest} together at least.",
        fast=Limit(3.8, "syllables a second"),
        slow=Limit(2.4, "syllables a second"),
        too_fast=Limit(4.5, "syllables a second"),
        calm=Limit(3, "syllables a second"),
        calmest=Limit(3.3, "syllables a second"),
        fewest=Limit(20, "words"),
        shortest=Limit(4, "words"),
    ),
    rule(
        "density",
        "a chapter of practice with hardly any silence",
        "warning over {dense}, pauses included",
        "There is no time left to do and to feel it.",
        kinds=AT_REST,
        needs="plan",
        note="Chapters of less than {shortest} or {fewest} are not judged, nor is one that makes ready: that speaks of"
        " safety, clean hands or oil, and has no touch.",
        dense=Limit(85, "words a minute"),
        fewest=Limit(20, "words"),
        shortest=Limit(30, "s"),
    ),
    rule(
        "no-return",
        "a session that breaks off: nothing closes it in its last {within}",
        "warning",
        "The listener lies there and waits.",
        kinds=("massage", "breathing", "meditation"),
        needs="plan",
        note="A chime closes a session, too. Sessions of less than {shortest}, and those for sleep, close by "
        "themselves.",
        within=Limit(60, "s"),
        shortest=Limit(60, "s"),
    ),
    rule(
        "sleep-ending",
        "a chime in the last {within} of a session for sleep",
        "warning",
        "It wakes listeners who have just fallen asleep.",
        needs="plan",
        words=False,
        note="That is one with `sleep: true` or `kind: sleep`.",
        within=Limit(120, "s"),
    ),
    rule(
        "title-duration",
        "a title that names another length than the session has",
        "warning over {off}, error over {far_off}",
        "People choose a session by the time they have.",
        needs="plan",
        note="“5 to 10 minutes” is right for anything between. Several `--length` are judged one by one.",
        off=Limit(0.05, "%"),
        far_off=Limit(0.10, "%"),
    ),
    rule(
        "edges",
        "a session that starts or ends with a sound at its very edge",
        "warning below {head} at the start or {tail} at the end",
        "Players and shops cut the edges.",
        needs="plan",
        words=False,
        note="Every plan begins and ends with more quiet than that, so no script triggers it; it checks the planner.",
        head=Limit(0.5, "s"),
        tail=Limit(1, "s"),
    ),
)
