"""Scripts that the tests of the API share. The voice for tests speaks them at once."""

from __future__ import annotations

QUIET = """---
title: A quiet moment
voice: silent
---
# Arrive
Sit down, and let your eyes close.
[pause ~5s]

# Breathe
[breathe 4-6 x2]
Thank you.
[chime]
"""

HOSTILE = """---
title: "</title><script>alert(1)</script> & <b>"
voice: silent
---
# <img src=x onerror=alert(2)> "quoted"
Say <!-- no --> \\[ \\{ it plainly & "well".
[pause 5s]
"""
