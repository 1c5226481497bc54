"""Packs: from ``pack.yaml`` and a folder of scripts to a folder that can be listened to, and kept up to date.

``pack_file`` reads what is wanted, ``jobs`` finds what each session depends on, ``session`` makes one, ``executors``
has processes or a Dask cluster do that, ``destination`` keeps what is finished, ``pages`` publishes it, and
``building`` brings them together.
"""
