"""What a chat program says around the script that it was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voiceguide.script.blocks import Block

_OPENING = re.compile(
    r"(?:Sure|Absolutely|Certainly|Of course|Happy to|Natürlich|Gerne|Klar|Selbstverständlich|Bien sûr"
    r"|Avec plaisir|¡?Claro|¡?Por supuesto|Certo|Certamente|Com certeza"
    r"|Natuurlijk|Uiteraard)\b"
)
_HANDING_OVER = re.compile(r"(?:Here['’]s|Here is|Hier ist|Hier is|Voici|Aquí tienes|Ecco|Aqui está)\b")
_CLOSING = re.compile(
    r"(?:Would you like me|Do you want me|Want me|Let me know|Shall I|If you(?:['’]d| would) like, I|I can also"
    r"|Möchtest du, dass ich|Möchten Sie, dass ich|Soll ich|Sag mir|Souhaitez-vous que je|Voulez-vous que je"
    r"|Veux-tu que je|N['’]hésite(?:z)? pas à me|¿Quieres que|¿Te gustaría que|¿Deseas que|Avísame|Vuoi che"
    r"|Fammi sapere|Quer que eu|Gostaria que eu|Me avise|Wil je dat ik|Zal ik|Laat me weten)\b"
)
_ADVICE = re.compile(r"(?:Tips?|Notes?|Hinweise?|Tipps?|Conseils?|Consejos?|Consigli|Dicas?)\b[^.!?]{0,60}:$")
_MARKS = re.compile(r"^[^\w¿¡]+|[*_]+")


def around_the_script(blocks: Sequence[Block]) -> list[Block]:
    """The paragraphs of an answer before and after the script in it; none where no program answered."""
    said = [block for block in blocks if block.kind not in ("rule", "definition")]
    found: list[Block] = []
    if len(said) > 1 and _opens(blocks):
        found.append(said[0])
    if len(said) > 1 and said[-1].kind == "paragraph" and _CLOSING.match(_plain(said[-1])):
        found.append(said[-1])
    if found:
        found += _advice(blocks)
    return found


def _opens(blocks: Sequence[Block]) -> bool:
    first, second = blocks[0], blocks[1]
    if first.kind != "paragraph" or first.bullet:
        return False
    words, before = _plain(first), second.kind in ("rule", "heading", "code")
    if _OPENING.match(words):
        return before or words.endswith(":")
    return before and _HANDING_OVER.match(words) is not None


def _advice(blocks: Sequence[Block]) -> list[Block]:
    """The advice for whoever reads aloud, which comes last, behind a line."""
    rules = [index for index, block in enumerate(blocks) if block.kind == "rule"]
    rest = list(blocks[rules[-1] + 1 :]) if rules else []
    return rest if rest and rest[0].kind == "paragraph" and _ADVICE.match(_plain(rest[0])) else []


def _plain(block: Block) -> str:
    return " ".join(_MARKS.sub("", line.chars.strip()) for line in block.lines).strip()
