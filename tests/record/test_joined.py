"""Two logs of one athlete joined: nothing lost, nothing twice, the order of both kept."""

from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.record.joined import Line, identity_of, joined, parted

ENTRIES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=12, unique=True)


def log(entries: list[tuple[int, int]]) -> list[Line]:
    """Entries in the order of their making."""
    return [{"what": "x", "at": f"2026-03-0{at}T07:00:00Z", "n": n} for at, n in sorted(entries)]


@given(ENTRIES, ENTRIES)
def test_every_entry_of_both_is_there_once(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """And in the order of their wall time."""
    together = joined(log(one), log(other))
    assert sorted(map(identity_of, together)) == sorted({identity_of(line) for line in [*log(one), *log(other)]})
    assert [line["at"] for line in together] == sorted(line["at"] for line in together)


@given(ENTRIES, ENTRIES)
def test_it_does_not_matter_how_often_they_are_joined(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """A join that is joined again is the same."""
    together = joined(log(one), log(other))
    assert joined(together, log(other)) == together
    assert joined(together, together) == together


@given(ENTRIES, st.integers(0, 12))
def test_a_beginning_goes_forward(entries: list[tuple[int, int]], n_known: int) -> None:
    """Who knows the first entries only has nothing that the other has not, and the join is the longer one."""
    whole = log(entries)
    split = parted(whole[:n_known], whole)
    assert split.is_forward
    assert split.only_there == tuple(whole[n_known:])
    assert joined(whole[:n_known], whole) == tuple(whole)


def test_the_order_of_the_keys_does_not_matter() -> None:
    """An entry is the same whoever wrote it."""
    assert identity_of({"what": "x", "at": "a"}) == identity_of({"at": "a", "what": "x"})
