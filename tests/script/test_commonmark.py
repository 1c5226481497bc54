"""The reader of Markdown, held against markdown-it-py: what is spoken of an example for each section of CommonMark.

``python -m tests.script.test_commonmark spec.json`` holds it against all the examples of the specification, too.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.support.cases import NAMES
from tests.support.commonmark import heard
from voiceguide.errors import Source
from voiceguide.routine import Sentence, walk
from voiceguide.script import parse

ALIKE = {
    "tabs": "- foo\n\n\tbar\n",
    "backslash escapes": "A \\*star\\*, \\`tick\\`, \\# \\_ \\> \\\\ \\! and \\a letter.\n",
    "entities": "&quot;Rest&quot; &amp; breathe &#8211; &#x41; &nosuch; &copy\n",
    "thematic breaks": "One.\n\n***\n\nTwo.\n\n- - -\n\n_____\n\nThree.\n",
    "ATX headings": "# One\n\n##   Two ##\n\nText.\n\n### C#\n\n#5 bolt\n",
    "setext headings": "One *two*\n=========\n\nThree\n---\n\nText.\n",
    "indented code": "Text.\n\n    code *here*\n\nText\n    that goes on.\n",
    "fenced code": "```\ncode\n```\n\nText.\n\n~~~~ info\n```\n~~~\n~~~~\n\nMore.\n",
    "HTML blocks": "<div>\nWords.\n</div>\n\n<script>\nlet a = 1;\n</script>\n\nMore.\n",
    "HTML comments": "One.\n\n<!-- two\n\nthree -->\n\nFour.\n",
    "link reference definitions": '[one]: /url "A title"\n[two]: <b c>\n\nOnly this.\n',
    "paragraphs": "One\n   two\n\n\n\n  three.\n",
    "block quotes": "> # One\n> two\n\nThree.\n\n> > four\n",
    "list items": "1. One\n\n   two\n\n10) Three\n- Four\n+ five\n",
    "nested lists": "- one\n  - two\n    1. three\n\n  four\n- five\n",
    "a list's number inside a paragraph": "The year was\n1986. A good one.\n",
    "code spans": "`one` `` two ` three `` and ` four `, `five.\n",
    "emphasis": "*one* _two_ **three** __four__ ***five*** *six **seven** eight* a*b*c snake_case\n",
    "nested emphasis": "**one *two* three** and *four __five__ six*\n",
    "the rule of three": "*one**two*** and **three*four**\n",
    "links": '[one](/url "t") [two](<a b>) [three four](x(y)z) [five]() [*six*](u)\n',
    "reference links": "[one][a] [two][] [b]\n\n[a]: /x\n[two]: /y\n[B]: /z\n",
    "pictures": "One ![two *three*](x.png) four ![five][a].\n\n[a]: /x\n",
    "addresses": "<http://a.b/c_d> and <me@a.b>\n",
    "raw HTML": 'One <b class="x">two</b> <br/> three <?php x ?> four <!DOCTYPE x> five <![CDATA[y]]> six\n',
    "hard line breaks": "one\\\ntwo  \nthree\n",
    "textual content": "hello $.;'there & Foo χρῆν  multiple   spaces\n",
    "tables": "One.\n\n| two | three |\n| --- | :-: |\n| four | five |\n\nSix.\n",
    "struck words": "One ~~two *three*~~ four.\n",
}
"""Of each section an example of which both speak the same."""

OUR_OWN = {
    "a line below a quote is spoken": ("> One\ntwo\n", "two"),
    "a list may be indented too far": ("- one\n        - two\n", "one two"),
    "wide spaces behind a bullet make no code": ("-      one\n", "one"),
    "struck elements": ("One <del>two</del> <s>three</s> four.\n", "One four."),
    "Markdown in HTML": ("<div>\n*one*\n</div>\n", "one"),
    "marks that pair with none": ("One **two and *three.\n", "One two and three."),
    "a sum": ("Use 5 * 3 = 15 drops, or a==b.\n", "Use 5 * 3 = 15 drops, or a==b."),
    "highlights": ("One ==two== three.\n", "One two three."),
    "wiki links": ("[[One]] and [[two|three]].\n", "One and three."),
    "footnotes": ("One[^1].\n\n[^1]: Two.\n", "One."),
    "an address with spaces": ("[one](/my page)\n", "one"),
    "a long text above hyphens": ("One goes on,\nand on.\n---\n", "One goes on, and on."),
}
"""Where a script differs on purpose, with what is spoken."""


def spoken(text: str) -> str:
    """Titles and sentences, in order."""
    routine, _ = parse(Source("x.md", text), NAMES)
    said: list[str] = []
    for chapter in routine.chapters:
        said += [chapter.title or ""]
        said += ["".join(map(str, node.text)) for node in walk(chapter.body) if isinstance(node, Sentence)]
    return " ".join(" ".join(said).split())


@pytest.mark.parametrize("text", ALIKE.values(), ids=ALIKE.keys())
def test_the_same_is_spoken_of_commonmark(text: str) -> None:
    assert spoken(text) == heard(text) != ""


@pytest.mark.parametrize(("text", "words"), OUR_OWN.values(), ids=OUR_OWN.keys())
def test_a_difference_that_is_meant(text: str, words: str) -> None:
    assert spoken(text) == words


def test_the_differences_are_some() -> None:
    assert sum(heard(text) != words for text, words in OUR_OWN.values()) >= 10


def _differing(path: Path) -> list[tuple[int, str, str, str]]:
    found = []
    for example in json.loads(path.read_text("utf-8")):
        ours, theirs = spoken(example["markdown"]), heard(example["markdown"])
        if re.findall(r"[^\W_]", ours) != re.findall(r"[^\W_]", theirs):
            found.append((example["example"], example["markdown"], ours, theirs))
    return found


if __name__ == "__main__":
    different = _differing(Path(sys.argv[1]))
    for number, markdown, ours, theirs in different:
        print(f"{number}: {markdown!r}\n  here:  {ours}\n  there: {theirs}")
    print(f"{len(different)} examples are spoken differently")
