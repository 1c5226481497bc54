"""How loud everything is: against the voice, and the finished session. Imports nothing.

The voice is the reference. LU and dB are differences from it: a sound's level is that of its loudest 400 ms (EBU R 128
momentary loudness), a bed's that of its integrated loudness (ITU-R BS.1770-4).
"""

from __future__ import annotations

VOICE_LOUDNESS = -23.0
"""LUFS; every spoken line is brought to this before mixing (the target level of EBU R 128)."""

SOFTEST_LOUDNESS, LOUDEST_LOUDNESS = -40.0, -8.0
"""LUFS, integrated; what a script can ask for a finished session."""

TARGET_LOUDNESS = -16.0
"""LUFS, integrated, of a finished session for which nothing else is asked: what podcasts have."""

SOFT_LOUDNESS = -20.0
"""LUFS, integrated, of a session for the night, and of an audiobook."""

YOUTUBE_LOUDNESS = -14.0
"""LUFS, integrated, to which YouTube turns down what is louder; what is softer stays softer than the rest."""

BROADCAST_LOUDNESS = -23.0
"""LUFS, integrated, of a programme for radio or television (EBU R 128)."""

VOICE_OVER_TARGET = 0.5
"""LU by which the voice lines of a finished session lie above the loudness that is asked for it: about as much as the
gaps within and between lines take from the session's integrated loudness."""

VOICE_GIVES_WAY = 0.4
"""LU by which the voice moves, at most, to bring a session nearer to the integrated loudness that is asked for."""

CHIME_LEVEL = -4.0
"""LU; a struck sound that rings on."""

DRY_CHIME_LEVEL = -12.0
"""LU; a struck sound without a ring, whose short attack would startle at the level of a chime."""

BREATH_LEVEL = -10.0
"""LU; the sounds that lead an inhale or an exhale, and last as long as it."""

HELD_LEVEL = -20.0
"""LU; the tone that goes on through a hold or a rest, where one is asked for."""

BREATH_HOLD_LEVEL = -8.0
"""LU; the sounds that begin a hold or a rest between breaths."""

RELEASE_LEVEL = -7.0
"""LU; the sound that ends a hold."""

HALFWAY_LEVEL = -8.0
"""LU; the sound in the middle of a hold."""

SIDE_LEVEL = -6.0
"""LU; the sound that announces the other side."""

SWELL_LEVEL = -14.0
"""LU; a swell at its loudest."""

FILE_LEVEL = CHIME_LEVEL
"""LU; a person's own sound file, as loud as a chime. One that is very short or very faint stays below it."""

BED_LEVEL = -17.0
"""dB; a bed for which nothing else is said, while nobody speaks."""

BED_DIPS = 7.0
"""dB by which a bed sinks while the voice speaks, if nothing else is said (WCAG 1.4.7 asks for 20 dB under it)."""

LOUDEST_BED = -6.0
"""dB; the most that a script may give a bed."""

TOO_LOUD_FOR_A_BED = f"a bed lies under the voice: {LOUDEST_BED:g}dB is the most, {BED_LEVEL:g}dB the usual"

ROOM_TONE_LEVEL = -27.0
"""LU by which the bed ``silence`` lies below the other beds."""
