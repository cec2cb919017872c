"""Attackers of a phone's receiver, of the standard library alone: each is a process that is there at once.

`python bench/phone_attackers.py NAME PORT SECRET SECONDS` says that it is ready, begins at a line of its input, and
prints how many requests it has sent. It keeps to one processor, so that a beat finds another one.
"""

import contextlib
import http.client
import os
import socket
import struct
import sys
import time
from collections.abc import Callable

HOME = "127.0.0.1"
N_PIPELINED = 40  # in one packet

Attack = Callable[[int, str], int]  # port, secret; how many requests were sent


def ask(port: int, target: str, body: bytes) -> int:
    """One request, whatever comes of it."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection(HOME, port, timeout=6)
        connection.request("POST", target, body)
        connection.getresponse().read()
        connection.close()
    return 1


def drip(port: int, secret: str) -> int:
    """A head, and then a byte now and then."""
    with contextlib.suppress(OSError), socket.create_connection((HOME, port), timeout=6) as one:
        one.sendall(f"POST /{secret}/9 HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n".encode())
        for _ in range(20):
            one.sendall(b"x")
            time.sleep(0.4)
    return 1


def pour(port: int, secret: str) -> int:
    """100 MB."""
    with contextlib.suppress(OSError), socket.create_connection((HOME, port), timeout=6) as one:
        one.sendall(f"POST /{secret}/9 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        for _ in range(1600):
            one.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
    return 1


def knock(port: int, _secret: str) -> int:
    """A connection, some requests with a wrong secret at once, and gone: no answer is waited for."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # ports would run out
        one.settimeout(0.2)
        try:
            one.connect((HOME, port))
            one.sendall(b"GET /guess/1 HTTP/1.1\r\nHost: x\r\n\r\n" * N_PIPELINED)
        except OSError:  # it is not taken
            return 0
    return N_PIPELINED


def count(_port: int, _secret: str) -> int:
    """Nothing to us: what as much work elsewhere does to a beat."""
    sum(range(10_000))
    return 0


ATTACKS: dict[str, Attack] = {
    "as much work elsewhere": count,
    "wrong secret, as many as go": knock,
    "100 MB": pour,
    "nested JSON": lambda port, secret: ask(port, f"/{secret}/9", b"[" * 900_000),
    "NaN": lambda port, secret: ask(port, f"/{secret}/9", b'{"acc_time":[1],"accX":[NaN],"accY":[1],"accZ":[1]}'),
    "slow drip": drip,
}


def main(name: str, port: int, secret: str, seconds: float) -> None:
    """The life of one."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    attack, n = ATTACKS[name], 0
    print("ready", flush=True)
    sys.stdin.readline()
    until_s = time.monotonic() + seconds
    while time.monotonic() < until_s:
        n += attack(port, secret)
    print(n)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
