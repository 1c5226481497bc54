"""The findings of ``voiceguide check``, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Unpack

from voiceguide.api.options import Options, session_options
from voiceguide.api.progress import IsCancelled, OnProgress, reported
from voiceguide.api.scripts import ScriptLike, known_as, script_of
from voiceguide.errors import Cancelled, Diagnostic, OptionError, RecognitionError, ScriptError, VoiceguideError
from voiceguide.progress import ReportStage
from voiceguide.routine import Routine
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ReadScript

if TYPE_CHECKING:
    from voiceguide.checks import Checked
    from voiceguide.checks.mixed import Mixed
    from voiceguide.session.session import Session
    from voiceguide.speech.recognition import Recogniser


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The findings about one script, in the order of the files' lines.

    ``not_applied``: rules that do not know the script's ``language``. ``failed``: why the rules that need a voice could
    not be applied, such as a missing voice; None when they were, or were not wanted. ``kind`` is what the script was
    judged as and ``kind_reason`` why, both empty when it could not be read. ``notes`` say what was left out, and why.
    """

    findings: tuple[Diagnostic, ...] = ()
    not_applied: tuple[str, ...] = ()
    language: str = ""
    failed: str | None = None
    kind: str = ""
    kind_reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there are no errors, and every rule that was wanted could be applied."""
        return self.failed is None and not self.count("error")

    def count(self, severity: str) -> int:
        """How many findings are of a severity, ``error`` or ``warning``."""
        return sum(finding.severity == severity for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """An entry of ``scripts`` in docs/checks.md, without its ``file``."""
        return {
            "errors": self.count("error"),
            "warnings": self.count("warning"),
            "kind": self.kind or None,
            "kind_reason": self.kind_reason or None,
            "not_applied": list(self.not_applied),
            "failed": self.failed,
            "notes": list(self.notes),
            "findings": [finding.to_json() for finding in self.findings],
        }


def check(
    script: ScriptLike,
    *,
    text_only: bool = False,
    sound: bool = False,
    jobs: int | None = None,
    progress: OnProgress | None = None,
    cancelled: IsCancelled | None = None,
    **options: Unpack[Options],
) -> CheckResult:
    """Reports what in a script would trouble a listener whose eyes are closed and whose hands are busy.

    The script's own errors are findings too. ``text_only`` leaves out the rules about time, for which the lines have to
    be spoken; ``sound`` adds those that need the mix, which is measured, and listened to where the extra ``listen`` is
    there. Raises OptionError, also for both at once, and Cancelled.
    """
    if text_only and sound:
        raise OptionError("text_only leaves out what needs a voice, and sound needs one. Ask for one of them.")
    found = script_of(script)
    asked = session_options(jobs=jobs, **options)
    try:
        known, asked = known_as(found, asked)
    except ScriptError as error:
        return CheckResult(error.diagnostics)
    return checked(known, asked, reported(progress, cancelled), text_only=text_only, sound=sound)


def checked(
    known: ReadScript, options: SessionOptions, progress: ReportStage, *, text_only: bool, sound: bool = False
) -> CheckResult:
    """Applies the rules to a script without errors."""
    from voiceguide.checks import check as apply

    routine, findings = known.routine, known.findings
    failed: str | None = None
    if not text_only:
        try:
            return _planned(known, options, progress, sound=sound)
        except Cancelled:
            raise
        except ScriptError as error:
            findings = _together(findings, error.diagnostics)
        except VoiceguideError as error:
            failed = str(error)
    plain = apply(routine)
    return _result(routine, _together(findings, plain.findings), plain, failed)


def _planned(known: ReadScript, options: SessionOptions, progress: ReportStage, *, sound: bool) -> CheckResult:
    """Applies the rules that need a plan, too. Raises VoiceguideError when there is none."""
    from voiceguide.checks import check as apply
    from voiceguide.session.session import speak_script

    notes: tuple[str, ...] = ()
    with speak_script(known, options, progress) as spoken:
        sessions = spoken.sessions()
        ear, notes = _ear(known.routine.settings.language) if sound else (None, ())
        results = [
            apply(
                session.routine,
                session.timeline,
                session.clips.sound_level,
                session.clips.speaking,
                _mixed(session, ear, progress) if sound else None,
            )
            for session in sessions
        ]
    warnings = (warning for session in sessions for warning in session.warnings)
    findings = _together(warnings, (finding for result in results for finding in result.findings))
    return replace(_result(known.routine, findings, results[0]), notes=notes)


def _ear(language: str) -> tuple[Recogniser | None, tuple[str, ...]]:
    """What listens for words that are misheard, or a note on why nothing does."""
    from voiceguide.speech.recognition import recogniser

    try:
        return recogniser(language), ()
    except RecognitionError as error:
        return None, (f"the rule 'misheard' was not applied. {error}",)


def _mixed(session: Session, ear: Recogniser | None, progress: ReportStage) -> Mixed:
    from voiceguide.listening.mixed import mixed

    return mixed(session, ear, progress)


def _result(
    routine: Routine, findings: tuple[Diagnostic, ...], applied: Checked, failed: str | None = None
) -> CheckResult:
    kind = applied.judged
    return CheckResult(findings, applied.unread, routine.settings.language, failed, kind.kind, kind.reason)


def _together(first: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All findings once, each script's in the order of its lines."""
    once = dict.fromkeys([*first, *found])
    files = list(dict.fromkeys(finding.span.file for finding in once))
    return tuple(sorted(once, key=lambda d: (files.index(d.span.file), d.span.line, d.span.column)))
