"""A phone that serves what it measures, asked one question at a time: a small server without keep-alive."""

import http.client
import time
from typing import Final

WITHIN_S: Final = 3.0
MOST_ANSWER_BYTES: Final = 4_000_000
PORTS: Final = (8080, 80)  # of Android, of an iPhone
READ_BYTES: Final = 65_536


class PhoneGoneError(Exception):
    """There is no answer, or none that is whole."""


class RemotePhone:
    """One phone, by its address in the network.

    Args:
        host: its name or address
        port: None finds out which of the usual ones
    """

    def __init__(self, host: str, port: int | None) -> None:
        self._host = host
        self._ports: tuple[int, ...] = PORTS if port is None else (port,)

    def ask(self, target: str) -> bytes:
        """The answer to a question.

        Raises:
            PhoneGoneError: none came, or it was no answer
        """
        wrong: Exception | None = None
        for port in self._ports:
            try:
                answer = self._ask_at(port, target)
            except (OSError, http.client.HTTPException, ValueError) as error:
                wrong = error
                continue
            self._ports = (port, *(other for other in self._ports if other != port))
            return answer
        raise PhoneGoneError(str(wrong)) from wrong

    def _ask_at(self, port: int, target: str) -> bytes:
        """One question; an answer that drips is given up with its connection."""
        until_s = time.monotonic() + WITHIN_S
        connection = http.client.HTTPConnection(self._host, port, timeout=WITHIN_S)
        try:
            connection.request("GET", target, headers={"Connection": "close"})
            response = connection.getresponse()
            if response.status != 200:  # noqa: PLR2004  # HTTP's word for yes
                raise ValueError(f"status {response.status}")
            content = bytearray()
            while part := response.read1(READ_BYTES):
                content += part
                if len(content) > MOST_ANSWER_BYTES or time.monotonic() > until_s:
                    raise ValueError("too long an answer")
            return bytes(content)
        finally:
            connection.close()
