"""How long a connection may take to say what it wants, and how many there may be."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

ASK_S: Final = 10.0  # from connecting, or from the last answer, to a whole request
MAX_CONNECTIONS: Final = 256
LOOK_EVERY_S: Final = 1.0


class ImpatientProtocol(H11Protocol):
    """uvicorn's protocol, which lets a connection go that says nothing, or says it slowly.

    Attributes:
        quiet_s: for how long no request has been answered on it
        begun_s: when it was taken
        is_let_go: whether it is about to be gone
    """

    _due: asyncio.TimerHandle | None = None
    quiet_s = 0.0
    begun_s = 0.0
    is_let_go = False

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  # asyncio's face
        """Take a connection; for one too many, let the one go that has been quiet for longest, of those the oldest."""
        super().connection_made(transport)
        self.begun_s = self.loop.time()
        # One that was let go is here until the loop comes round: many that come at once must not all push out that one.
        held = [one for one in self.connections if isinstance(one, ImpatientProtocol) and not one.is_let_go]
        if len(held) > MAX_CONNECTIONS:
            held.remove(self)
            max(held, key=lambda one: (one.quiet_s, -one.begun_s)).let_go()
        self._due = self.loop.call_later(LOOK_EVERY_S, self._look)

    def let_go(self) -> None:
        """Hang up."""
        self.is_let_go = True
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer."""
        if self._due is not None:
            self._due.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End with the server: what is being sent, such as events without an end, at once; others are answered."""
        cycle = self.cycle
        if cycle is not None and cycle.response_started and not cycle.response_complete:
            self.transport.abort()
        else:
            super().shutdown()

    def _look(self) -> None:
        """Let it go where no request has been answered or is being answered for too long."""
        cycle = self.cycle
        is_answering = cycle is not None and not cycle.response_complete and not cycle.more_body
        self.quiet_s = 0.0 if is_answering else self.quiet_s + LOOK_EVERY_S
        if self.quiet_s >= ASK_S:
            self.let_go()
        else:
            self._due = self.loop.call_later(LOOK_EVERY_S, self._look)
