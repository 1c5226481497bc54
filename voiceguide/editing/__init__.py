"""What helps while a script is written: completions from the tables, and edits that change the text of one thing only.

``edits`` are replacements in a text; ``quantities`` writes a new value in the way the old one was
written; ``cue_edits`` changes a cue's values, ``settings`` the front matter, ``headings`` what may be left out;
``moves`` is what a drag on the timeline means; ``takes`` writes the choice of a take; ``changes`` is what changed
between two texts; ``mends`` removes a finding where there is no doubt about it, ``switches`` its rule. ``hover`` says
what something means, ``outline`` what a script is made of, with the ``blocks`` in it; ``variables`` gives a variable
another name; ``scripts`` tells scripts from other Markdown, and finds what is included. All but that are pure: text,
place and value give edits. ``people`` reads a table of those for whom a script is made.
"""
