"""What could harm, and what has to be said so that it does not."""

from __future__ import annotations

from voiceguide.rule_spec import AT_REST, Limit, Rule, rule

RULES: tuple[Rule, ...] = (
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
        "a word on safety, or on how flat a tool lies, that stands in chapters only that a length may leave out",
        "error",
        "At a short length nobody would hear it. Such a chapter is not optional, or is `[required]`.",
        note="It is about the first such word; what is said once more later may be left out.",
    ),
    rule(
        "force",
        "words that ask for all the strength, or take pain for a good sign",
        "error",
        "Pain is where to stop. Pressure that works is firm at most.",
        kinds=AT_REST,
    ),
    rule(
        "medicine",
        "words that put the session in the place of medicine or a doctor",
        "error",
        "Who follows them may come to harm.",
        note="“Do not stop taking your medicine” is fine.",
    ),
    rule(
        "neck-risk",
        "pressure on the neck below the jaw",
        "error on the front and on both sides at once, warning on a side",
        "The windpipe and the large vessels lie there.",
        note="A sentence that forbids it, such as “Never press on the front of the neck”, is what it should be.",
    ),
    rule(
        "tool-use",
        "a stone or roller that is set upright, drawn over dry skin or to and fro, or over the lids",
        "error on the lids and for an upright edge, warning for the others",
        "An edge cuts in, dry skin is dragged along, and an eye is under the lid.",
        kinds=("massage",),
        note="What forbids it is as it should be: “The stone goes one way, and never back and forth.”",
    ),
    rule(
        "oily-hands",
        "hands with oil on them that go into the hair or over the eyes",
        "warning",
        "Oil burns in the eyes and is hard to wash from the hair.",
        kinds=("massage",),
        note="To wipe, dry or wash the hands before is enough.",
    ),
    rule(
        "lenses-in",
        "eyes that are covered, or lids that are stroked, before any word on contact lenses",
        "warning",
        "Pressure on a lens, or oil under it, hurts the eye.",
        kinds=("massage",),
    ),
    rule(
        "eye-risk",
        "pressure on the eyes",
        "error; warning for rubbing them",
        "Pressure on an eyeball can harm it and slows the heart.",
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
)
