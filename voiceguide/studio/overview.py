"""What the list of a folder says of each script and pack, looked up once for each content."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from voiceguide.errors import Diagnostic, Source, count_mistakes
from voiceguide.live.judgement import judged
from voiceguide.live.planning import LivePlanner
from voiceguide.packs.pack_file import read_pack
from voiceguide.routine import Routine
from voiceguide.script.files import Folder, read_source
from voiceguide.session.options import SessionOptions, known_sounds
from voiceguide.session.reading import ScriptText, parsed
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Studio
from voiceguide.speech.cache import cache_folder
from voiceguide.units import seconds

_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class About:
    """A script's ``title``, its length as it is and the ``shortest`` and ``longest`` possible (seconds; None while it
    cannot be planned), ``estimated`` where some lines are not spoken yet; of a pack the number of ``sessions``. And how
    much there is to mend."""

    title: str
    length: float | None = None
    shortest: float | None = None
    longest: float | None = None
    estimated: bool = False
    sessions: int | None = None
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found, and the files that it was found in with their content then."""

    about: About
    files: tuple[tuple[Path, str], ...]


@dataclass
class Overview:
    """Looks scripts up, one at a time; it has nothing spoken, so that lengths may be estimates. For any thread."""

    _known: dict[Path, _Known] = field(default_factory=dict)
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def about(self, path: Path) -> dict[str, Any]:
        """An :class:`About` as a page gets it."""
        with self._busy:
            known = self._known.get(path)
            if known is None or any(_digest(file) != was for file, was in known.files):
                known = _looked_up(path)
                self._known[path] = known
                while len(self._known) > _MOST_KEPT:
                    self._known.pop(next(iter(self._known)))
            return asdict(known.about)

    def forget(self, path: Path) -> None:
        """Its lines may have been spoken since, so that its length is known better."""
        with self._busy:
            self._known.pop(path, None)


def _looked_up(path: Path) -> _Known:
    if path.suffix.casefold() != ".md":
        return _pack(path)
    source, problems = read_source(path)
    if problems:
        return _known(About(path.stem, errors=len(problems)), [path])
    script = ScriptText(Source(path.name, source.text), Folder(path.parent), path)
    options = SessionOptions()
    with SoundStore(cache_folder().parent) as sounds:
        planned = LivePlanner(options, Studio(), sounds).plan(script)
        plan = planned.plan
        if plan is None:
            routine, _ = parsed(script, options)
            title = routine.settings.title if routine else path.stem
            return _known(_mistakes(About(title), planned.findings), [path, *_files(routine)])
        found = judged(planned.findings, plan)
        lengths = plan.fitting.range()
    about = About(
        plan.timeline.title,
        seconds(plan.timeline.frames),
        seconds(lengths.shortest),
        seconds(lengths.longest),
        bool(plan.missing),
    )
    return _known(_mistakes(about, found), [path, *_files(plan.routine)])


def _pack(path: Path) -> _Known:
    pack, findings = read_pack(path, known_sounds())
    about = About(path.stem) if pack is None else About(pack.title, sessions=len(pack.entries))
    return _known(_mistakes(about, findings), [path])


def _mistakes(about: About, findings: Iterable[Diagnostic]) -> About:
    once = tuple(dict.fromkeys(findings))
    counts = {severity: count_mistakes(once, severity) for severity in ("error", "warning")}
    row = asdict(about) | {"errors": counts["error"], "warnings": counts["warning"]}
    return About(**row)


def _files(routine: Routine | None) -> Iterable[Path]:
    return () if routine is None else routine.files()


def _known(about: About, files: Iterable[Path]) -> _Known:
    return _Known(about, tuple((file, _digest(file)) for file in dict.fromkeys(files)))


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
