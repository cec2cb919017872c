"""Tests for who was forgotten, and since when."""

from each_row import each_row

from cadencecoach.store.forgotten_names import hash_of_name, was_forgotten_since

MADE = "2026-03-02T08:00:00Z"


@each_row(
    ("at", "is_forgotten"),
    [("2026-03-02T07:59:59Z", False), (MADE, True), ("2026-03-02T08:00:01Z", True)],
)
def test_a_backup_of_before_brings_nobody_back(at: str, is_forgotten: bool) -> None:  # noqa: FBT001  # a row
    """Nor one of the same second; one that was made later has whoever was made anew."""
    assert was_forgotten_since({hash_of_name("r7"): at}, "r7", MADE) is is_forgotten


def test_whoever_was_never_forgotten_is_brought_back() -> None:
    """Also from a backup that does not say when it was made."""
    assert not was_forgotten_since({hash_of_name("r7"): MADE}, "r8", "")
