"""The language server: what the studio's editor knows, for any editor that speaks the Language Server Protocol.

``judging`` finds what is wrong with a text, with the memories of the text before; ``open_scripts`` holds the texts as
they stand in the editor; ``positions`` counts as the editor does; ``answers`` puts what :mod:`voiceguide.editing` knows
into the protocol's words, ``renaming`` and ``actions`` its edits; ``server`` listens. It needs the extra ``editor``.
"""
