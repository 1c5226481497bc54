"""A paragraph to its parts; the composer then puts them where they belong."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from voiceguide.errors import Diagnostic
from voiceguide.script.cue_reader import CueContext, may_name_file, read_cue
from voiceguide.script.findings import Findings
from voiceguide.script.inline import Break, CueCall, Variables, Words, scan_inline
from voiceguide.script.memory import Memory
from voiceguide.script.parts import BadCue, OfFile, Part, Said, SurePart
from voiceguide.script.sentences import problem_of, split_sentences, template
from voiceguide.script.text import Text


@dataclass(frozen=True)
class ParagraphReader:
    """Reads the paragraphs of one script. ``labels`` are those of its link definitions."""

    variables: Variables
    findings: Findings
    labels: frozenset[str]
    language: str
    context: CueContext
    memory: Memory | None = None

    def parts(self, text: Text) -> Iterable[Part]:
        """The parts of a paragraph, in order; taken from the memory if they are there. Raises ReadingStopped."""
        if self.memory is None or not len(text):
            return self._read(text, self.variables)
        known = self.memory.find(text, self._surroundings)
        if known is None or known.filled > self.variables.room:
            return self._kept(self.memory, text)
        self.variables.used |= known.used
        self.variables.room -= known.filled
        return known.parts

    @property
    def _surroundings(self) -> Hashable:
        """What the parts of a paragraph depend on besides its text, if none of its cues names a file."""
        return self.labels, self.language, self.context.sounds, frozenset(self.variables.values.items())

    def _kept(self, memory: Memory, text: Text) -> tuple[Part, ...]:
        """Reads a paragraph, and keeps it when there was nothing to say about it and it names no file."""
        told, own = self.findings.told, replace(self.variables, used=set())
        parts = tuple(self._read(text, own))
        filled, self.variables.room = self.variables.room - own.room, own.room
        self.variables.used |= own.used
        sure: list[SurePart] = [part for part in parts if not isinstance(part, OfFile | BadCue | Diagnostic)]
        if self.findings.told == told and len(sure) == len(parts):
            memory.keep(text, self._surroundings, tuple(sure), frozenset(own.used), filled)
        return parts

    def _read(self, text: Text, variables: Variables) -> Iterator[Part]:
        for piece in scan_inline(text, variables, self.findings, self.labels):
            match piece:
                case Words():
                    for sentence in split_sentences(piece.text, self.language):
                        yield problem_of(piece, sentence) or Said(template(piece, sentence), sentence.span())
                case CueCall():
                    yield self._cue(piece)
                case Break():
                    yield piece

    def _cue(self, call: CueCall) -> Part:
        if call.slots:
            return BadCue(call)
        built, problems = read_cue(call, self.context)
        if built is None:
            return BadCue(call, tuple(problems))
        return OfFile(built) if self.context.folder is not None and may_name_file(call) else built
