"""The rules of ``voiceguide check``, in one table: what each finds, why, its limits, and what it needs to know.

The reader of scripts, the command line and docs/checks.md read it. What a rule does is a function of the same name in
:mod:`voiceguide.checks`, which takes its limits from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from voiceguide.mix_levels import CHIME_LEVEL

Needs = Literal["text", "plan"]
"""``text``: the routine is enough. ``plan``: measured lengths are needed, so a voice has to speak the lines."""

Level = Literal["off", "warning", "error"]
"""What a script can say of a rule: it is not applied, or all it finds is a warning, or an error."""

LEVELS: tuple[Level, ...] = ("off", "warning", "error")

Unit = Literal[
    "s", "%", "dB", "LU", "words", "sentences", "rounds", "words a minute", "syllables a second", "breaths a minute"
]


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of a rule. Of ``%`` the ``value`` is a share: 0.15 is 15 %."""

    value: float
    unit: Unit

    def __format__(self, spec: str) -> str:
        """``15 %``; with the format ``n`` the number alone, ``15``."""
        number = f"{self.value * 100 if self.unit == '%' else self.value:g}"
        return number if spec == "n" else f"{number} {self.unit}"


@dataclass(frozen=True, slots=True)
class Rule:
    """``words``: it understands words, so it can judge only scripts in a language that has a table of them.

    ``severity`` says in a few words when it warns and when it finds an error, ``note`` what else to know of
    it (Markdown). Wherever a text names a limit it is filled in from ``limits``; ``rule["long"]`` is the value of one.
    """

    name: str
    needs: Needs
    words: bool
    finds: str
    severity: str
    reason: str
    note: str
    limits: Mapping[str, Limit]

    def __getitem__(self, name: str) -> float:
        return self.limits[name].value


def _rule(
    name: str,
    finds: str,
    severity: str,
    reason: str,
    *,
    note: str = "",
    needs: Needs = "text",
    words: bool = True,
    **limits: Limit,
) -> Rule:
    """A row of the table, its texts filled in."""
    finds, severity, reason, note = (text.format_map(limits) for text in (finds, severity, reason, note))
    return Rule(name, needs, words, finds, severity, reason, note, MappingProxyType(limits))


RULES: tuple[Rule, ...] = (
    _rule(
        "stacked-actions",
        "a sentence with more than one action of the hands",
        "warning",
        "While the hands do the first, the second is forgotten.",
        note="A verb of the hands at the start of each clause counts; “press and hold” is one.",
    ),
    _rule(
        "long-sentence",
        "a long sentence",
        "warning over {long}, error over {too_long:n}",
        "A listener cannot read a sentence again.",
        long=Limit(20, "words"),
        too_long=Limit(28, "words"),
    ),
    _rule(
        "visual-reference",
        "words that ask closed eyes to look",
        "warning; error for a picture, a mirror or a screen",
        "Nothing can be seen; a place or movement has to be felt.",
        note="What the inner eye sees is fine (“imagine”, “watch your breath”), and so is what comes before the eyes "
        "close or after they open.",
    ),
    _rule(
        "device-reference",
        "words that ask for a touch on the device",
        "warning; error for a tap or press on it",
        "The hands are busy and oily, and the device is out of reach.",
        note="To put the phone away or to silence it is fine.",
    ),
    _rule(
        "vague-place",
        "a hand sent to “here” or “this spot”",
        "warning",
        "Closed eyes find a place by a landmark of the body only.",
        note="“Rest here” and “here and now” are fine: nothing has to be found. So is “here, below the cheekbone”.",
    ),
    _rule(
        "health-claim",
        "a promise that nobody can keep, such as a cure or a detox",
        "warning",
        "A routine may feel good; it treats nothing. Say “may” or “many people find”.",
    ),
    _rule(
        "missing-safety",
        "a massage whose first touch comes before any word on when to leave it out or stop",
        "warning; error when it presses and holds, or works on the neck",
        "Who should not do it has to hear so while the hands are still.",
        note="It applies to a massage of the face only: hands are brought to it, and work there.",
    ),
    _rule(
        "neck-risk",
        "pressure on the neck below the jaw",
        "error on the front, warning on the sides",
        "The windpipe and the large vessels lie there.",
        note="A sentence that forbids it, such as “Never press on the front of the neck”, is what it should be.",
    ),
    _rule(
        "eye-risk",
        "pressure on the eyes",
        "error; warning for rubbing them",
        "Pressure on an eyeball can harm it and slows the heart.",
    ),
    _rule(
        "breath-hands",
        "in a massage, breathing that needs a hand at the nose",
        "warning",
        "The hands are busy and oily.",
    ),
    _rule(
        "no-drive-note",
        "{paced} of paced breathing, or {held} with a held breath, without a word on driving",
        "warning",
        "Paced breathing makes sleepy and sometimes light-headed; sessions are heard in cars too.",
        note="A script that says to lie down needs no word on driving.",
        paced=Limit(60, "s"),
        held=Limit(20, "s"),
    ),
    _rule(
        "breath-hold",
        "a breath held for long, or many rounds of 4-7-8",
        "warning over {long}, error over {too_long}; warning over {many} of 4-7-8, error over {too_many:n}",
        "Long holds make light-headed, most of all beginners.",
        words=False,
        long=Limit(7, "s"),
        too_long=Limit(10, "s"),
        many=Limit(4, "rounds"),
        too_many=Limit(8, "rounds"),
    ),
    _rule(
        "breath-rate",
        "breathing that is very fast or very slow",
        "warning over {fastest:n} or below {slowest}",
        "The one makes dizzy, the other short of breath.",
        words=False,
        note="A single slow breath is fine.",
        fastest=Limit(20, "breaths a minute"),
        slowest=Limit(3, "breaths a minute"),
    ),
    _rule(
        "side-missing",
        "one side of the body worked on and the other left out, or given less time",
        "error when it is left out or gets over {too_unequal} less time, warning over {unequal}",
        "A listener follows, and ends lopsided.",
        note="Parts of the body count, hands do not: “your left hand on your right cheek” is about the right. “The "
        "same on the other side” is enough. The time of both sides is compared in the plan; a difference up to "
        "{noticed} is not noticed.",
        unequal=Limit(0.15, "%"),
        too_unequal=Limit(0.30, "%"),
        noticed=Limit(3, "s"),
    ),
    _rule(
        "side-unannounced",
        "work that goes to the other side without a word ahead",
        "warning below {lead}",
        "With closed eyes nobody sees which side comes next; hands change over in {advised:n} to {ample}.",
        needs="plan",
        note="To bring the hands to the other side is an announcement too. It applies to a massage only.",
        lead=Limit(3, "s"),
        advised=Limit(5, "s"),
        ample=Limit(8, "s"),
    ),
    _rule(
        "hold-mismatch",
        "a hold or silence that lasts another time than the voice says",
        "warning over {off}, error over {far_off}",
        "A listener who counts along is left behind, or left hanging.",
        needs="plan",
        note="“About” leaves {roughly}. “At least” and “up to” promise nothing. Less than {noticed} is not noticed. "
        "Fitted to a length, the hold is judged as it then is.",
        off=Limit(0.10, "%"),
        far_off=Limit(0.25, "%"),
        roughly=Limit(0.25, "%"),
        noticed=Limit(0.5, "s"),
        longest=Limit(1200, "s"),
        near=Limit(2, "sentences"),
    ),
    _rule(
        "hold-no-release",
        "a hold that nothing ends, or a chime promised that never comes",
        "warning",
        "Without a signal nobody knows when to let go.",
        note="A chime, a count, “let go”, or the next action ends a hold, within {near}.",
        near=Limit(2, "sentences"),
    ),
    _rule(
        "count-mismatch",
        "a number said that is not the number done",
        "warning",
        "A listener who counts loses trust, and the place.",
        note="Numbers of breaths, rounds and counts are compared with the cue that follows within {near}.",
        near=Limit(2, "sentences"),
    ),
    _rule(
        "missing-preparation",
        "a massage without clean hands, clean skin or oil in its first {within}",
        "warning",
        "Once the eyes are closed and the hands on the face it is too late.",
        needs="plan",
        note="It applies to a massage of the face only.",
        within=Limit(90, "s"),
    ),
    _rule(
        "action-time",
        "too little time to carry out what was said",
        "warning below {stroke} for a stroke, {hands} to move the hands, {side} to change sides, {tool} for a "
        "tool, {oil} for oil",
        "The listener is left behind.",
        needs="plan",
        note="The time runs from the end of the sentence to the start of the next one that has an action. Words in "
        "between, holds and breaths are time, too. To change sides begins with the sentence that announces the "
        "other side.",
        stroke=Limit(2, "s"),
        hands=Limit(4, "s"),
        side=Limit(7, "s"),
        tool=Limit(7, "s"),
        oil=Limit(10, "s"),
        noticed=Limit(0.15, "s"),
    ),
    _rule(
        "silence-gap",
        "a long silence without voice, chime, breath or bed",
        "warning over {long}, error over {too_long}; when it was announced, warning over {announced}",
        "The listener wonders whether it has stopped, and opens the eyes.",
        needs="plan",
        words=False,
        note="A bed is no silence. A duration, “until …” or “in silence” in one of the {near} before announces it. The"
        " end of a session with `sleep: true` may be silent.",
        near=Limit(2, "sentences"),
        long=Limit(25, "s"),
        too_long=Limit(45, "s"),
        announced=Limit(120, "s"),
    ),
    _rule(
        "speech-rate",
        "a voice that speaks too fast or too slowly to follow",
        "warning over {fast:n} or below {slow}, error over {too_fast:n}",
        "Guidance is understood at {understood:n} to {brisk}.",
        needs="plan",
        note="Each voice and pace is judged by all of its sentences of {shortest} and more, {fewest} together at "
        "least, with {rest} of rest behind each. A language of longer words has lower limits.",
        fast=Limit(130, "words a minute"),
        slow=Limit(85, "words a minute"),
        too_fast=Limit(150, "words a minute"),
        understood=Limit(105, "words a minute"),
        brisk=Limit(125, "words a minute"),
        fewest=Limit(20, "words"),
        shortest=Limit(4, "words"),
        rest=Limit(0.6, "s"),
    ),
    _rule(
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
    _rule(
        "density",
        "a chapter of practice with hardly any silence",
        "warning over {dense}, pauses included",
        "There is no time left to do and to feel it.",
        needs="plan",
        note="Chapters of less than {shortest} or {fewest} are not judged, nor is one that makes ready: that speaks of"
        " safety, clean hands or oil, and has no touch.",
        dense=Limit(85, "words a minute"),
        fewest=Limit(20, "words"),
        shortest=Limit(30, "s"),
    ),
    _rule(
        "no-return",
        "a session that breaks off: nothing closes it in its last {within}",
        "warning; not in a session for sleep",
        "The listener lies there and waits.",
        needs="plan",
        note="A chime closes a session, too. Sessions of less than {shortest} close by themselves.",
        within=Limit(60, "s"),
        shortest=Limit(60, "s"),
    ),
    _rule(
        "sleep-ending",
        "a chime in the last {within} of a session for sleep",
        "warning",
        "It wakes listeners who have just fallen asleep.",
        needs="plan",
        words=False,
        within=Limit(120, "s"),
    ),
    _rule(
        "title-duration",
        "a title that names another length than the session has",
        "warning over {off}, error over {far_off}",
        "People choose a session by the time they have.",
        needs="plan",
        note="“5 to 10 minutes” is right for anything between. Several `--length` are judged one by one.",
        off=Limit(0.05, "%"),
        far_off=Limit(0.10, "%"),
    ),
    _rule(
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
    _rule(
        "bed-too-loud",
        "a bed that is hardly softer than the voice over it",
        "warning less than {under} under the voice, error less than {barely}",
        "The words get lost, first for those who hear less well (WCAG 1.4.7).",
        needs="plan",
        words=False,
        note="What counts is how loud the bed is planned to be while the voice speaks: the level of its cue, the bed's"
        " own level, `levels`, and `ducking`. A bed that nobody speaks over may be louder.",
        under=Limit(20, "dB"),
        barely=Limit(15, "dB"),
    ),
    _rule(
        "chime-too-loud",
        "a chime or sound that is as loud as the voice",
        "warning less than {under} under the voice, error when louder than the voice",
        "It startles.",
        needs="plan",
        words=False,
        note="What counts is how loud the sound is by itself, the level of its cue, and `levels`. Most chimes are "
        "{usual} under the voice; `wood` and the sounds of breaths and holds are softer, and so may be raised "
        "further.",
        under=Limit(3, "LU"),
        usual=Limit(-CHIME_LEVEL, "LU"),
    ),
)

BY_NAME: Mapping[str, Rule] = MappingProxyType({rule.name: rule for rule in RULES})
