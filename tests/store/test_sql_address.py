"""Tests for the address of a database and its password."""

import os
from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.errors import UsageError
from cadencecoach.store.sql_address import address_in, password_in


@each_row(
    ("text", "words"),
    [
        ("postgresql://anna:geheim@clinic/coach", "a password does not stand in an address"),
        ("postgresql://anna@clinic/coach?password=geheim", "a password does not stand in an address"),
        ("mysql://anna@clinic/coach", "allowed are sqlite:///FILE and postgresql://USER@COMPUTER/DATABASE"),
        ("postgresql://anna@clinic", "names no database"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("what", "is no address of a database"),
    ],
)
def test_what_is_no_address_is_refused_without_its_password(text: str, words: str) -> None:
    """One line that says what is allowed."""
    with pytest.raises(UsageError, match=words) as told:
        address_in(text)
    assert "geheim" not in str(told.value)


def test_an_address_is_shown_as_it_was_written() -> None:
    """Without the name of a driver."""
    assert str(address_in("postgresql://anna@clinic:5433/coach")) == "postgresql://anna@clinic:5433/coach"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize(("mode", "is_private"), [(0o600, True), (0o400, True), (0o640, False), (0o604, False)])
def test_a_password_is_read_from_a_file_of_its_owner_alone(tmp_path: Path, mode: int, is_private: bool) -> None:  # noqa: FBT001
    """Anybody else who may read it is a reason to refuse it; the password is in no message."""
    path = tmp_path / "secret"
    path.write_text("geheim\n", encoding="utf-8")
    path.chmod(mode)
    if is_private:
        assert password_in(path) == "geheim"
        assert "geheim" not in repr(address_in("postgresql://anna@clinic/coach", str(path)))
    else:
        with pytest.raises(UsageError, match="others may read this password file") as told:
            password_in(path)
        assert "geheim" not in str(told.value)
