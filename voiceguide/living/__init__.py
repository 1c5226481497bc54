"""Living sessions: what a page needs to put a session together at any length, with the listener's own volumes.

``lengths`` plans a script at every half minute that it can last, ``clips`` finds the sounds of all these plans, each
once, ``sound`` brings them to the level that they have in the finished file, ``loops`` makes beds that go round,
``document`` tells where everything stands, and ``parts`` puts them into files. docs/packs.md describes these.
"""
