"""What is heard in a finished file, against its script."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from voiceguide.api.options import Options, PathLike, session_options
from voiceguide.api.progress import IsCancelled, OnProgress, reported
from voiceguide.api.scripts import ScriptLike, known_as, script_of
from voiceguide.api.session import Session, sessions
from voiceguide.progress import ReportStage

if TYPE_CHECKING:
    from voiceguide.listening.result import Listening
    from voiceguide.speech.recognition import Recogniser


def listen(
    audio: PathLike,
    script: ScriptLike,
    *,
    words: bool = True,
    model: str = "",
    jobs: int | None = None,
    progress: OnProgress | None = None,
    cancelled: IsCancelled | None = None,
    **options: Unpack[Options],
) -> Listening:
    """Hears a finished file and compares it with its script's plan: lines, times, chimes, words, levels.

    The options are those that the file was made with; ``length`` too. ``words``: whether speech recognition listens to
    what is said, by the ``model`` that is named, or the configuration's. The file may have been edited, or recorded
    elsewhere. Raises SoundError when it cannot be read, RecognitionError when there is no recogniser for the script's
    language, and otherwise as :func:`voiceguide.plan` does.
    """
    asked = session_options(jobs=jobs, **options)
    report = reported(progress, cancelled)
    with closing(sessions(*known_as(script_of(script), asked), report)[0]) as session:
        return heard(Path(audio), session, recogniser_for(session, words=words, model=model), report)


def recogniser_for(session: Session, *, words: bool, model: str) -> Recogniser | None:
    """What listens for words, if they are wanted. Raises RecognitionError."""
    if not words:
        return None
    from voiceguide.speech.recognition import recogniser

    return recogniser(session.timeline.language, model)


def heard(audio: Path, session: Session, ear: Recogniser | None, progress: ReportStage) -> Listening:
    """Compares a file with a session."""
    from voiceguide import listening

    return listening.listen(audio, session.planned, ear, progress)
