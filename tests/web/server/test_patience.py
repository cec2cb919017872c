"""The end of a server with connections open: what never ends is cut off, what is being answered is answered."""

import asyncio
import contextlib
import socket
from typing import Any

import pytest
import uvicorn

from cadencecoach.web.server.patience import ImpatientProtocol

LONG_S = 600  # nobody waits for this: a story that did would time out
OK = {"type": "http.response.start", "status": 200, "headers": []}


async def told_before_the_end(path: str) -> bytes:
    """What a client has been sent when a server has ended, which was asked to while it answered."""
    is_asked, may_answer = asyncio.Event(), asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401  # of ASGI
        if scope["path"] == "/endless":
            await send(OK)
            await send({"type": "http.response.body", "body": b"one", "more_body": True})
            is_asked.set()
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        is_asked.set()
        await may_answer.wait()
        await send(OK)
        await send({"type": "http.response.body", "body": b"whole"})

    config = uvicorn.Config(
        app, http=ImpatientProtocol, lifespan="off", port=0, log_level="critical", timeout_graceful_shutdown=LONG_S
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    loop, sent = asyncio.get_running_loop(), b""
    with socket.socket() as client:
        client.setblocking(False)  # noqa: FBT003  # Python's own
        await loop.sock_connect(client, ("127.0.0.1", port))
        await loop.sock_sendall(client, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        await is_asked.wait()
        ending = asyncio.ensure_future(server.shutdown())
        may_answer.set()
        await ending
        with contextlib.suppress(ConnectionResetError):
            while part := await loop.sock_recv(client, 4096):
                sent += part
    return sent


@pytest.mark.timeout(30)
@pytest.mark.parametrize(("path", "told"), [("/endless", b""), ("/short", b"whole")])
def test_a_server_ends_at_once_and_answers_what_was_asked(path: str, told: bytes) -> None:
    """Whatever the path of a stream is."""
    assert told in asyncio.run(told_before_the_end(path))
