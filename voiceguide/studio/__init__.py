"""The studio: a page in which scripts are written, heard, recorded, reviewed and made into packs.

``workspace`` is the folder with its scripts, safe from everything outside of it; ``versions`` keeps what a script was,
``trash`` what was deleted. What is written is on disk, whole, before it is answered.
"""
