"""How often a request to a server is tried, and how long each attempt may take."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.configuration import Server


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Numbers of retries after the first attempt: ``retries`` if the server is busy, ``connections`` if it cannot be
    reached, ``silences`` if it breaks off or exceeds its time limit.

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
        """Seconds that a line can take in all, if its sound takes twice as long as the beginning of the answer."""
        attempt = self.connect + server.timeout
        return (self.retries + 1) * attempt + self.retries * self.longest_wait + 2 * server.timeout


RETRY_POLICY = RetryPolicy()
