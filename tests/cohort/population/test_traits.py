from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.cohort.population.traits import (
    ANSWERS_OF_TEN,
    ASSUMPTIONS,
    Answers,
    Assumption,
    assumptions_table,
    population,
    runner,
)

PAGE = Path(__file__).parents[3] / "docs" / "simulation.md"


@each_row("one", ASSUMPTIONS, ids=lambda one: one.name)
def test_every_number_says_where_it_comes_from(one: Assumption) -> None:
    """A source, or the word that there is none."""
    assert one.source
    assert one.means
    assert one.unit in {"spm", "m/s", "spm per m/s", "ratio", "s", "1/h", "min", "days"}


def test_the_page_holds_the_table_of_the_code() -> None:
    """What docs/simulation.md says of the runners is what runs."""
    assert assumptions_table() in PAGE.read_text(encoding="utf-8")


@each_row(
    ("answers", "to_beat", "to_words"),
    [
        (Answers.BOTH, True, True),
        (Answers.WORDS, False, True),
        (Answers.BEAT, True, False),
        (Answers.NEITHER, False, False),
    ],
)
def test_kinds_of_runners(answers: Answers, to_beat: bool, to_words: bool) -> None:  # noqa: FBT001
    """Each kind answers to what its name says."""
    assert (answers.to_beat, answers.to_words) == (to_beat, to_words)


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
