"""A script and its translation: what has to agree, found where it does not."""

from __future__ import annotations

import pytest

from tests.support.cases import NAMES
from voiceguide import translation
from voiceguide.errors import Diagnostic, Source
from voiceguide.routine import Routine
from voiceguide.script import parse
from voiceguide.translation import compare

ENGLISH = """\
---
bed: brown
variables: {oil: face oil}
---
# Make ready

Lie down. Let your eyes close. [pause ~4s]
Take some {oil}. [pause 10s]

# Jaw [optional 2]

[each side: left, right]
Stroke along the {side} side. [pause 8s]
[end]
[repeat 3]
Number {n} of {total}. [pause 2s]
[end]
[breathe 4-6 x4]

# Rest

Rest your hands. [hold 20s]
Open your eyes when you are ready. [chime]
"""

GERMAN = """\
---
language: de
bed: brown
variables: {oil: Gesichtsöl}
---
# Bereit machen

Leg dich hin. Lass die Augen zugehen. [pause ~4s]
Nimm etwas {oil}. [pause 10s]

# Kiefer [optional 2]

[each Seite: linken, rechten]
Streich an der {Seite} Seite entlang. [pause 8s]
[end]
[repeat 3]
Nummer {n} von {total}. [pause 2s]
[end]
[breathe 4-6 x4]

# Ruhe

Lass die Hände ruhen. [hold 20s]
Öffne die Augen, wenn du bereit bist. [chime]
"""


def _routine(text: str, name: str) -> Routine:
    routine, findings = parse(Source(name, text), NAMES)
    assert [finding.render() for finding in findings] == []
    assert routine is not None
    return routine


def _compared(original: str, translated: str) -> tuple[Diagnostic, ...]:
    return compare(_routine(original, "en.md"), _routine(translated, "de.md"))


def _found(original: str, translated: str) -> list[str]:
    return [f"{finding.span} {finding.rule}: {finding.message}" for finding in _compared(original, translated)]


def test_a_faithful_translation_has_no_finding() -> None:
    assert _found(ENGLISH, GERMAN) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[pause ~4s]", "[pause ~5s]", "de.md:8:39 cue-differs: the original has '[pause ~4s]'"),
        ("[breathe 4-6 x4]", "[breathe 4-6 x5]", "de.md:19:1 cue-differs: the original has '[breathe 4-6 x4]'"),
        (" [pause 10s]", "", "de.md:9:1 cue-missing: after this, '[pause 10s]' is missing"),
        ("[hold 20s]", "[hold 20s] [chime]", "de.md:23:34 cue-added: the original has no '[chime]' here"),
        ("linken, rechten", "linken, rechten, dritten", "de.md:13:1 cue-differs: the original has '[each side: left, right]'"),
        ("[repeat 3]", "[repeat 2]", "de.md:16:1 cue-differs: the original has '[repeat 3]'"),
        (
            "Lass die Hände ruhen. ", "",
            "de.md:21:3 line-missing: after this, one line is missing: “Rest your hands.”",
        ),
        (
            " Lass die Augen zugehen.", "",
            "de.md:8:1 line-missing: the original has 2 lines up to the next cue, and this script one line",
        ),
        (
            "Leg dich hin.", "Leg dich hin. Gut so.",
            "de.md:8:1 line-added: the original has 2 lines up to the next cue, and this script 3 lines",
        ),
        ("# Ruhe\n", "# Ruhe [optional]\n", "de.md:21:3 chapter-differs: this chapter is optional 1, with 1 '#'; in the original it is kept, with 1 '#'"),
        ("[optional 2]", "", "de.md:11:3 chapter-differs: this chapter is kept, with 1 '#'; in the original it is optional 2, with 1 '#'"),
        ("an der {Seite} Seite", "an der Seite", "de.md:14:1 variable-differs: the original has {side} in this line"),
        ("bed: brown", "bed: pink", "de.md:3:6 setting-differs: the setting 'bed' is not what the original has"),
        ("bed: brown\n", "", "de.md:1:1 setting-differs: the setting 'bed' is not what the original has"),
        ("Gesichtsöl", "face oil", "de.md:4:1 not-translated: the variable 'oil' still has the original's words, “face oil”"),
        ("linken, rechten", "left, right", "de.md:13:1 not-translated: the words of this block are still the original's: left, right"),
        ("Lass die Hände ruhen.", "Rest your hands.", "de.md:23:1 not-translated: this line is still in the original's words"),
        ("hin. Lass", "hin.\n\nLass", "de.md:10:1 paragraph-differs: a paragraph begins here"),
    ],
)  # fmt: skip
def test_each_difference_is_found_at_its_place(old: str, new: str, expected: str) -> None:
    changed = GERMAN.replace(old, new, 1)
    assert changed != GERMAN
    assert expected in _found(ENGLISH, changed)
    assert len(_found(ENGLISH, changed)) == 1


def test_a_hint_names_the_place_in_the_original() -> None:
    (finding,) = _compared(ENGLISH, GERMAN.replace("[hold 20s]", "[hold 25s]"))
    assert finding.hint == "it stands at en.md:22:18"
    (finding,) = _compared(ENGLISH, GERMAN.replace("bed: brown", "bed: pink"))
    assert finding.hint == "the original says 'bed: brown' (en.md:2:6)"


def test_a_missing_chapter_is_one_finding_wherever_it_stood() -> None:
    first, second, third = GERMAN.split("\n# ")[1:]
    front = GERMAN.split("\n# ", maxsplit=1)[0]
    for left, title in (([second, third], "Make ready"), ([first, third], "Jaw"), ([first, second], "Rest")):
        found = _found(ENGLISH, "\n# ".join([front, *left]))
        assert len(found) == 1
        assert found[0].endswith(f"chapter-missing: after this, the chapter “{title}” is missing")
    found = _found(ENGLISH, GERMAN + "\n# Zugabe\n\nNoch etwas. [pause 3s]\n")
    assert found == ["de.md:26:3 chapter-added: the original has no chapter that answers to “Zugabe”"]


def test_words_of_the_same_language_are_no_findings() -> None:
    assert [finding.rule for finding in _compared(ENGLISH, ENGLISH)] == ["same-language"]
    british = ENGLISH.replace("---\n", "---\nlanguage: en-GB\n", 1)
    assert _found(ENGLISH, british) == []


def test_voices_and_what_belongs_to_a_language_may_differ() -> None:
    own = "language: de\nvoice: system\npace: 0.9\ntags: [a]\npronounce: {Qi: tschi}\n"
    script = GERMAN.replace("language: de\n", own).replace("Leg dich", "[voice system] Leg dich")
    assert _found(ENGLISH, script) == []


def test_one_difference_in_a_long_chapter_is_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "_LARGEST", 100)
    many = "".join(f"Line {n}. [pause {n % 7 + 1}s]\n" for n in range(200))
    changed = many.replace("Line 100. ", "", 1)
    found = _found(f"---\nlanguage: fr\n---\n# A\n{many}", f"---\nlanguage: fr-CA\n---\n# A\n{changed}")
    assert found == ["de.md:104:10 line-missing: after this, one line is missing: “Line 100.”"]


def test_long_chapters_without_a_cue_in_common_are_compared_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "_LARGEST", 100)
    first, second = ("".join(f"Line. [pause {n % 7 + 1 + more}s]\n" for n in range(50)) for more in (0, 10))
    found = _compared(f"# A\n{first}", f"---\nlanguage: en-GB\n---\n# A\n{second}")
    assert [finding.rule for finding in found] == ["cue-differs"] * 50
