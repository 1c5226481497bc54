"""Whether a script and its translation are in step, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voiceguide.api.options import PathLike
from voiceguide.api.packs import PackFile, read_pack
from voiceguide.api.scripts import ScriptLike, read, script_of
from voiceguide.errors import Diagnostic


@dataclass(frozen=True, slots=True)
class TranslationResult:
    """What a translation has not in common with its original; the spans lie in the translation.

    ``original`` and ``translation`` are the names of the two scripts, or of the two pack files.
    """

    original: str
    translation: str
    findings: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there are no errors."""
        return not self.count("error")

    def count(self, severity: str) -> int:
        """How many findings are of a severity, ``error`` or ``warning``."""
        return sum(finding.severity == severity for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """An entry of ``pairs`` in docs/translating.md."""
        return {
            "original": self.original,
            "translation": self.translation,
            "errors": self.count("error"),
            "warnings": self.count("warning"),
            "findings": [finding.to_json() for finding in self.findings],
        }


def check_translation(original: ScriptLike, translation: ScriptLike) -> TranslationResult:
    """Compares a script with its translation: chapters, cues, lines, variables and settings (docs/translating.md).

    Nothing is spoken. Where one of the two cannot be read its own errors are the findings.
    """
    from voiceguide.translation import compare

    first, second = script_of(original), script_of(translation)
    broken = tuple(f for script in (first, second) if not script.ok for f in script.findings if f.severity == "error")
    if first.routine is None or second.routine is None or broken:
        return TranslationResult(first.name, second.name, broken)
    return TranslationResult(first.name, second.name, compare(first.routine, second.routine))


def check_translated_pack(
    original: PackFile | PathLike, translation: PackFile | PathLike
) -> tuple[TranslationResult, ...]:
    """Compares two packs, and each script with the one in the same position: first the pack files, then the pairs.

    Where a pack cannot be read its errors are the findings, and no script is compared.
    """
    from voiceguide.packs.translated import paired

    files = [pack if isinstance(pack, PackFile) else read_pack(pack) for pack in (original, translation)]
    names = (_name_of(original, files[0]), _name_of(translation, files[1]))
    first, second = (file.pack for file in files)
    if first is None or second is None:
        broken = tuple(f for file in files if not file.ok for f in file.findings if f.severity == "error")
        return (TranslationResult(*names, broken),)
    pairs, findings = paired(first, second)
    results = [TranslationResult(*names, findings)]
    for pair in pairs:
        found = check_translation(read(pair.original.path), read(pair.translation.path))
        results.append(TranslationResult(found.original, found.translation, (*pair.findings, *found.findings)))
    return tuple(results)


def _name_of(given: PackFile | PathLike, file: PackFile) -> str:
    if not isinstance(given, PackFile):
        return str(given)
    return str(file.pack.folder / "pack.yaml") if file.pack else "pack.yaml"
