"""The addresses of this computer in local networks: those that no router passes on to the world."""

import contextlib
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from ifaddr import get_adapters

LOCAL: Final = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")))
ELSEWHERE: Final = "198.51.100.1"  # of nobody (RFC 5737); nothing is sent to it


def local_addresses() -> Sequence[str]:
    """The addresses at which devices beside this one can reach it; first the one of the way to other networks."""
    found = [str(ip.ip) for adapter in get_adapters() for ip in adapter.ips if ip.is_IPv4]
    usual = _usual_address()
    return sorted({one for one in found if is_local(one)}, key=lambda one: (one != usual, IPv4Address(one)))


def is_local(address: str) -> bool:
    """Whether an address belongs to a local network, and not to the internet or to this computer alone."""
    return any(IPv4Address(address) in one for one in LOCAL)


def _usual_address() -> str | None:
    """The address that connections to other networks come from; None where there is no way to any."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect((ELSEWHERE, 9))
        return str(one.getsockname()[0])
    return None
