"""Helped or silent, told by the lines of a journal, old and new."""

from dataclasses import replace

from each_row import each_row

from cadencecoach.record.fold.helping import Helping, is_probe
from cadencecoach.record.lines import HelpLine, StageLine

STAGE = StageLine(0.0, 0, "Rung", 170.0, 165.0, 175.0, beat="on", feedback="words")
ON, OFF = HelpLine(1.0, is_on=True), HelpLine(1.0, is_on=False)


def stage(**fields: object) -> StageLine:
    """A stage with a target."""
    return replace(STAGE, **fields)  # type: ignore[arg-type]  # fields of any type


@each_row(
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
def test_what_a_probe_is(line: StageLine, want: bool) -> None:  # noqa: FBT001  # a table of truths
    """What the stage says; in journals that do not say it, a target with neither beat nor feedback."""
    assert is_probe(line) is want


@each_row(
    ("line", "want"),
    [(stage(), True), (stage(help_ratio=0.0), False), (stage(help_ratio=0.5), True), (stage(is_probe=True), False)],
)
def test_how_a_stage_begins(line: StageLine, want: bool) -> None:  # noqa: FBT001
    """Helped, unless it is a probe or has no help at all; `help` lines say the rest."""
    helping = Helping()
    helping.enter(line, is_new=True)
    assert helping.is_on is want


def test_help_lines_switch_it_and_mute_silences_it() -> None:
    """A silent stretch is silent; muted sound is no help either, and comes back as the plan has it."""
    helping = Helping()
    helping.enter(stage(help_ratio=0.5), is_new=True)
    helping.switch(OFF)
    assert not helping.is_on
    helping.switch(ON)
    helping.is_muted = True
    assert not helping.is_on
    helping.is_muted = False
    assert helping.is_on


def test_a_probe_is_silent_whatever_lines_follow() -> None:
    """Journals from when a plan's help was that of its probes too hold lines of a help nobody could hear."""
    helping = Helping()
    helping.enter(stage(is_probe=True, help_ratio=0.5), is_new=True)
    helping.switch(ON)
    assert not helping.is_on
    helping.enter(stage(), is_new=True)
    assert helping.is_on


def test_a_target_that_becomes_known_can_make_a_probe() -> None:
    """In an old journal nothing tells it before; a changed target of a silent stretch is no new stage."""
    helping = Helping()
    helping.enter(stage(beat="off", feedback="none", target_spm=None), is_new=True)
    helping.enter(stage(beat="off", feedback="none"), is_new=False)
    assert helping.is_in_probe
    helping.enter(stage(help_ratio=0.5), is_new=True)
    helping.switch(OFF)
    helping.enter(stage(help_ratio=0.5, target_spm=171.0), is_new=False)
    assert (helping.is_in_probe, helping.is_on) == (False, False)
