"""Packs: from ``pack.yaml`` and a folder of scripts to a folder that can be listened to, and kept up to date.

``pack_file`` reads what is wanted, ``jobs`` finds what each session depends on, ``session`` makes one, in this process
or on another machine, ``folder`` keeps what is finished, and ``building`` brings them together.
"""
