from cadencecoach.web.addresses import Addresses


def test_without_a_network_only_the_names_of_this_computer_are_its_own() -> None:
    """Nothing is served under another address, whatever reaches it."""
    addresses = Addresses(port=8712)
    assert addresses.hosts("127.0.0.1") == {"127.0.0.1:8712", "localhost:8712"}
    assert addresses.hosts("192.168.1.7") == set()
    assert addresses.network_urls() == []


def test_in_the_network_it_is_called_by_the_address_at_which_it_was_reached() -> None:
    """By no name that can be made to point to it, nor by another of its addresses."""
    addresses = Addresses(port=8712, network=("192.168.1.7", "10.0.0.2"))
    assert addresses.hosts("10.0.0.2") == {"10.0.0.2:8712"}
    assert addresses.network_urls() == ["http://192.168.1.7:8712", "http://10.0.0.2:8712"]


def test_a_certificates_names_are_its_own_too() -> None:
    """A browser has checked them; the name is what is typed."""
    addresses = Addresses(port=8712, network=("192.168.1.7",), names=("treadmill.lan", "192.168.1.7"))
    assert addresses.hosts("192.168.1.7") == {"192.168.1.7:8712", "treadmill.lan:8712"}
    assert addresses.network_urls() == ["https://treadmill.lan:8712", "https://192.168.1.7:8712"]
