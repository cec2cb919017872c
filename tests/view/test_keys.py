"""Keys as they are told: help and docs follow from the table."""

from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.cli.main import main
from cadencecoach.coach.events import Key
from cadencecoach.coach.key_table import Mode, rows_of
from cadencecoach.plan.key_texts import ENGLISH_KEYS
from cadencecoach.view.keys import key_page

ROOT = Path(__file__).parents[2]


def shown_and_help(mode: Mode) -> list[tuple[str, str]]:
    """Each row of the table: its keys, and what they do."""
    return [(row.names_text(words, ENGLISH_KEYS), words.help(ENGLISH_KEYS)) for row, words in rows_of(mode)]


@each_row(("page", "mode"), [("docs/running.md", Mode.GUIDED), ("docs/metronome.md", Mode.METRONOME)])
def test_the_tables_of_keys_are_current(page: str, mode: Mode) -> None:
    """`cadencecoach.view.keys.key_page` makes them."""
    assert f"\n\n{key_page(mode)}\n" in (ROOT / page).read_text(encoding="utf-8")


def test_the_journals_names_of_keys_are_told() -> None:
    """Every name that a line of the kind `key` may hold stands in its row of docs/journal.md."""
    row = next(
        x for x in (ROOT / "docs/journal.md").read_text(encoding="utf-8").splitlines() if x.startswith("| `key` |")
    )
    assert [key.value for key in Key if f"`{key.value}`" not in row] == []


@pytest.mark.parametrize(("command", "mode"), [("run", Mode.GUIDED), ("metronome", Mode.METRONOME)])
def test_help_tells_every_key(command: str, mode: Mode, capsys: pytest.CaptureFixture[str]) -> None:
    """One a line, as it stands in the table."""
    assert main([command, "--help"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert [told for told in map(" ".join, shown_and_help(mode)) if told not in lines] == []
