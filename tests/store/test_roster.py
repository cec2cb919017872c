"""Whom a name means: an athlete who is kept, or a mere label of a run."""

from datetime import date
from pathlib import Path

import pytest
from athlete_home import Home

from cadencecoach.errors import UsageError
from cadencecoach.record.profile import Profile
from cadencecoach.store.roster import is_label, make_athlete, the_athlete
from cadencecoach.store.user_store import user_files, user_store


@pytest.mark.parametrize(
    ("named", "near"),
    [
        (None, ""),
        ("maple", ""),
        ("birch", None),
        ("mapel", "maple"),
        ("Maple", "maple"),
        ("R7", "r7"),
        ("r8", None),
    ],
)
def test_a_label_is_nobodys_name_by_a_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None, near: str | None
) -> None:
    """A name that is nearly an athlete's is refused: a run under it would know no stop and no limit of theirs."""
    Home(tmp_path).move_in(monkeypatch)
    for name in ("maple", "r7"):
        make_athlete(user_files(), Profile(athlete=name, created=date(2026, 3, 2)))
    if near:
        with pytest.raises(UsageError, match=f"did you mean {near}"):
            is_label(user_files(), named)
    else:
        assert is_label(user_files(), named) is (near is None)


@pytest.mark.parametrize("named", [None, "r7"])
def test_a_database_that_was_never_reached_is_not_called_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    """Who is there is not known, and the reason is said instead."""
    Home(tmp_path).move_in(monkeypatch)
    monkeypatch.setenv("CADENCECOACH_STORE", "postgresql://nobody@127.0.0.1:1/x")
    with pytest.raises(UsageError, match=r"cannot be reached.*not known on this computer"):
        the_athlete(user_store(), named)
