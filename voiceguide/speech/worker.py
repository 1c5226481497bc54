"""A worker process: one engine, one line at a time, until its standard input ends.

A request is a line of JSON, ``{"text": …, "voice": …, "pace": …, "take": …}``. An answer is a line of JSON, either
``{"error": …}``, with ``"given_up": "line"`` or ``"voice"`` where it is one, or ``{"rate": …, "shape": […],
"bytes": n}`` and then n bytes of little-endian float32. Before the first request comes ``{"ready": true}``, or why the
engine cannot be loaded.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import IO, Any

from voiceguide.speech.engines.engine import Engine, GivenUpError, load_engine, spoken
from voiceguide.speech.process import die_with_parent

WATCH = "--watch"
"""Watch standard input from a thread, on systems that cannot end this process with its parent."""

YIELD = "--yield"
"""Leave the processor to others, where the system knows such priorities (on Windows the parent sets them)."""

_LESS = 10  # of the nice value: a ninth of the processor time of the process that plays, where both want all of it


def main(arguments: Sequence[str]) -> None:
    """``FACTORY PARENT-PID [--watch] [--yield]``."""
    factory, parent, *options = arguments
    if YIELD in options and hasattr(os, "nice"):
        os.nice(_LESS)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what an engine prints must not mix with the answers
    if WATCH in options:
        requests = _watched(sys.stdin.buffer)
    else:
        die_with_parent(int(parent))
        requests = iter(sys.stdin.buffer.readline, b"")
    try:
        engine = load_engine(factory)
    except Exception as error:  # noqa: BLE001 (whatever an engine raises is reported to the user)
        _answer(answers, {"error": _sentence(error)})
        return
    _answer(answers, {"ready": True})
    for request in requests:
        _serve(engine, json.loads(request), answers)


def _serve(engine: Engine, request: dict[str, Any], answers: IO[bytes]) -> None:
    import numpy as np

    try:
        utterance = spoken(engine, request["text"], request["voice"], request["pace"], request["take"])
        samples = np.ascontiguousarray(utterance.samples, dtype="<f4")
        head = {"rate": int(utterance.sample_rate), "shape": samples.shape, "bytes": samples.nbytes}
    except GivenUpError as error:
        _answer(answers, {"error": _sentence(error), "given_up": "voice" if error.whole_voice else "line"})
        return
    except Exception as error:  # noqa: BLE001
        _answer(answers, {"error": _sentence(error)})
        return
    _answer(answers, head, samples.reshape(-1).view(np.uint8).data)


def _sentence(error: Exception) -> str:
    return str(error).strip() or type(error).__name__


def _answer(answers: IO[bytes], head: dict[str, Any], body: memoryview | bytes = b"") -> None:
    answers.write(json.dumps(head).encode() + b"\n")
    answers.flush()  # before the body, since the reader may stop after the head
    answers.write(body)
    answers.flush()


def _watched(requests: IO[bytes]) -> Iterator[bytes]:
    """The requests, read by a thread that ends the process at their end, even while an engine is busy or hangs."""
    received: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read() -> None:
        for request in iter(requests.readline, b""):
            received.put(request)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield received.get()
