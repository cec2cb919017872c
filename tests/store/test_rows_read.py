"""Many journals read by several processes."""

from pathlib import Path

import pytest
from sessions_folder import keep_journal

from cadencecoach.store.rows_read import read_in_turn, read_side_by_side

pytestmark = pytest.mark.slow


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """A dozen journals, one of them none."""
    for n in range(11):
        keep_journal(tmp_path, f"2026-03-{n + 1:02}", athlete=f"A{n}")
    (tmp_path / "2026-03-05T090000Z.jsonl").write_text("no journal\n", encoding="utf-8")
    return sorted(tmp_path.glob("*.jsonl"))


def test_other_processes_give_the_same_rows_in_the_same_order(paths: list[Path]) -> None:
    """Rows and complaints are those of one process that reads one journal after the other."""
    assert list(read_side_by_side(paths, n_processes=2)) == list(read_in_turn(paths))


def test_processes_end_with_whom_they_work_for(paths: list[Path]) -> None:
    """Who stops asking half-way has had the first rows, and waits for nobody."""
    rows = read_side_by_side(paths, n_processes=1)
    first = next(rows)
    rows.close()
    assert first == next(read_in_turn(paths))
