"""What helps while a script is written: completions from the tables, and edits that change the text of one thing only.

``edits`` are replacements in a text; ``quantities`` writes a new value in the way the old one was
written; ``cue_edits`` changes a cue's values, ``settings`` the front matter, ``headings`` what may be left out;
``moves`` is what a drag on the timeline means; ``takes`` writes the choice of a take; ``changes`` is what changed
between two texts. All pure: text, place and value give edits.
"""
