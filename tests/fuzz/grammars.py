"""Texts at random, by a grammar for each kind, and texts that are disturbed.

A grammar names symbols with their alternatives; ``<name>`` in one of them stands for a symbol, anything else for itself.
What comes out is mostly well-formed, so that it reaches what lies behind the first reader.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

Grammar = Mapping[str, Sequence[str]]

_SYMBOL = re.compile(r"<([a-z]+)>")
_DEEPEST = 14
_LONGEST = 6_000  # characters

ODD = (
    *("\0", "\ufeff", "\u202e", "\u2066", "\x1b[2J", "\x85", "\u2028", "\r", "\r\n", "\t", "\x0c", "\u00a0", "\u200b"),
    *("é", "e\u0301", "😀", "👩‍👩‍👧", "א", "中", "ﬁ", "ß", "İ", "½", "²", "٣", "１", "−", "…", "„", "’"),
    *("0", "-0", "1e999", "1e-9", "9" * 30, "9" * 4_400, "0x10", "1_000", ".5", "5.", "-1", "1/0", "NaN", "inf"),
    *("[", "]", "{", "}", "(", ")", "<", ">", "</", "/>", "&", "&#0;", "&#x110000;", "&lol;", "<!--", "-->", "*", "_"),
    *(
        "`",
        "~",
        "|",
        "\\",
        "\n",
        "\n\n",
        "---\n",
        "+++\n",
        "# ",
        "> ",
        "- ",
        ":",
        ": ",
        ",",
        ";",
        "'",
        '"',
        "!",
        "!!",
        "?",
    ),
    *(
        "../",
        "/etc/passwd",
        "C:\\x",
        "//x",
        "file:///x",
        "{x}",
        "[end]",
        "[include x.md]",
        "%s",
        "${x}",
        "<![CDATA[",
        "]]>",
    ),
)
"""What texts are disturbed with."""

_SHARED = {
    "word": (
        "rest",
        "breathe",
        "Füße",
        "the jaw",
        "10-15",
        "1/2",
        "3x",
        "LI4",
        "e.g. this",
        "naïve",
        "5:30",
        "😀",
        "II",
        "%",
    ),
    "words": ("<word>", "<word> <words>", "<word>, <words>", "*<word>* <words>"),
    "stop": (".", ".", "!", "?", "…", "", ":", "。"),
    "sentence": ("<words><stop>",),
    "number": ("1", "2", "3", "4", "5", "12", "0", "1.5", "0.5", "99"),
    "seconds": (
        "<number>s",
        "<number>s",
        "~<number>s",
        "<number>s..<number>s",
        "500ms",
        "1m30s",
        "1:30",
        "<number>",
        "<number>m",
    ),
    "level": ("-6dB", "0dB", "+3dB", "-<number>dB"),
    "name": ("bowl", "bell", "brown", "pink", "rise", "none", "own.flac", "nothing"),
    "colour": ("<word>: <word>",),
}

SCRIPT: Grammar = _SHARED | {
    "start": ("<front><body>", "<body>", "<body>", "<front><body>\n\n<body>"),
    "front": ("---\n<settings>---\n", "---\n<settings>---\n\n", "+++\n<toml>+++\n"),
    "settings": ("", "<setting>\n<settings>", "<setting>\n<settings>", "# <words>\n<settings>"),
    "setting": (
        *(
            "title: <words>",
            "author: <word>",
            "language: <language>",
            "voice: <word>",
            "pace: <number>",
            "pace: 1..0.9",
        ),
        *("length: <seconds>", "bed: <name>", "chimes: <name>", "gaps: {sentence: <seconds>, paragraph: <seconds>}"),
        *(
            "loudness: -16",
            "variables: {x: <word>, side: <number>}",
            "pronounce: {<word>: <word>}",
            "spoken: as-written",
        ),
        *("tags: [<word>, <word>]", "kind: massage", "profile: sleep", "levels: {bed: <level>}", "ducking: <level>"),
        *("takes: {<sentence>: 2}", "phrasing: <number>", "sleep: true", "room: <word>", "checks: {off: [pacing]}"),
        *(
            "<word>: <word>",
            "title:\n  - <word>",
            "title: >-\n  <words>",
            "title: &a <word>\nauthor: *a",
            "cover: own.flac",
        ),
    ),
    "toml": ("", "title = '<words>'\n<toml>", "pace = <number>\n<toml>", "[variables]\nx = '<word>'\n<toml>"),
    "language": ("en", "de", "fr", "es", "nl", "ja", "zh", "pt-BR", "xx", "en-"),
    "body": ("<part>", "<part>\n\n<body>", "<part>\n\n<body>", "<part>\n\n<body>"),
    "part": (
        *(
            "<paragraph>",
            "<paragraph>",
            "<heading>\n\n<paragraph>",
            "<block>",
            "<cue>",
            "> <words>",
            "<!-- <words> -->",
        ),
        *("- <sentence>\n- <sentence>", "1. <sentence> <cue>", "<markup>"),
    ),
    "markup": (
        "| a | b |\n|---|---|\n| <word> | <cue> |",
        "```\n<words>\n```",
        "<<b>><word><</b>>",
        "[^1]: <words>",
        "***",
    ),
    "heading": (
        "# <words>",
        "## <words>",
        "# <words> [optional]",
        "## <words> [optional <number>]",
        "# <word> [required]",
    ),
    "paragraph": (
        "<sentence>",
        "<sentence> <cue> <sentence>",
        "<sentence> <paragraph>",
        "<sentence>\n<cue>",
        "{x} <sentence>",
    ),
    "block": (
        *(
            "[repeat <number>]\n<body>\n[end]",
            "[repeat ~3]\n<sentence> {n} of {total}.\n[end]",
            "[repeat 2..5]\n<body>\n[end]",
        ),
        *("[each left, right]\nThe {each}. <body>\n[end]", "[each side: <word>, <word>]\n{side}.\n[end]"),
        *(
            "[within <seconds>]\n<body>\n[end]",
            "[within 40s countdown]\n<sentence>\n[end]",
            "[within 1m every 15s tick]\n<body>\n[end]",
        ),
    ),
    "cue": (
        *("[pause <seconds>]", "[pause <seconds>]", "[hold <seconds>]", "[hold <seconds> countdown]", "[hold rest]"),
        *(
            "[hold <seconds> count halfway]",
            "[chime]",
            "[chime <name>]",
            "[chime bowl x3 every <seconds>]",
            "[chime bell <level>]",
        ),
        *(
            "[breathe 4-6 x<number>]",
            "[breathe box for <seconds>]",
            "[breathe calm x4..8 words all]",
            "[breathe 4-7-8 swell]",
        ),
        *(
            "[count <number>]",
            "[count 10 to 1 every <seconds>]",
            "[sound bell under <level>]",
            "[sound <name>]",
            "[take <number>]",
        ),
        *(
            "[bed <name>]",
            "[bed pink <level> fade <seconds>]",
            "[bed none]",
            "[voice <word>]",
            "[pace <number>]",
            "[puase 3s]",
        ),
        *("[include <word>.md]", "[end]", "[<word>]", "[repeat 3]", "[<cue>]"),
    ),
}

MARKS: Grammar = _SHARED | {
    "start": ("<piece>", "<piece> <start>", "<piece>\n<start>", "<piece>\n\n<start>", "<piece>\n\n<start>"),
    "piece": (
        *(
            "<sentence>",
            "<sentence>",
            "<sentence> <sentence>",
            "<sentence> <mark>",
            "<mark>",
            "# <words>",
            "- <sentence>",
        ),
        *(
            "Narrator: <sentence>",
            "<words>\n---",
            "0:0<number> <sentence>",
            "<number>. <sentence>",
            "(<words>)",
            "[<words>]",
        ),
    ),
    "mark": (
        *(
            "[pause]",
            "[Pause <number> seconds]",
            "(pause)",
            "...",
            "*pause for <word> minutes*",
            "<<break time='<number>s'/>>",
        ),
        *(
            "[breathe in]",
            "(breathe out <number>)",
            "[hold]",
            "#[<word>]",
            "[0:0<number>]",
            "++<word>++",
            "(<word>)[<word>:'<word>']",
        ),
        *(
            "[silence – <number> min]",
            "{{<word>}}",
            "[NAME]",
            "____",
            "<<mark>>",
            "[bell]",
            "[music fades]",
            "[<mark>]",
        ),
    ),
}

SSML: Grammar = _SHARED | {
    "start": (
        "<<speak>><nodes><</speak>>",
        "<?xml version='1.0'?><<speak version='1.1' xml:lang='<language>'>><nodes><</speak>>",
    ),
    "language": ("en-US", "de", "fr-FR", "xx", ""),
    "nodes": ("", "<node>", "<node><nodes>", "<node> <nodes>", "<node><nodes>"),
    "node": (
        *(
            "<sentence>",
            "<words>",
            "<<break time='<time>'/>>",
            "<<break strength='<strength>'/>>",
            "<<p>><nodes><</p>>",
            "<<s>><nodes><</s>>",
        ),
        *(
            "<<prosody rate='<rate>' pitch='<rate>' volume='<level>'>><nodes><</prosody>>",
            "<<emphasis level='strong'>><words><</emphasis>>",
        ),
        *("<<say-as interpret-as='<as>' format='<word>'>><number><</say-as>>", "<<sub alias='<word>'>><word><</sub>>"),
        *(
            "<<audio src='<name>' soundLevel='<level>'>><nodes><</audio>>",
            "<<voice name='<word>'>><nodes><</voice>>",
            "<<mark name='<word>'/>>",
        ),
        *(
            "<<phoneme ph='<word>'>><word><</phoneme>>",
            "<<lang xml:lang='<language>'>><nodes><</lang>>",
            "<<par>><<media begin='<time>'>><nodes><</media>><</par>>",
        ),
        *(
            "<<!-- <words> -->>",
            "&amp;",
            "&#65;",
            "<![CDATA[<words>]]>",
            "<<amazon:effect name='whispered'>><nodes><</amazon:effect>>",
            "<<x:y/>>",
        ),
    ),
    "time": ("<number>s", "<number>ms", "-1s", "<number>", "+<number>s", ""),
    "strength": ("none", "x-weak", "medium", "x-strong", "<word>"),
    "rate": ("slow", "fast", "<number>%", "+<number>%", "x-slow", "<number>", ""),
    "as": ("date", "time", "cardinal", "ordinal", "characters", "telephone", "fraction", "unit", "<word>"),
}

SUBTITLES: Grammar = _SHARED | {
    "start": ("WEBVTT\n\n<cues>", "<cues>", "\ufeffWEBVTT - <words>\n\n<cues>"),
    "cues": ("<cue>\n\n", "<cue>\n\n<cues>", "<cue>\n\n<cues>", "NOTE <words>\n\n<cues>"),
    "cue": (
        "<number>\n<at> --> <at>\n<sentence>",
        "<at> --> <at> align:start\n<sentence>\n<sentence>",
        "<at> --> <at>\n- <words>\n(<word>)",
    ),
    "at": ("00:0<digit>:1<digit>.000", "0<digit>:20,500", "00:00:0<digit>,00<digit>", "1<digit>:59:59.999", "<number>"),
    "digit": ("0", "1", "2", "5", "9"),
}

PACK: Grammar = _SHARED | {
    "start": (
        "<keys>sessions:\n<sessions><keys>",
        "<keys>sessions:\n<sessions>programme:\n  weeks:\n<weeks>",
        "<keys>",
    ),
    "keys": ("", "<key>\n<keys>", "<key>\n<keys>"),
    "key": (
        *(
            "title: <words>",
            "description: <words>",
            "author: <word>",
            "language: en",
            "link: https://example.org/<word>",
            "voice: auto",
        ),
        *(
            "bed: <name>",
            "pace: <number>",
            "format: <kind>",
            "bitrate: <number>",
            "published: 2026-01-0<digit>",
            "category: Health",
        ),
        *(
            "owner: {name: <word>, email: a@example.org}",
            "<word>: <word>",
            "# <words>",
            "profile: sleep",
            "gaps: {sentence: <seconds>}",
        ),
    ),
    "kind": ("mp3", "m4b", "opus", "flac", "wav", "<word>"),
    "digit": ("0", "1", "2", "9"),
    "sessions": ("<session>\n", "<session>\n<sessions>", "<session>\n<sessions>"),
    "session": (
        *(
            "  - script: x.md",
            "  - {script: y.md, lengths: [<seconds>, <seconds>], voices: [<word>, system]}",
            "  - x.md",
            "  - <word>.md",
        ),
        *(
            "  - script: x.md\n    name: <word>\n    lengths: <seconds>",
            "  - {script: ../x.md}",
            "  - script: x.md\n    <word>: <word>",
        ),
    ),
    "weeks": (
        "",
        "    - {title: <words>, sessions: [x, y-<seconds>], times_per_week: <number>}\n<weeks>",
        "    - <word>\n",
    ),
}

CONFIGURATION: Grammar = _SHARED | {
    "start": ("<rows>",),
    "rows": ("", "<row>\n<rows>", "<row>\n<rows>", "<row>\n<rows>"),
    "row": (
        *(
            "[voices]",
            "[listen]",
            "[server.<plain>]",
            "[http.<plain>]",
            "[defaults]",
            "[preferences]",
            "voices = '<word>'",
            "# <words>",
        ),
        *(
            "folders = ['<word>', '~/<word>']",
            "model = '<word>'",
            "address = 'http://<plain>:<number>/v1'",
            "key_variable = '<plain>'",
        ),
        *(
            "voice = '<word>'",
            "language = '<word>'",
            "bed = '<name>'",
            "author = '<words>'",
            "output = '~/<word>'",
            "en = '<word>'",
        ),
        *(
            "timeout = <number>",
            "tempo = <number>",
            "response_format = 'wav'",
            "gender = 'female'",
            "<plain> = {a = <number>, b = [<number>]}",
        ),
        *("profile = 'sleep'", "<plain> = 2026-01-01", "<plain> = true", "[[<plain>]]", "a.b.c = <number>"),
    ),
    "plain": ("joe", "en", "KEY", "voices", "server", "localhost", "address", "a-b", "'x y'"),
}

_JSON = _SHARED | {
    "any": (
        '"<words>"',
        "<number>",
        "-1",
        "null",
        "true",
        "[]",
        "{}",
        '[<any>, "<word>"]',
        '{"<key>": <any>}',
        "1e400",
        "NaN",
    ),
}

OUTLINE: Grammar = _JSON | {
    "start": (
        '{"meta": {}, "blocks": [<blocks>]}',
        '{"meta": {"title": {"t": "MetaInlines", "c": [<inlines>]}}, "blocks": [<blocks>]}',
    ),
    "blocks": ("<block>", "<block>, <blocks>", "<block>, <blocks>"),
    "block": (
        *(
            '{"t": "Para", "c": [<inlines>]}',
            '{"t": "Para", "c": [<inlines>]}',
            '{"t": "Plain", "c": [<inlines>]}',
            '{"t": "HorizontalRule"}',
        ),
        *(
            '{"t": "Header", "c": [<digit>, ["", [], []], [<inlines>]]}',
            '{"t": "BulletList", "c": [[<blocks>], [<blocks>]]}',
        ),
        *(
            '{"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], [[<blocks>]]]}',
            '{"t": "BlockQuote", "c": [<blocks>]}',
        ),
        *(
            '{"t": "Div", "c": [["", ["<word>"], []], [<blocks>]]}',
            '{"t": "CodeBlock", "c": [["", [], []], "<words>"]}',
        ),
        *(
            '{"t": "LineBlock", "c": [[<inlines>]]}',
            '{"t": "RawBlock", "c": ["html", "<word>"]}',
            '{"t": "DefinitionList", "c": [[[<inlines>], [[<blocks>]]]]}',
        ),
    ),
    "inlines": ("<inline>", "<inline>, <inlines>", "<inline>, <inlines>"),
    "inline": (
        *(
            '{"t": "Str", "c": "<sentence>"}',
            '{"t": "Str", "c": "<words>"}',
            '{"t": "Space"}',
            '{"t": "SoftBreak"}',
            '{"t": "LineBreak"}',
        ),
        *(
            '{"t": "Emph", "c": [<inlines>]}',
            '{"t": "Strong", "c": [<inlines>]}',
            '{"t": "Code", "c": [["", [], []], "<word>"]}',
        ),
        *(
            '{"t": "Link", "c": [["", [], []], [<inlines>], ["x", ""]]}',
            '{"t": "Note", "c": [<blocks>]}',
            '{"t": "Str", "c": "[pause <seconds>]"}',
        ),
        *(
            '{"t": "Image", "c": [["", [], []], [<inlines>], ["x", ""]]}',
            '{"t": "Quoted", "c": [{"t": "DoubleQuote"}, [<inlines>]]}',
        ),
        *(
            '{"t": "Math", "c": [{"t": "InlineMath"}, "x"]}',
            '{"t": "Span", "c": [["", [], []], [<inlines>]]}',
            '{"t": "Strikeout", "c": [<inlines>]}',
        ),
    ),
    "digit": ("1", "2", "6"),
    "key": ("t", "c", "x"),
}

DOCUMENTS: Grammar = _JSON | {
    "start": ("<timeline>", "<manifest>", "<review>", "<any>"),
    "timeline": (
        '{"schema": "voiceguide.timeline/1", "seconds": <value>, "chapters": [<chapter>], "events": [<event>, <event>], "fit": <fit>}',
    ),
    "chapter": ('{"title": <value>, "start": <value>, "end": <value>}',),
    "event": (
        '{"kind": "speech", "track": "voice", "start": <value>, "end": <value>, "text": <value>, "cycle": <value>, "line": <value>, "file": "x"}',
    ),
    "fit": (
        "null",
        '{"left_out": [<value>], "rounds": [{"cue": "x", "written": <value>, "chosen": <value>, "file": "x", "line": 1}], "share": <value>}',
        "<any>",
    ),
    "manifest": (
        '{"schema": "voiceguide.manifest/<digit>", "title": <value>, "description": "", "author": "", "language": "en", "link": <value>, '
        '"published": <value>, "sessions": [<session>], "programme": [<any>], "left_over": [<value>], "earlier": {<pair>}, "pages": {<pair>}}',
    ),
    "session": (
        '{"name": <value>, "title": "x", "description": "", "author": "", "language": "en", "script": "x.md", "voice": "v", "length": null, '
        '"seconds": <value>, "loudness_lufs": <value>, "true_peak_dbtp": null, "fingerprint": "x", "inputs": {<pair>}, "tags": [<value>], '
        '"warnings": [], "files": {"audio": <file>, "timeline": <file>}, "origin": <any>, "rms_db": <value>}',
        "<any>",
    ),
    "file": ('{"path": <path>, "bytes": <value>, "sha256": <value>, "media_type": "x"}', "<any>"),
    "path": ('"x.mp3"', '"../x"', '"a/b"', '""', "<any>"),
    "pair": ('"x": <value>', ""),
    "review": (
        '{"schema": "voiceguide.review/<digit>", "state": "approved", "at": <value>, "text_sha256": <value>, "lines_sha256": "x", "by": <value>, '
        '"comments": [{"by": "x", "at": <value>, "text": <value>, "line": <value>, "quote": "x"}]}',
    ),
    "digit": ("1", "2", "3", "4"),
    "value": ("<any>", '"<words>"', "<number>"),
    "key": ("schema", "files", "x"),
}


def made(grammar: Grammar, dice: random.Random, symbol: str = "start") -> str:
    """A text of the grammar."""
    pieces: list[str] = []
    waiting, length = [(f"<{symbol}>", 0)], 0
    while waiting and length < _LONGEST:
        part, depth = waiting.pop()
        steps = _SYMBOL.split(part)
        if len(steps) == 1:
            pieces.append(part)
            length += len(part)
            continue
        for place in range(len(steps) - 1, -1, -1):
            if place % 2 == 0:
                pieces_of = steps[place]
                if pieces_of:
                    waiting.append((pieces_of, depth))
            elif steps[place] in grammar:
                choices = grammar[steps[place]]
                one = choices[0] if depth > _DEEPEST else dice.choice(choices)
                waiting.append((one, depth + 1))
            else:
                waiting.append((f"<{steps[place]}>".replace("<", "<\0"), depth))
    return "".join(pieces).replace("<\0", "<").replace("<<", "<").replace(">>", ">")


def disturbed(text: str, dice: random.Random, others: Sequence[str]) -> str:
    """The text with something left out, doubled, exchanged, put in, or taken from another text, up to four times."""
    for _ in range(dice.choice((1, 1, 2, 4))):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((0, 1, 1, 3, 12, 60)))
        match dice.randrange(6):
            case 0:
                new = ""
            case 1:
                new = text[start:end] * dice.choice((2, 3, 40))
            case 2:
                new = chr(
                    dice.choice((dice.randrange(32, 127), dice.randrange(0x2FFF), dice.randrange(0xE000, 0x110000)))
                )
            case 3 if others:
                other = dice.choice(others)
                begin = dice.randrange(len(other) + 1)
                new = other[begin : begin + dice.choice((5, 30, 200))]
            case _:
                new = dice.choice(ODD)
        text = text[:start] + new + text[end:]
    return text[: 2 * _LONGEST]
