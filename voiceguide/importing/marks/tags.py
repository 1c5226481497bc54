"""Tags of HTML and of speech markup in a text that is no XML document."""

from __future__ import annotations

from voiceguide.importing.marks.speaking import Speaking
from voiceguide.script.markup import BLOCK_TAGS, INLINE_TAGS, PICTURE_TAGS, STRUCK_TAGS, read_tag


def say_tag(speaking: Speaking, raw: str) -> bool:
    """Translates a tag; False when neither HTML nor speech markup has it."""
    tag, state = read_tag(raw), speaking.state
    if not tag.name:
        speaking.note(raw)
    elif tag.name == "br":
        state.writer.sentence(speaking.line)
        speaking.words(" ")
        state.ledger.translated(speaking.line, "<br>", "the end of a line")
    elif tag.name in PICTURE_TAGS:
        if not tag.closes:
            speaking.note(raw, "a comment; what is seen is not spoken")
    elif tag.name in BLOCK_TAGS or (tag.name == "p" and not tag.speech):
        speaking.paragraph()
        state.ledger.translated(speaking.line, f"<{tag.name}>", "a paragraph")
    elif tag.name in ("prosody",):
        _prosody(speaking, raw)
    elif tag.speech:
        if not tag.closes:
            state.ledger.lost(speaking.line, raw, "the words in it")
    elif tag.certain and (tag.name in INLINE_TAGS or tag.name in STRUCK_TAGS):
        state.ledger.translated(speaking.line, f"<{tag.name}>", "plain words")
    else:
        return False
    return True


def _prosody(speaking: Speaking, raw: str) -> None:
    """``<prosody rate="slow">`` sets the pace up to its end; other changes of the voice are lost."""
    tag, state = read_tag(raw), speaking.state
    if tag.closes:
        if state.outer_paces:
            speaking.end_marks()
            state.restore(state.outer_paces.pop(), state.voice)
        return
    state.outer_paces.append(state.pace)
    for name, value in tag.attributes.items():
        what = f'{name}="{value}"'
        if name == "rate" and value:
            speaking.end_marks()
            state.rate(speaking.line, what, value)
        else:
            state.ledger.lost(speaking.line, what, "the same words, as the voice says them by itself")
