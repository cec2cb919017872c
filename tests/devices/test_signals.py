import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from cadencecoach.devices.signals import StopRequests

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot signal itself this way")
ASKS = ("SIGINT", "SIGTERM", "SIGHUP")


@pytest.fixture
def heeded() -> Iterator[None]:
    """No signal is ignored from outside, as it is under nohup or in a shell's background."""
    before = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in ASKS}
    for number in before:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("heeded")
@pytest.mark.parametrize("name", ASKS)
def test_a_request_to_stop_sets_the_flag_and_nothing_else(name: str) -> None:
    """The real signal, sent to this very process, which goes on."""
    with StopRequests() as stop:
        assert not stop.is_set
        os.kill(os.getpid(), getattr(signal, name))
        assert stop.is_set


def test_the_handlers_of_before_are_given_back() -> None:
    """Also after something went wrong inside."""
    before = [signal.getsignal(getattr(signal, name)) for name in ASKS]

    def fail() -> None:
        with StopRequests():
            assert [signal.getsignal(getattr(signal, name)) for name in ASKS] != before
            raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        fail()
    assert [signal.getsignal(getattr(signal, name)) for name in ASKS] == before


def test_a_second_ctrl_c_interrupts_at_once() -> None:
    """Whoever presses it again does not want to wait for the end in order."""

    def press_twice() -> None:
        with StopRequests() as stop:
            os.kill(os.getpid(), signal.SIGINT)
            assert stop.is_set
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        press_twice()


def test_a_shutdown_may_ask_twice() -> None:
    """Only the keyboard insists; a system that repeats itself does not cut the session short."""
    with StopRequests() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), getattr(signal, "SIGHUP"))  # noqa: B009  # not every system has it
        assert stop.is_set


def test_a_program_told_to_outlive_its_terminal_does() -> None:
    """Started with `nohup`, which ignores the hang-up: the session goes on when the terminal is closed."""
    program = (
        "import os, signal\nfrom cadencecoach.devices.signals import StopRequests\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "with StopRequests() as stop:\n    os.kill(os.getpid(), signal.SIGHUP)\n    print(stop.is_set)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert said.stdout == "False\n"
