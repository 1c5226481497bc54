"""What is done, on which side, how long and how often."""

from __future__ import annotations

from voiceguide.rule_spec import AT_REST, Limit, Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        "hands-lost",
        "work for hands that were laid in the lap, or are to stay somewhere else",
        "warning",
        "Nobody has more than two hands, and closed eyes do not see where they should be.",
        kinds=("massage",),
        note="A sentence that names the hands for the work, or brings them to a place, brings them back.",
    ),
    rule(
        "side-missing",
        "one side of the body worked on and the other left out, or given less time",
        "error when it is left out or gets over {too_unequal} less time, warning over {unequal}",
        "A listener follows, and ends lopsided.",
        note="Parts of the body count, hands do not: “your left hand on your right cheek” is about the right. “The "
        "same on the other side” is enough. “One cheek” and “the other” are sides as well. The time of both sides "
        "is compared in the plan; a difference up to "
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
        "a hold that nothing ends",
        "warning",
        "Without a signal nobody knows when to let go.",
        note="A chime, a count, also one in words (“hold, two, three, four”), “let go”, or the next action ends a "
        "hold, within {near}.",
        near=Limit(2, "sentences"),
    ),
    rule(
        "promised-sound",
        "a chime, bell or tone that is promised and never comes",
        "warning",
        "The listener waits for it.",
        note="“Until you hear the chime” needs it within {near}; a bell that “will tell you” may come later.",
        near=Limit(2, "sentences"),
    ),
    rule(
        "repeat-time",
        "a number of strokes or breaths for which there is no time",
        "warning below {stroke} for each stroke, {tap} for each tap, {breath} for each breath",
        "The listener hurries, or is left behind.",
        needs="plan",
        note="A number that `[repeat]`, `[breathe]` or `[count]` keeps time for is not judged. Less than {noticed} is "
        "not noticed.",
        stroke=Limit(0.8, "s"),
        tap=Limit(0.25, "s"),
        breath=Limit(3, "s"),
        noticed=Limit(0.3, "s"),
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
        "action-time",
        "too little time to carry out what was said",
        "warning below {stroke} for a stroke, {hands} to move the hands, {side} to change sides, {tool} for a "
        "tool, {oil} for oil",
        "The listener is left behind.",
        kinds=AT_REST,
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
)
