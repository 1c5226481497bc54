"""A session that is heard while it changes: its text, its plan, the lines that are spoken so far, and the play head.

::

    text ─LivePlanner─▶ LivePlan ─▶ PlayHead ─▶ blocks ─▶ ears
                           ▲ lengths known, or estimated
                       Warm voices speak what is missing, the nearest to the play head first

Pure: ``places`` (a moment's place in the text), ``follow`` (where a play head goes on in another plan), ``estimates``.
``plan``, ``waiting`` and ``playhead`` make sound, in the caller's thread; ``session`` alone has threads.
"""
