"""What a probe tells, at each of its edges."""

from dataclasses import replace

from each_row import each_row
from programme_rig import Athlete, day, programme

from cadencecoach.programme.facts import facts_of
from cadencecoach.programme.rules.probes import Unaided, unaided_of


def unaided(
    *, below: float = 0.0, above: float = 0.0, above_spm: float | None = 172.0, limit_spm: float | None = 176.0
) -> Unaided:
    """Half in the band, and so much outside it."""
    return Unaided(in_band_ratio=0.5, below_ratio=below, above_ratio=above, above_spm=above_spm, limit_spm=limit_spm)


@each_row(("above_spm", "is_so"), [(175.9, True), (176.0, True), (176.1, False), (None, False)])
def test_the_limit_itself_is_within_the_limit(above_spm: float | None, *, is_so: bool) -> None:
    """And what is above it, or not known, counts for nothing."""
    probe = unaided(above=0.25, above_spm=above_spm)
    assert probe.is_within_limit is is_so
    assert probe.learned_ratio == (0.75 if is_so else 0.5)


def test_without_a_limit_nothing_is_known_to_be_within_it() -> None:
    """No baseline: unknown is not enough."""
    assert not unaided(above=0.25, limit_spm=None).is_within_limit
    assert unaided(above=0.25, limit_spm=None).learned_ratio == 0.5
    assert "no baseline is known" in unaided(above=0.25, limit_spm=None).outside_words


@each_row(("part", "is_told"), [(0.0, False), (0.0049, False), (0.005, True), (0.006, True)])
def test_half_a_percent_outside_is_told(part: float, *, is_told: bool) -> None:
    """Less would be 0 %: on either side."""
    assert unaided(below=part).words == ("50 %, below it " + f"{part * 100:.0f} %" if is_told else "50 %")
    assert unaided(above=part).words == ("50 %, above it " + f"{part * 100:.0f} %" if is_told else "50 %")


def test_above_the_limit_the_runner_is_told_to_ease_off() -> None:
    """With both cadences."""
    assert unaided(above=0.25, above_spm=180.0).words == (
        "50 %, above it 25 % at 180 spm, and 176 spm is the limit: ease off"
    )


@each_row(("steps_from", "is_told"), [("", True), ("rsc", True), ("mic", True), ("taps", False)])
def test_taps_do_not_show_that_a_target_is_held(steps_from: str, *, is_told: bool) -> None:
    """A hand taps what it hears; every sensor tells, and so does a session that names none."""
    athlete = Athlete(programme()).ran(0, 0)
    athlete.rows[0] = replace(athlete.rows[0], steps_from=steps_from)
    facts = facts_of(athlete.on, athlete.rows, athlete.log, day(2))
    assert (unaided_of(facts.done[0], facts) is not None) is is_told
