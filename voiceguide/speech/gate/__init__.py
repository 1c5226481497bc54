"""The gate: what a neural voice has said is checked before it is kept, since such a voice sometimes swallows a word,
repeats one, or breathes after the last.

``sound`` listens to the utterance itself, ``words`` has speech recognition compare it with its text, and ``verdict``
holds what was found, which is kept with the line, so that a later run knows it too.
"""
