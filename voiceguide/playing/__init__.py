"""Sound on a loudspeaker, now: a device that takes what lies ready, a buffer, and a player that fills it.

::

    Playable ─Player─▶ Buffer ─▶ Device ─▶ ears
                ▲ commands          (a thread of its own, which only copies)

What can be played is a script (``scripts``) or a stream of samples (``streams``). ``outline`` and ``moves`` are pure:
what is heard at a frame of a timeline, and where the keys lead from there.
"""
