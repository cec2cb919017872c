"""Sockets that listen, each alone at its port."""

import socket
import sys


def listen_at(address: str, port: int, *, n_waiting: int) -> socket.socket:
    """A socket that listens.

    Args:
        address: of this computer
        port: 0 takes any that is free
        n_waiting: connections that the system keeps until they are taken
    Raises:
        OSError: the port is taken, or the address is none of this computer
    """
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # there the usual option lets another program take the port over
            one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((address, port))
        one.listen(n_waiting)
    except OSError:
        one.close()
        raise
    return one
