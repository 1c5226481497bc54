"""A rendered session and the lengths that it can have, to the files of a living session."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction

from voiceguide.audio.stream import Samples
from voiceguide.encoder.slices import AAC, OPUS, Codec, slices
from voiceguide.living.clips import ClipTable
from voiceguide.living.document import Texts, document, plan_rows
from voiceguide.living.lengths import length_plans
from voiceguide.living.loops import loop
from voiceguide.living.sound import Mastering, mastered, probe
from voiceguide.session.session import Session, SpokenScript


@dataclass(frozen=True, slots=True)
class LivingFiles:
    """The ``document`` as JSON, and the sounds in each codec, slice after slice."""

    document: bytes
    opus: bytes
    aac: bytes


def living_files(
    spoken: SpokenScript, session: Session, mastering: Mastering, own: Collection[Fraction | None]
) -> LivingFiles:
    """The files for every half minute between the script's shortest and longest length, and for its ``own`` lengths in
    the pack. ``session`` is one of them, which was mastered so. Raises VoiceguideError."""
    mixer, table, texts = session.mix.mixer, ClipTable(), Texts()
    rows = [plan_rows(plan, table, texts, mixer.ducking) for plan in length_plans(spoken, session, own)]
    loops = [(ref.name, loop(mixer.sources.bed(ref))) for ref in table.beds]
    told = document(rows, table, texts, loops, (mixer.ducking, mastering))

    def sounds() -> Iterator[Samples]:
        yield probe()
        yield from mastered(table, mixer.sources, mastering)
        yield from (one.samples for _, one in loops)

    files = {}
    told["slices"] = {}
    for name, codec in _CODECS.items():
        made = slices(sounds(), codec)
        told["slices"][name] = [len(one) for one in made]
        files[name] = b"".join(made)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return LivingFiles(text.encode(), files["opus"], files["aac"])


_CODECS: dict[str, Codec] = {"opus": OPUS, "aac": AAC}
