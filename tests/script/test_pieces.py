"""The words, cues and names of a script as they are written."""

from __future__ import annotations

from voiceguide.errors import Source
from voiceguide.script.pieces import names_given, passages, settings_tree

SCRIPT = """---
bed: rain
variables: {name: Ben}
---
# For {name} [optional]

Rest, *{name}*. [pause {long}] `{code}` <!-- {no} --> \\{no}
"""


def test_words_cues_and_names() -> None:
    heading, paragraph = passages(Source("x.md", SCRIPT))
    assert (heading.words, heading.element.kind) == ("For {name}", "heading")
    assert [call.text.chars for call in heading.cues] == ["optional"]
    assert [name for name, _ in paragraph.slots] == ["name", "long"]
    assert [(span.line, span.column) for _, span in paragraph.slots] == [(7, 8), (7, 24)]
    assert paragraph.words == "Rest, {name}. {code} {no}"


def test_settings_and_names_with_values() -> None:
    assert [key.value for key, _ in settings_tree(Source("x.md", SCRIPT))] == ["bed", "variables"]
    assert [key.value for key, _ in names_given(Source("x.md", SCRIPT))] == ["name"]
    assert settings_tree(Source("x.md", "---\n: {\n---\n")) == ()
    assert names_given(Source("x.md", "Rest.")) == ()
