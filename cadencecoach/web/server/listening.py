"""Where the server listens: on the loopback interface, and at addresses of a local network where that is wished."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Generator, Iterator, Sequence
from typing import Any, Final

import uvicorn

from cadencecoach.devices.listening_socket import listen_at
from cadencecoach.devices.reach.place import HOME
from cadencecoach.devices.signals import StopRequests
from cadencecoach.errors import UsageError
from cadencecoach.web.server.terminal import PairingTerminal

USUAL_PORT: Final = 8712
WAITING: Final = 128  # connections that the system keeps, and that are taken at once: descriptors are few
GREET_S: Final = 5.0  # for whoever begins an encrypted connection


@contextlib.contextmanager
def listeners(port: int | None, network: Sequence[str]) -> Iterator[list[socket.socket]]:
    """Sockets at one port of this computer, the loopback interface's first.

    Args:
        port: None takes the usual one, or another where that is taken
        network: addresses beside the loopback interface
    Raises:
        UsageError: the port is taken
    """
    with contextlib.ExitStack() as stack:
        for one in (USUAL_PORT, 0) if port is None else (port,):
            with contextlib.ExitStack() as attempt:
                try:
                    first = attempt.enter_context(listen_at(HOME, one, n_waiting=WAITING))
                    port_found = first.getsockname()[1]
                    others = [
                        attempt.enter_context(listen_at(address, port_found, n_waiting=WAITING)) for address in network
                    ]
                except OSError as error:
                    if port is not None:
                        raise UsageError(f"--port {port}: {error.strerror}; choose another, or leave it out") from error
                    continue
                stack.enter_context(attempt.pop_all())
                yield [first, *others]
                return
    raise UsageError("no free port on this computer")


class Server(uvicorn.Server):
    """One server behind several sockets: plain on this computer, encrypted in the network where there is a certificate.

    Args:
        config: as of uvicorn
        network: sockets beside the loopback interface's
        encryption: for these; None serves them as they are
        terminal: runs as long as the server
    """

    def __init__(
        self,
        config: uvicorn.Config,
        network: Sequence[socket.socket],
        encryption: ssl.SSLContext | None,
        terminal: PairingTerminal,
    ) -> None:
        """Listen to nobody yet."""
        super().__init__(config)
        self._network, self._encryption, self._terminal = network, encryption, terminal
        self._stop = StopRequests()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End in order on all of them, also where the terminal is closed: what follows the server is still done."""
        with self._stop:
            yield

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to end."""
        return self._stop.is_set or await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen at all of them."""
        await super().startup(sockets)
        loop = asyncio.get_running_loop()
        limits: dict[str, Any] = (
            {} if self._encryption is None else {"ssl": self._encryption, "ssl_handshake_timeout": GREET_S}
        )
        for one in self._network:
            self.servers.append(await loop.create_server(self._protocol, sock=one, backlog=WAITING, **limits))

    async def main_loop(self) -> None:
        """Serve, and hear the terminal, to the end."""
        hearing = asyncio.create_task(self._terminal.run())
        try:
            await super().main_loop()
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)

    def _protocol(self) -> asyncio.Protocol:
        """For one connection, as uvicorn makes it for those on this computer."""
        made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made
