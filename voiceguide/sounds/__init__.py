"""Sounds: the library's chimes and breath sounds, a person's own files, and the beds under the voice.

Importing this package loads nothing heavy; :mod:`~voiceguide.sounds.catalogue` alone is enough to know what there is.
"""
