"""Many sessions from one pack file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from voiceguide.api.options import PathLike, jobs_of
from voiceguide.api.progress import IsCancelled, OnProgress, reported
from voiceguide.errors import Diagnostic, OptionError, ScriptError
from voiceguide.packs.building import BuildOptions, Built, build
from voiceguide.packs.destination import LocalFolder, RemoteFolder
from voiceguide.packs.pack_file import Pack
from voiceguide.packs.pack_file import read_pack as read_pack_file
from voiceguide.publish.addresses import folder_address
from voiceguide.session.options import known_sounds


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack file as it was read, with everything that was found in it; ``pack`` is None when there are errors."""

    findings: tuple[Diagnostic, ...]
    pack: Pack | None = field(repr=False)

    @property
    def ok(self) -> bool:
        return self.pack is not None


def read_pack(path: PathLike) -> PackFile:
    """Reads a pack file, or the file ``pack.yaml`` of a folder."""
    file = Path(path)
    pack, findings = read_pack_file(file / "pack.yaml" if file.is_dir() else file, known_sounds())
    return PackFile(findings, pack)


def build_pack(
    pack: PackFile | PathLike,
    output: PathLike,
    *,
    jobs: int | None = None,
    link: str | None = None,
    start: date | None = None,
    prune: bool = False,
    processes: bool = False,
    verify: bool | None = None,
    approved_only: bool = False,
    listen: bool = False,
    progress: OnProgress | None = None,
    cancelled: IsCancelled | None = None,
) -> Built:
    """Makes every session of a pack that has changed, and the pages for all of them, in a folder or at an fsspec URL.

    ``jobs`` sessions are made side by side, as many as there are cores when left out. With ``processes`` each has a
    process of its own, which is faster; then a program's main module has to call this below ``if __name__ ==
    "__main__":``, since these processes import it (:mod:`multiprocessing`). ``link`` is where the folder will be
    served, ``start`` the day on which the practice plan begins, and ``prune`` removes files of sessions that are no
    longer in the pack. With ``verify`` speech recognition checks the words of every line. With
    ``approved_only`` sessions are left out whose scripts are not approved as they are now. A session that fails stops
    no other; its outcome says why it failed. With ``listen`` every session is heard back as :func:`voiceguide.listen`
    does; one that is not as planned has failed, and ``heard`` of the result has what was heard of all.

    Raises ScriptError for a pack file with errors, OptionError, OutputError, RecognitionError where nothing can listen,
    and Cancelled, after which the next build continues with the sessions that are missing.
    """
    found = pack if isinstance(pack, PackFile) else read_pack(pack)
    if found.pack is None:
        raise ScriptError(found.findings)
    asked = found.pack
    if link is not None:
        try:
            asked = replace(asked, link=folder_address(link))
        except ValueError as error:
            raise OptionError(f"link: {error}.") from error
    address = str(output)
    folder = RemoteFolder(address.rstrip("/")) if "://" in address else LocalFolder(Path(address))
    options = BuildOptions(jobs_of(jobs), None, start, prune, processes, verify, approved_only, listen)
    return build(asked, folder, options, reported(progress, cancelled))
