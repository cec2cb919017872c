from ipaddress import IPv4Address

from each_row import each_row

from cadencecoach.devices.network import is_local, local_addresses


@each_row(
    ("address", "is_one"),
    [
        ("10.0.0.1", True),
        ("172.15.255.255", False),
        ("172.16.0.1", True),
        ("172.31.255.255", True),
        ("172.32.0.0", False),
        ("192.168.0.1", True),
        ("192.169.0.1", False),
        ("169.254.1.1", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104  # nothing is bound here
        ("8.8.8.8", False),
        ("100.64.0.1", False),
    ],
)
def test_a_local_network_is_one_that_no_router_passes_on(address: str, is_one: bool) -> None:  # noqa: FBT001
    """Neither this computer alone nor the internet."""
    assert is_local(address) is is_one


def test_the_addresses_of_this_computer_are_local_ones() -> None:
    """Each once; what is not local is left out, and so is the loopback interface."""
    found = local_addresses()
    assert len(set(found)) == len(found)
    assert all(is_local(str(IPv4Address(one))) for one in found)
