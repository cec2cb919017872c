"""Helped or silent, told by the lines of a journal, old and new."""

from typing import Any

import pytest

from cadencecoach.record.counting.helping import Helping, is_probe

Line = dict[str, Any]


def stage(**fields: object) -> Line:
    """A stage with a target."""
    return {"t": 0.0, "what": "stage", "target_spm": 170.0, "beat": "on", "feedback": "words", **fields}


@pytest.mark.parametrize(
    ("line", "want"),
    [
        (stage(beat="off", feedback="none"), True),
        (stage(beat="off", feedback="words"), False),
        (stage(beat="rescue", feedback="none"), False),
        (stage(beat="off", feedback="none", target_spm=None), False),
        (stage(is_probe=True), True),
        (stage(beat="off", feedback="none", is_probe=False), False),
    ],
)
def test_what_a_probe_is(line: Line, want: bool) -> None:  # noqa: FBT001  # a table of truths
    """What the stage says; in journals that do not say it, a target with neither beat nor feedback."""
    assert is_probe(line) is want


@pytest.mark.parametrize(
    ("line", "want"),
    [(stage(), True), (stage(help_ratio=0.0), False), (stage(help_ratio=0.5), True), (stage(is_probe=True), False)],
)
def test_how_a_stage_begins(line: Line, want: bool) -> None:  # noqa: FBT001
    """Helped, unless it is a probe or has no help at all; `help` lines say the rest."""
    helping = Helping()
    helping.enter(line)
    assert helping.is_on is want


def test_help_lines_switch_it_and_mute_silences_it() -> None:
    """A silent stretch is silent; muted sound is no help either, and comes back as the plan has it."""
    helping = Helping()
    helping.enter(stage(help_ratio=0.5))
    helping.switch({"is_on": False})
    assert not helping.is_on
    helping.switch({"is_on": True})
    helping.mute({"is_muted": True})
    assert not helping.is_on
    helping.mute({"is_muted": False})
    assert helping.is_on


def test_a_probe_is_silent_whatever_lines_follow() -> None:
    """Journals from when a plan's help was that of its probes too hold lines of a help nobody could hear."""
    helping = Helping()
    helping.enter(stage(index=0, is_probe=True, help_ratio=0.5))
    helping.switch({"is_on": True})
    assert not helping.is_on
    helping.enter(stage(index=1))
    assert helping.is_on


def test_a_target_that_becomes_known_can_make_a_probe() -> None:
    """In an old journal nothing tells it before; a changed target of a silent stretch is no new stage."""
    helping = Helping()
    helping.enter(stage(index=0, beat="off", feedback="none", target_spm=None))
    helping.enter(stage(index=0, beat="off", feedback="none"))
    assert helping.is_in_probe
    helping.enter(stage(index=1, help_ratio=0.5))
    helping.switch({"is_on": False})
    helping.enter(stage(index=1, help_ratio=0.5, target_spm=171.0))
    assert (helping.is_in_probe, helping.is_on) == (False, False)
