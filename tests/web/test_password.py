"""The password of the desk: kept so that it cannot be read, tried seldom."""

import stat
from pathlib import Path

import pytest

from cadencecoach.web import password as password_module
from cadencecoach.web.password import LOCKED_S, TRIES, Password


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept; at a cost that a test can pay."""
    monkeypatch.setitem(password_module.COST, "n", 16)
    return tmp_path / "password.json"


def test_a_password_is_known_again_and_stands_nowhere(path: Path) -> None:
    """Only its owner reads the file, and it is not in it; two that are equal are not seen to be."""
    first = Password(path)
    assert not first.is_set
    assert not first.is_it("")
    first.set("correct horse")
    again = Password(path)
    assert again.is_set
    assert again.is_it("correct horse")
    for other in ("", "correct horsf", "correct horse ", "x" * 1000):
        assert not again.is_it(other)
    assert "horse" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_text()
    again.set("correct horse")
    assert path.read_text() != before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"salt": 1, "hash": 2}', '{"salt": "zz", "hash": "00"}', "{" * 999])
def test_a_file_that_is_none_of_ours_is_no_password(path: Path, text: str) -> None:
    """Nobody is let in by it."""
    path.write_text(text)
    assert not Password(path).is_set
    assert not Password(path).is_it("")


def test_after_five_wrong_tries_none_is_looked_at_for_two_minutes(path: Path) -> None:
    """Counted before any is looked at, so that many at once are no way round it."""
    password = Password(path)
    assert [password.begin_try(0.0) for _ in range(TRIES + 2)] == [True] * TRIES + [False] * 2
    assert not password.begin_try(LOCKED_S - 0.1)
    assert password.begin_try(LOCKED_S)


def test_a_right_one_forgets_the_wrong_ones_before(path: Path) -> None:
    """Also where it was the fifth."""
    password = Password(path)
    for _ in range(3):
        assert all(password.begin_try(0.0) for _ in range(TRIES))
        password.note_right()
