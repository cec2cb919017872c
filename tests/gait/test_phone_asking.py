"""What a phone is asked for next follows from what it answered."""

import json

import pytest

from cadencecoach.gait.phone_asking import N_EMPTY, PhyphoxAsker
from cadencecoach.gait.phone_messages import RefusedBodyError

OUTPUTS = [{"x": "aX"}, {"y": "aY"}, {"z": "aZ"}, {"t": "aT"}]
CONFIG = json.dumps({"inputs": [{"source": "accelerometer", "outputs": OUTPUTS}]}).encode()
NEWEST, SINCE_2_S = "/get?aT&aX&aY&aZ", "/get?aT=2&aX=2%7CaT&aY=2%7CaT&aZ=2%7CaT"


def answer(*times_s: float, session: str = "s", measuring: bool = True) -> bytes:
    """What the phone says of some times."""
    buffers = {
        name: {"buffer": list(times_s) if name == "aT" else [1.0] * len(times_s)} for name in ("aT", "aX", "aY", "aZ")
    }
    return json.dumps({"buffer": buffers, "status": {"session": session, "measuring": measuring}}).encode()


def asked(*answers: bytes) -> PhyphoxAsker:
    """An asker that has had these answers."""
    asker = PhyphoxAsker("phone")
    for one in answers:
        asker.take(one)
    return asker


def test_the_names_come_first_then_the_newest_then_what_is_new() -> None:
    """And what is new is asked for after the newest time that is known."""
    assert PhyphoxAsker("phone").target == "/config"
    assert asked(CONFIG).target == NEWEST
    assert asked(CONFIG, answer(2.0)).target == SINCE_2_S
    assert asked(CONFIG, answer(1.0), answer(1.5, 2.0)).target == SINCE_2_S


def test_a_phone_that_does_not_measure_is_started_once() -> None:
    """Who pauses afterwards means it."""
    waiting = answer(measuring=False)
    assert asked(CONFIG, waiting).target == "/control?cmd=start"
    assert asked(CONFIG, waiting, b'{"result": true}').target == NEWEST
    paused = asked(CONFIG, waiting, b'{"result": true}', answer(2.0))
    batch = paused.take(answer(measuring=False))
    assert batch is not None
    assert (paused.target, batch.is_measuring) == (SINCE_2_S, False)


def test_another_session_begins_with_the_names() -> None:
    """The experiment may be another one."""
    asker = asked(CONFIG, answer(2.0))
    assert asker.take(answer(0.1, session="other")) is None
    assert asker.target == "/config"


def test_an_app_that_was_opened_anew_is_started_once_more() -> None:
    """It is another session, which waits; whoever pauses that one means it too."""
    waiting, started = answer(measuring=False, session="other"), b'{"result": true}'
    again = asked(CONFIG, answer(measuring=False), started, answer(2.0), waiting, CONFIG, waiting)
    assert again.target == "/control?cmd=start"
    again.take(started)
    again.take(answer(0.5, session="other"))
    again.take(waiting)
    assert again.target != "/control?cmd=start"


def test_a_clock_that_began_anew_is_found_by_the_silence() -> None:
    """After two seconds without anything new the newest is asked for, and what follows it is taken."""
    asker = asked(CONFIG, answer(2.0), *[answer()] * (N_EMPTY - 1))
    assert asker.target == SINCE_2_S
    asker.take(answer())
    assert asker.target == NEWEST
    batch = asker.take(answer(0.5))
    assert batch is not None
    assert batch.times_ns == ()
    assert asker.target == SINCE_2_S.replace("2&", "0.5&").replace("=2%", "=0.5%")


def test_what_is_no_answer_is_refused_and_asked_again() -> None:
    """From the beginning."""
    asker = asked(CONFIG)
    with pytest.raises(RefusedBodyError):
        asker.take(b"<html>")
    asker.begin_again()
    assert asker.target == "/config"
