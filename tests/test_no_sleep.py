"""No test sleeps: what is to come about is awaited, with a deadline, and what takes time is played in virtual time."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
SLEEPS = re.compile(r"\b(?:time|asyncio|anyio)\.sleep\b|import sleep\b|[\"'(;&|]\s*sleep [\d.$]")
MAY_SLEEP = {
    "support/loop_turns.py": "for no time: it lets what is ready have its turn",
    "support/radio_rig/pace.py": "the clock of the pods, which a program under test hears in real time",
}


def test_nothing_in_the_tests_sleeps_but_for_a_reason() -> None:
    """Neither in Python nor in a line of the shell."""
    texts = ((path, path.read_text(encoding="utf-8")) for path in TESTS.rglob("*.py") if path != Path(__file__))
    found = {path.relative_to(TESTS).as_posix() for path, text in texts if SLEEPS.search(text)}
    assert found == MAY_SLEEP.keys()


def test_what_is_looked_for_is_found() -> None:
    """Each kind, so that an empty set says something; a pod, or a computer in virtual time, may well sleep."""
    for text in ("time.sleep(1)", "await asyncio.sleep(0.2)", "from time import sleep", "'x & (sleep 1.5; rm y)'"):
        assert SLEEPS.search(text), text
    for text in ("bluez.sleep(pod)", 'f"sleep {seconds}\\n"', "Asleep 3 s", "SLEEP 5"):
        assert not SLEEPS.search(text), text
