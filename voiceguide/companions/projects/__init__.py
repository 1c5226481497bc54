"""A session as a project of an audio editor, beside its stems.

``lanes`` makes one value of the session, from which ``reaper``, ``otio`` and ``audacity`` write a file each; ``kinds``
is the table of them. An item of a project is a stretch of a stem, so that nothing is copied and each can be moved.
"""
