"""A small sweep; ``python -m tests.importing.sweep`` is the large one."""

from __future__ import annotations

from tests.importing.sweep import Document, Sweep, faults, fixtures, generated


def test_no_fault_is_found_in_documents_of_mixed_kinds() -> None:
    sweep = Sweep()
    sweep.add(generated(200, seed=7))
    sweep.add(fixtures())
    assert [(fault.document.text, fault.what) for fault in sweep.faults] == []


def test_a_fault_is_found() -> None:
    too_long = Document("x.txt", "Rest. [pause 20s] Go.\n", longest=10)  # type: ignore[arg-type]
    assert [fault.what for fault in faults(too_long)] == ["a pause lasts 20 s"]
    refused = Document("x.ssml", "<speak>")
    assert "it was refused" in faults(refused)[0].what
