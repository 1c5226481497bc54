"""The rules of ``voiceguide check``, in one table: what each finds, why, its limits, and what it needs to know.

The reader of scripts, the command line and docs/checks.md read it. What a rule does is a function of the same name in
:mod:`voiceguide.checks`, which takes its limits from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from voiceguide.mix_levels import CHIME_LEVEL
from voiceguide.rule_spec import Kind, Limit, Rule, rule

_AT_REST: tuple[Kind, ...] = ("massage", "breathing", "meditation", "sleep")
"""Eyes are closed and nobody exercises."""

RULES: tuple[Rule, ...] = (
    rule(
        "stacked-actions",
        "a sentence with more than one action of the hands",
        "warning",
        "While the hands do the first, the second is forgotten.",
        kinds=_AT_REST,
        note="A verb of the hands at the start of each clause counts; “press and hold” is one.",
    ),
    rule(
        "long-sentence",
        "a long sentence",
        "warning over {long}, error over {too_long:n}",
        "A listener cannot read a sentence again.",
        long=Limit(20, "words"),
        too_long=Limit(28, "words"),
    ),
    rule(
        "visual-reference",
        "words that ask closed eyes to look",
        "warning; error for a picture, a mirror or a screen",
        "Nothing can be seen; a place or movement has to be felt.",
        note="What the inner eye sees is fine (“imagine”, “watch your breath”), also in the sentences after it, up to "
        "the next action or heading. So is what comes before the eyes close or after they open. In movement they are "
        "open until the script closes them.",
    ),
    rule(
        "device-reference",
        "words that ask for a touch on the device",
        "warning; error for a tap or press on it",
        "The hands are busy and oily, and the device is out of reach.",
        kinds=_AT_REST,
        note="To put the phone away or to silence it is fine.",
    ),
    rule(
        "vague-place",
        "a hand sent to “here” or “this spot”",
        "warning",
        "Closed eyes find a place by a landmark of the body only.",
        kinds=_AT_REST,
        note="“Rest here” and “here and now” are fine: nothing has to be found. So is “here, below the cheekbone”.",
    ),
    rule(
        "health-claim",
        "a promise that nobody can keep, such as a cure or a detox",
        "warning",
        "A routine may feel good; it treats nothing. Say “may” or “many people find”.",
    ),
    rule(
        "emoji",
        "an emoji in a sentence",
        "warning",
        "It has no sound. It is left out, so that no voice reads “face with tears of joy” into a quiet moment.",
        words=False,
    ),
    rule(
        "address",
        "a web or e-mail address in a sentence",
        "warning",
        "It cannot be clicked or noted. The voice says its host alone.",
        words=False,
    ),
    rule(
        "missing-safety",
        "a massage whose first touch comes before any word on when to leave it out or stop",
        "warning; error when it presses and holds, or works on the neck",
        "Who should not do it has to hear so while the hands are still.",
        kinds=("massage",),
        note="Without `kind: massage` it applies to a massage of the face only: hands are brought to it, and work "
        "there.",
    ),
    rule(
        "optional-safety",
        "a word on safety that stands in chapters only that a length may leave out",
        "error",
        "At a short length nobody would hear it. Such a chapter is not optional, or is `[required]`.",
        note="It is about the first such word; what is said once more later may be left out.",
    ),
    rule(
        "force",
        "words that ask for all the strength, or take pain for a good sign",
        "error",
        "Pain is where to stop. Pressure that works is firm at most.",
        kinds=_AT_REST,
    ),
    rule(
        "medicine",
        "words that put the session in the place of medicine or a doctor",
        "error",
        "Who follows them may come to harm.",
        note="“Do not stop taking your medicine” is fine.",
    ),
    rule(
        "unsafe-breath",
        "breathing in prose that can make somebody faint: a breath held for {held} or more, {fast} or more that are "
        "fast, as long as one can, or on and on though dizzy",
        "error",
        "It lowers the carbon dioxide in the blood, or the oxygen, until listeners faint, alone and with closed eyes.",
        note="“If you get dizzy, stop” is what it should be.",
        held=Limit(45, "s"),
        fast=Limit(15, "breaths"),
    ),
    rule(
        "neck-risk",
        "pressure on the neck below the jaw",
        "error on the front, warning on the sides",
        "The windpipe and the large vessels lie there.",
        note="A sentence that forbids it, such as “Never press on the front of the neck”, is what it should be.",
    ),
    rule(
        "eye-risk",
        "pressure on the eyes",
        "error; warning for rubbing them",
        "Pressure on an eyeball can harm it and slows the heart.",
    ),
    rule(
        "breath-hands",
        "breathing that needs a hand at the nose",
        "warning",
        "The hands are busy and oily.",
        kinds=("massage",),
    ),
    rule(
        "no-drive-note",
        "{paced} of paced breathing, or {held} with a held breath, without a word on driving",
        "warning",
        "Paced breathing makes sleepy and sometimes light-headed; sessions are heard in cars too.",
        kinds=("massage", "breathing", "meditation"),
        note="A script that says to lie down needs no word on driving.",
        paced=Limit(60, "s"),
        held=Limit(20, "s"),
    ),
    rule(
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
    rule(
        "breath-rate",
        "breathing that is very fast or very slow",
        "warning over {fastest:n} or below {slowest}",
        "The one makes dizzy, the other short of breath.",
        words=False,
        note="A single slow breath is fine.",
        fastest=Limit(20, "breaths a minute"),
        slowest=Limit(3, "breaths a minute"),
    ),
    rule(
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
    rule(
        "side-unannounced",
        "work that goes to the other side without a word ahead",
        "warning below {lead}",
        "With closed eyes nobody sees which side comes next; hands change over in {advised:n} to {ample}.",
        kinds=("massage",),
        needs="plan",
        note="To bring the hands to the other side is an announcement too.",
        lead=Limit(3, "s"),
        advised=Limit(5, "s"),
        ample=Limit(8, "s"),
    ),
    rule(
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
    rule(
        "hold-no-release",
        "a hold that nothing ends, or a chime promised that never comes",
        "warning",
        "Without a signal nobody knows when to let go.",
        note="A chime, a count, also one in words (“hold, two, three, four”), “let go”, or the next action ends a "
        "hold, within {near}.",
        near=Limit(2, "sentences"),
    ),
    rule(
        "count-mismatch",
        "a number said that is not the number done",
        "warning",
        "A listener who counts loses trust, and the place.",
        note="Numbers of breaths, rounds and counts are compared with the cue that follows within {near}.",
        near=Limit(2, "sentences"),
    ),
    rule(
        "missing-preparation",
        "a massage without clean hands, clean skin or oil in its first {within}",
        "warning",
        "Once the eyes are closed and the hands on the face it is too late.",
        kinds=("massage",),
        needs="plan",
        note="Without `kind: massage` it applies to a massage of the face only.",
        within=Limit(90, "s"),
    ),
    rule(
        "action-time",
        "too little time to carry out what was said",
        "warning below {stroke} for a stroke, {hands} to move the hands, {side} to change sides, {tool} for a "
        "tool, {oil} for oil",
        "The listener is left behind.",
        kinds=_AT_REST,
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
        kinds=_AT_REST,
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
    rule(
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
    rule(
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

BY_NAME: Mapping[str, Rule] = MappingProxyType({each.name: each for each in RULES})
