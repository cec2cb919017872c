import pytest

from cadencecoach.cohort.population.drawing import population, runner
from cadencecoach.cohort.population.traits import ANSWERS_OF_TEN, ASSUMPTIONS, Answers


def test_a_larger_population_begins_with_the_smaller_one() -> None:
    """The same seed gives the same runners, however many are asked for."""
    assert population(12, seed=3)[:5] == population(5, seed=3)
    assert population(5, seed=3) != population(5, seed=4)


def test_a_scaled_assumption_changes_nothing_else() -> None:
    """Halved and doubled runners are the same runners in all other traits."""
    plain, scaled = runner(2, seed=1), runner(2, seed=1, scaled={"hold_s": 2.0})
    assert scaled.hold_s == 2.0 * plain.hold_s
    others = [one.name for one in ASSUMPTIONS if one.name != "hold_s"]
    assert [getattr(plain, name) for name in others] == [getattr(scaled, name) for name in others]


def test_a_share_stays_a_share() -> None:
    """A doubled part of the whole is at most the whole."""
    traits = [runner(number, seed=1, scaled={"guidance_share": 10.0}) for number in range(20)]
    assert max(one.guidance_share for one in traits) == 1.0


def test_an_unknown_assumption_is_an_error() -> None:
    """A misspelt name does not pass for an unchanged runner."""
    with pytest.raises(KeyError):
        runner(0, seed=1, scaled={"hold": 2.0})


def test_ten_runners_hold_every_kind() -> None:
    """Those who answer to nothing are part of every population of ten."""
    answers = [one.answers for one in population(20, seed=1)]
    assert set(answers) == set(Answers)
    assert answers == list(ANSWERS_OF_TEN) * 2
