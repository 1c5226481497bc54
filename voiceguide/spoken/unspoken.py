"""What no voice can say: pictures among the letters, and addresses."""

from __future__ import annotations

import re

_HOST = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+"
_COMMON = "com|org|net|edu|gov|info|io|app|dev|eu|de|fr|es|nl|uk|ch|pt|br|ca|au"
ADDRESS = re.compile(
    rf"(?<![\w.@/])(?:(?:https?|ftp)://(?P<host>[^\s/?#<>\"“”)\]]+)[^\s<>\"“”)\]]*"
    rf"|(?P<mailbox>[\w.+-]{{1,64}}@)(?P<mail>{_HOST}[^\W\d_]{{2,24}})(?![\w@])"
    rf"|(?P<bare>www\.[\w-]+(?:\.[\w-]+)+|{_HOST}(?:{_COMMON})(?![\w@]))(?P<path>[/?#][^\s<>\"“”)\]]*)?)"
)
"""A web address or an e-mail address."""

_ARROWS = "\u27a1\u2b05\u2b06\u2b07\u2194\u2195\u2196-\u2199\u21a9\u21aa\u2934\u2935\u2714\u2716"
_PICTURE = (
    "\U0001f000-\U0001faff\U0001fb00-\U0001fbff\u2600-\u27bf\u2b50\u2b55\u2b1b\u2b1c\u231a\u231b\u23e9-\u23fa\u25aa\u25ab"
    "\u25fb-\u25fe\u3030\u303d\u3297\u3299\u2328\u23cf\u24c2"
)
EMOJI = re.compile(
    f"(?![{_ARROWS}\u2794-\u27bf])[{_PICTURE}](?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u20e3]|\u200d[{_PICTURE}])*"
    "|[\u2714\u2716\u2764\u00a9\u00ae\u2122]\ufe0f"
)
"""A picture among the letters, with what modifies it."""

_EMOTICON = re.compile(r"(?<![\w(])(?:(?:[:;=]|8(?=[-'o]))[-'o]?[)(DPp/|]|<3|[xX]D|\^_?\^)(?![\w)])")
_LOOSE = re.compile("[\ufe00-\ufe0f\u200d\U000e0020-\U000e007f\ue000-\uf8ff]")


def host_of(match: re.Match[str]) -> str:
    """The host of an address that :data:`ADDRESS` found, without ``www.``, a name and a port."""
    host = match["host"] or match["mail"] or match["bare"] or ""
    host = host.rpartition("@")[2].partition(":")[0].strip(".,;!'’…-_").casefold()
    return host.removeprefix("www.")


def without_addresses(text: str, dot: str) -> str:
    """Every address as its host, with ``dot`` for each full stop: ``example dot org``."""

    def said(match: re.Match[str]) -> str:
        tail = re.search(r"[.,;:!?'’…]+$", match[0])
        return re.sub(r"\.+", dot, host_of(match)) + (tail[0] if tail else "")

    return ADDRESS.sub(said, text)


def without_emoji(text: str) -> str:
    """The text without emoji, and without faces made of signs."""
    text = text if text.isascii() else _LOOSE.sub("", EMOJI.sub(" ", text))
    return _EMOTICON.sub("", text)
