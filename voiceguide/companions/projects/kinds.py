"""The table of the kinds of projects. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voiceguide.companions.projects.audacity import audacity_project
from voiceguide.companions.projects.lanes import Project
from voiceguide.companions.projects.otio import otio_timeline
from voiceguide.companions.projects.reaper import reaper_project


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A kind of project. ``name`` is what ``--project`` calls it, ``suffix`` what its files' names end in, ``about``
    the programs that open it; ``write`` makes the file's text."""

    name: str
    suffix: str
    about: str
    write: Callable[[Project], str]


_ROWS = (
    ProjectKind("reaper", ".rpp", "Reaper", reaper_project),
    ProjectKind("otio", ".otio", "OpenTimelineIO, for DaVinci Resolve and other video editors", otio_timeline),
    ProjectKind("audacity", ".aup", "Audacity, 2 and 3", audacity_project),
)

PROJECTS: Mapping[str, ProjectKind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""The kinds of projects by name."""

STEMS_FOLDER = "_data"
"""What the name of a project's folder of stems ends in, behind the project's; Audacity looks for it there."""
