"""Child processes that run voiceguide's own code: how they start and end."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress

_BOOT = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "importlib.import_module(sys.argv[2]).main(sys.argv[3:])"
)


def python_command(module: str, *arguments: str) -> list[str]:
    """A command line that runs ``module.main(arguments)`` in a fresh Python with this process's import path.

    ``-P`` keeps the current folder, which may hold untrusted files, off the import path.
    """
    path = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109 (an entry is a string)
    return [sys.executable, "-P", "-c", _BOOT, json.dumps(path), module, *arguments]


def die_with_parent(parent: int) -> None:
    """Asks Linux to kill this process as soon as its parent, with process id ``parent``, ends in any way.

    The signal follows the parent's thread that started us (prctl(2), PR_SET_PDEATHSIG), and is not inherited by
    children. Elsewhere nothing happens: there a watcher of standard input does the same.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kills a process that was started in a session of its own, and all its children, and waits for its end."""
    if process.returncode is None:  # not reaped yet, so its id still means this process and its group
        if sys.platform == "win32":
            process.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()
