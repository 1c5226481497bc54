"""Blocks of sound to a finished, tagged file, and back.

``kinds`` has the table of the kinds of file, ``format`` what each writer is to the rest of the program, ``encode``
writes a file and ``decoding`` reads it. A new kind is one module with its writer, and one row in ``kinds``.
"""
