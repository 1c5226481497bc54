"""How long, and how often, a server is waited for."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.configuration import Server


@dataclass(frozen=True, slots=True)
class Patience:
    """``retries`` after the first attempt, where the server is busy; ``connections`` where it cannot be reached, and
    ``silences`` where it breaks off or takes longer than its own time limit.

    In seconds: ``connect`` for a connection; ``backoff`` is doubled with each retry from the second one on;
    ``longest_wait`` is the longest pause between two attempts, whatever the server asks for.
    """

    retries: int = 4
    connections: int = 3
    silences: int = 1
    connect: float = 10.0
    backoff: float = 0.5
    longest_wait: float = 30.0

    def longest(self, server: Server) -> float:
        """Seconds that a line can take in all, its sound twice as long as its answer's begin."""
        attempt = self.connect + server.timeout
        return (self.retries + 1) * attempt + self.retries * self.longest_wait + 2 * server.timeout


PATIENCE = Patience()
