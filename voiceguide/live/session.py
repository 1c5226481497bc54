"""A session that is heard while its text changes: the threads, and one lock, around plans and the play head."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Self

from voiceguide.audio.stream import Samples
from voiceguide.errors import Diagnostic, ScriptError, Source, Span
from voiceguide.kept import PARTS, Kept
from voiceguide.live.masters import KeptMasters
from voiceguide.live.plan import Balance, LivePlan, Mastering
from voiceguide.live.planning import LivePlanner, Planned
from voiceguide.live.playhead import PlayHead
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Studio
from voiceguide.speech.cache import cache_folder
from voiceguide.speech.standby import Standby
from voiceguide.speech.workers import Outcome
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

_BLOCK = SAMPLE_RATE // 20  # frames of a block: short, so that a change is heard soon
_REST = 0.3  # seconds between two plans that only new clips make necessary, unless the play head waits for them
_WRITING = 0.2  # seconds without a new plan after which it is mastered


class LiveSession:
    """A script that is heard while it is being changed.

    Texts are planned in one thread and mastered in another. Lines are spoken by ``options.jobs`` workers of each
    engine, the ones next to the play head first; :meth:`read` and the blocks are made in the caller's thread. All
    methods may be called from any thread. Use it as a context manager, or :meth:`close` it.
    """

    def __init__(
        self,
        script: ScriptText,
        options: SessionOptions,
        studio: Studio | None = None,
        planned: Callable[[], None] | None = None,
        *,
        changes: bool = True,
    ) -> None:
        """``planned`` is called, in a thread of the session, whenever there is a new plan or new findings. Without
        ``changes`` the text stays as it is, so that no voice is loaded before it is needed."""
        self._held, self._on_plan = ExitStack(), planned or (lambda: None)
        sounds = self._held.enter_context(SoundStore(cache_folder().parent))
        studio = Studio() if studio is None else studio
        self._planner = LivePlanner(options, studio, sounds)
        self._masters = KeptMasters(Kept(cache_folder().parent / PARTS))
        self._standby = Standby(studio, options.jobs, self._told)
        self._held.callback(self._standby.close)
        self._changed = threading.Condition(threading.RLock())
        self._script = script
        self._wanted = 1  # the number of the newest text; 0 is none
        self._current = 0  # of the text that was planned last
        self._spoken_since = False
        self._failures: dict[Line, str] = {}
        self._planned = Planned(None, ())
        self._head: PlayHead | None = None
        self._mastered: tuple[LivePlan, Mastering] | None = None  # the plan that was mastered last
        self._cold = changes  # whether voices have still to be loaded for lines to come
        self._closed = False
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for work, name in ((self._plan_texts, "live plan"), (self._master_plans, "live master"))
        ]
        for thread in self._threads:
            thread.start()

    # -- the text

    @property
    def text(self) -> str:
        """The newest text, planned or not."""
        with self._changed:
            return self._script.source.text

    def update(self, text: str) -> None:
        """Takes a new text and returns at once; it is heard as soon as it is planned and its lines are spoken.

        A text with errors leaves what is heard as it is; :attr:`findings` tells them.
        """
        with self._changed:
            self._script = replace(self._script, source=Source(self._script.source.name, text))
            self._wanted += 1
            self._failures.clear()
            self._standby.forget_failures()
            self._changed.notify_all()

    def settle(self, timeout: float | None = None, *, spoken: bool = False) -> bool:
        """Waits until the newest text is planned; ``spoken``: and all its lines spoken, or failed, and it is mastered.

        False when that has not come about in ``timeout`` seconds.
        """

        def settled() -> bool:
            done = self._current == self._wanted
            if self._closed or not done or not spoken:
                return self._closed or done
            return not self._open_parts() and not self._has_to_plan() and not self._has_to_master()

        with self._changed:
            return self._changed.wait_for(settled, timeout)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong, or was found, with the text that was planned last; also the lines that no voice could say."""
        with self._changed:
            failed = (
                Diagnostic(span, "error", f"the voice {line.voice} could not say “{line.as_written}”: it {reason}")
                for line, span in self._planned.places.items()
                if (reason := self._failures.get(self._planned.parts.get(line, line))) is not None
            )
            return (*self._planned.findings, *failed)

    @property
    def plan(self) -> LivePlan:
        """The plan that is heard now. Raises ScriptError when there has been none yet."""
        return self._ready_head().plan

    @property
    def newest_plan(self) -> LivePlan | None:
        """The newest plan, which may be heard only when a sentence has ended; None when there has been none."""
        with self._changed:
            return self._planned.plan or (self._head.plan if self._head is not None else None)

    @property
    def mastering(self) -> Mastering | None:
        """What is heard is mastered so; None before there is a plan."""
        with self._changed:
            return None if self._head is None else self._head.mastering

    # -- the sound

    @property
    def frame(self) -> int:
        """The play head: the frame of :attr:`plan` that :meth:`read` gives next."""
        return self._ready_head().frame

    @property
    def waiting(self) -> bool:
        """Whether the play head waits for a line that is not spoken yet."""
        with self._changed:
            return self._head is not None and self._head.waiting

    @property
    def ended(self) -> bool:
        """Whether the session has been heard to its end."""
        with self._changed:
            return self._head is not None and self._head.ended

    def read(self, frames: int) -> Samples:
        """The next frames as heard: mastered float32, ``(frames, 2)``, 44.1 kHz; fewer at the session's end only.

        The first time, it waits for the plan. Raises ScriptError when the text has errors and nothing can be heard.
        """
        head = self._ready_head()
        with self._changed:
            waited = head.waiting
            piece = head.read(frames)
            if head.waiting and not waited:
                self._changed.notify_all()
            return piece

    def blocks(self, from_frame: int | None = None) -> Iterator[Samples]:
        """Blocks of a twentieth of a second from a frame on, or from the play head, to the session's end."""
        if from_frame is not None:
            self.seek(from_frame)
        while len(block := self.read(_BLOCK)):
            yield block

    def seek(self, frame: int, *, faded: bool = True) -> None:
        """Moves the play head to a frame of the plan, clipped to the session; in a missing line to its start.

        ``faded``: with a short crossfade; without it, whoever reads sees to it that no click is heard.
        """
        head = self._ready_head()
        with self._changed:
            head.seek(frame, faded=faded)
            self._order_lines()

    def at(self, line: int, column: int = 1) -> int | None:
        """The frame, for :meth:`seek`, at which what is written at a line and column (from 1) begins; of several times
        the one nearest to the play head. None when nothing is heard there or later."""
        head = self._ready_head()
        with self._changed:
            return head.newest.places.frame_at(line, column, near=head.frame)

    def span(self, frame: int | None = None) -> Span | None:
        """The place in the text of what is heard at a frame, or at the play head; None before the first event."""
        head = self._ready_head()
        with self._changed:
            return head.plan.places.span_at(head.frame if frame is None else frame)

    def set_balance(self, balance: Balance) -> None:
        """Gains on voice and beds for this listener, on top of the script's own."""
        head = self._ready_head()
        with self._changed:
            head.tune(head.mastering, balance)

    def close(self) -> None:
        """Ends the threads and workers."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        if self._mastered is not None:
            self._masters.keep(*self._mastered)
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready_head(self) -> PlayHead:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._head is not None or self._current == self._wanted)
            if self._head is not None:
                return self._head
            if self._closed:
                raise ValueError("This session has been closed.")
            raise ScriptError(self._planned.findings)

    # -- the threads that plan and master

    def _plan_texts(self) -> None:
        while self._plan_next():
            with self._changed:
                if self._head is None or not self._head.waiting:  # else what was spoken is wanted at once
                    self._changed.wait_for(lambda: self._closed or self._current < self._wanted, _REST)

    def _plan_next(self) -> bool:
        """Plans the newest text; waits until there is one, or lines have been spoken. False at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._has_to_plan())
            if self._closed:
                return False
            number, script, self._spoken_since = self._wanted, self._script, False
        planned = self._planner.plan(script)
        if planned.plan is not None and self._head is None:
            self._begin(planned.plan)
        with self._changed:
            self._take(number, planned)
        self._on_plan()
        self._warm(planned)
        return True

    def _master_plans(self) -> None:
        while self._master_next():
            pass

    def _master_next(self) -> bool:
        """Masters what is heard, when writing rests; waits until there is something to master. False at the end.

        In a thread of its own, since it takes seconds for hours, and a text that is written meanwhile is not to wait.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._has_to_master())
            plan = self._planned.plan
            written = self._changed.wait_for(lambda: self._closed or self._planned.plan is not plan, _WRITING)
            if self._closed:
                return False
        if written or plan is None:
            return True
        mastering = plan.mastering()
        with self._changed:
            self._mastered = plan, mastering
            self._changed.notify_all()
            if self._head is not None and self._planned.plan is plan and mastering != self._head.mastering:
                self._head.tune(mastering, self._head.balance)
        return True

    def _warm(self, planned: Planned) -> None:
        """Has the voices of the first plan loaded, so that a new line is heard soon."""
        if self._cold and planned.plan is not None:
            self._cold = False
            spoken = planned.plan.clips.clips.spoken
            shortest: dict[str, Line] = {}
            for line in map(spoken.part, spoken):
                if line.voice not in shortest or len(line.text) < len(shortest[line.voice].text):
                    shortest[line.voice] = line
            self._standby.warm(shortest.values())

    def _has_to_plan(self) -> bool:
        return self._current < self._wanted or self._spoken_since

    def _has_to_master(self) -> bool:
        """Whether what is heard has everything, but the gain of an earlier plan."""
        plan = self._planned.plan
        return self._head is not None and plan is not None and not plan.missing and not self._is_mastered(plan)

    def _is_mastered(self, plan: LivePlan) -> bool:
        return self._mastered is not None and self._mastered[0] is plan

    def _begin(self, plan: LivePlan) -> None:
        mastering = self._masters.find(plan) or plan.mastering()
        with self._changed:
            self._head = PlayHead(plan, mastering)
            self._mastered = plan, mastering

    def _take(self, number: int, planned: Planned) -> None:
        """Makes a plan the current one, and has its missing lines spoken."""
        self._current, self._planned = number, planned
        if planned.plan is not None and self._head is not None and self._head.plan is not planned.plan:
            self._head.change(planned.plan)
        self._order_lines()
        self._changed.notify_all()

    def _order_lines(self) -> None:
        """Has the missing lines spoken, those first that the play head comes to first."""
        parts, plan = self._planned.parts, self._planned.plan
        if plan is None or self._head is None:
            self._standby.want(parts.values())
            return
        here = self._head.frame
        coming = [line for start, end, line in plan.missing if end > here]
        ordered = dict.fromkeys((*coming, *(line for _, _, line in plan.missing), *parts))
        self._standby.want([parts[line] for line in ordered if line in parts])

    def _open_parts(self) -> set[Line]:
        return {part for part in self._planned.parts.values() if part not in self._failures}

    def _told(self, outcome: Outcome | BaseException) -> None:
        """A line was spoken, or could not be; or an engine cannot be used at all."""
        with self._changed:
            if isinstance(outcome, tuple):
                line, reason = outcome
                if reason is not None:
                    self._failures[line] = reason
                else:
                    self._spoken_since = True
            else:
                self._failures |= {part: str(outcome) for part in self._planned.parts.values()}
            failed = bool(self._failures)
            self._changed.notify_all()
        if failed:
            self._on_plan()
