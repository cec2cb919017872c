from pathlib import Path

from each_row import each_row

from cadencecoach.cohort.population.traits import ASSUMPTIONS, Answers, Assumption, assumptions_table

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
