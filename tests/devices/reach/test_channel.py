import json
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reached_rig import PATIENCE_S, RawClient, client_of, only_place, private_folder

from cadencecoach.devices.reach import channel as channel_module
from cadencecoach.devices.reach.channel import MAX_CLIENTS, MAX_STRANGERS, Channel, KeyOrder
from cadencecoach.devices.reach.place import HOME, found_places

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a private folder is Unix's")


class Rung:
    """A bell that was rung."""

    def __init__(self) -> None:
        self.event = threading.Event()

    def wait(self) -> None:
        """Until it rings."""
        assert self.event.wait(PATIENCE_S)
        self.event.clear()


@pytest.fixture
def bell() -> Rung:
    """Rings when there is an order."""
    return Rung()


@pytest.fixture
def channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bell: Rung) -> Iterator[Channel]:
    """A channel that can be reached."""
    private_folder(tmp_path, monkeypatch)
    made = Channel({"kind": "session"}, lambda: {"what": "session"}, bell.event.set)
    wait_for_place()
    yield made
    made.close()


def wait_for_place() -> None:
    """Until the thread has written its place."""
    tick = threading.Event()
    while not found_places():
        tick.wait(0.005)


def moments(client: RawClient, number: int) -> list[Any]:
    """The next moments."""
    return [client.read_until("moment")["n"] for _ in range(number)]


def test_a_client_is_greeted_and_sees_moments_and_events_in_their_order(channel: Channel) -> None:
    """Two of them alike."""
    with client_of(only_place()) as one, client_of(only_place()) as two:
        for client in (one, two):
            assert client.read() == {"what": "session"}
        channel.send({"what": "said", "words": "Quicker."})
        for client in (one, two):
            assert client.read() == {"what": "said", "words": "Quicker."}
        channel.show({"what": "moment", "n": 1})
        assert [moments(client, 1) for client in (one, two)] == [[1], [1]]


def test_who_comes_later_sees_the_newest_moment_at_once(channel: Channel) -> None:
    """And none of those before."""
    for n in range(5):
        channel.show({"what": "moment", "n": n})
    with client_of(only_place()) as client:
        assert moments(client, 1) == [4]


def test_a_client_that_does_not_read_is_sent_the_newest_when_it_reads_again(channel: Channel) -> None:
    """Moments in between are left out, the session has waited for none, and another client has seen all it could."""
    place = only_place()
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect((HOME, place.port))
    slow.sendall(json.dumps({"token": place.token}).encode() + b"\n")
    file = slow.makefile("rb")
    assert json.loads(file.readline()) == {"what": "session"}
    with client_of(place) as quick:
        for n in range(300):
            channel.show({"what": "moment", "n": n, "padding": "x" * 2000})
            assert moments(quick, 1) == [n]
    seen: list[int] = []
    while not seen or seen[-1] != 299:
        seen.append(json.loads(file.readline())["n"])
    assert len(seen) < 200
    assert seen == sorted(seen)
    file.close()
    slow.close()


def test_a_key_counts_once_however_often_it_is_sent(channel: Channel, bell: Rung) -> None:
    """The repetition is answered as the first time, before and after the answer, by whichever client."""
    with client_of(only_place()) as one, client_of(only_place()) as two:
        for client in (one, one, two):
            client.write({"id": "a", "key": "pain", "value": 7})
        bell.wait()
        order = channel.take()
        assert order == KeyOrder("a", "pain", 7)
        two.write({"id": "b", "key": "next"})
        bell.wait()
        assert channel.take() == KeyOrder("b", "next", None)
        assert channel.take() is None
        channel.answer(order, "no")
        for client in (one, two):
            assert client.read_until("answer") == {"what": "answer", "id": "a", "wrong": "no"}
        two.write({"id": "a", "key": "pain", "value": 7})
        assert two.read_until("answer")["id"] == "a"
        assert channel.take() is None


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"[]\n",
        b'{"token": "wrong"}\n',
        b'{"token": 7}\n',
        b'{"token": "\xff"}\n',
        b"[" * 1000 + b"\n",
        b"x" * 5000,
        b"GET / HTTP/1.1\r\n",
    ],
)
def test_who_does_not_know_the_token_is_let_go_without_a_word(channel: Channel, line: bytes) -> None:
    """And the others notice nothing."""
    with client_of(only_place()) as known:
        assert known.read() == {"what": "session"}
        stranger = RawClient(only_place().port, None)
        stranger.socket.sendall(line)
        assert stranger.read() is None
        stranger.close()
        channel.show({"what": "moment", "n": 1})
        assert moments(known, 1) == [1]


@pytest.mark.parametrize(
    "message",
    [[], {}, {"id": "a"}, {"id": "", "key": "next"}, {"id": "a", "key": 1}, {"id": "a", "key": "p", "value": 0.5}],
)
def test_a_client_that_says_what_is_no_key_is_let_go(channel: Channel, message: object) -> None:
    """It is no client of ours."""
    with client_of(only_place()) as client:
        client.write(message)
        assert client.read() == {"what": "session"}
        assert client.read() is None
    assert channel.take() is None


@pytest.mark.usefixtures("channel")
def test_silent_connections_and_too_many_clients_keep_nobody_else_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those who say nothing are let go after a while; a client more than there is room for is let go at once."""
    monkeypatch.setattr(channel_module, "HELLO_S", 0.3)
    place = only_place()
    silent = [RawClient(place.port, None) for _ in range(2 * MAX_STRANGERS)]
    with client_of(place) as known:
        assert known.read() == {"what": "session"}
    for one in silent:
        assert one.read() is None
        one.close()
    clients = [RawClient(place.port, place.token) for _ in range(MAX_CLIENTS)]
    assert all(one.read() == {"what": "session"} for one in clients)
    with client_of(place) as too_many:
        assert too_many.read() is None
    for one in clients:
        one.close()


def test_clients_hear_the_end_before_it_is_closed(channel: Channel) -> None:
    """And nothing is left of the place."""
    with client_of(only_place()) as client:
        assert client.read() == {"what": "session"}
        channel.send({"what": "end", "reason": "finished"})
        channel.close()
        assert client.read() == {"what": "end", "reason": "finished"}
        assert client.read() is None
    assert found_places() == []


def test_a_session_goes_on_without_a_channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread has failed: there is no folder to write its place to."""
    (tmp_path / "cadencecoach").write_text("no folder")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = Channel({}, dict, lambda: None)
    made.close()
    made.show({"what": "moment"})
    made.send({"what": "end"})
    made.answer(KeyOrder("a", "next", None), "")
    assert made.take() is None
    assert (made.n_clients, made.port) == (0, None)


def test_one_that_is_closed_before_it_could_be_found_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session may be over at once: its thread ends, and its place does not say for ever that it runs."""
    private_folder(tmp_path, monkeypatch)
    for _ in range(20):
        Channel({"kind": "session"}, lambda: {"what": "session"}, lambda: None).close()
    assert found_places() == []
    assert not [one for one in threading.enumerate() if one.name == "reach"]
