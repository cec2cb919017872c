"""Two logs of one athlete joined: nothing lost, nothing twice, the order of both kept."""

from datetime import date, timedelta

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.record.counting import entries_that_count
from cadencecoach.record.entries import CheckIn, Entry, Moment, Withdrawn
from cadencecoach.record.entry_lines import entry_id, entry_of_line, line_of_entry
from cadencecoach.record.joined import JsonObject, identity_of, join, part

ENTRIES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=12, unique=True)


def log(entries: list[tuple[int, int]]) -> list[JsonObject]:
    """Entries in the order of their making."""
    return [{"what": "x", "at": f"2026-03-0{at}T07:00:00Z", "n": n} for at, n in sorted(entries)]


@given(ENTRIES, ENTRIES)
def test_every_entry_of_both_is_there_once(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """And in the order of their wall time."""
    together = join(log(one), log(other))
    assert sorted(map(identity_of, together)) == sorted({identity_of(line) for line in [*log(one), *log(other)]})
    assert [line["at"] for line in together] == sorted(line["at"] for line in together)


@given(ENTRIES, ENTRIES)
def test_it_does_not_matter_how_often_they_are_joined(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """A join that is joined again is the same."""
    together = join(log(one), log(other))
    assert join(together, log(other)) == together
    assert join(together, together) == together


@given(ENTRIES, st.integers(0, 12))
def test_a_beginning_goes_forward(entries: list[tuple[int, int]], n_known: int) -> None:
    """Who knows the first entries only has nothing that the other has not, and the join is the longer one."""
    whole = log(entries)
    split = part(whole[:n_known], whole)
    assert split.is_forward
    assert split.only_there == tuple(whole[n_known:])
    assert join(whole[:n_known], whole) == tuple(whole)


@each_row(("n_here", "n_there", "n_together"), [(0, 2, 2), (1, 2, 2), (2, 2, 2), (2, 1, 2), (3, 1, 3)])
def test_two_equal_lines_are_two_entries(n_here: int, n_there: int, n_together: int) -> None:
    """As many stay as the log with more of them has, and only those that the other lacks are told as new."""
    one: JsonObject = {"what": "item", "at": "2026-03-01T07:00:00Z", "item": "calf raises"}
    here, there = [one] * n_here, [one] * n_there
    assert join(here, there) == (one,) * n_together
    split = part(here, there)
    assert (len(split.only_here), len(split.only_there)) == (n_together - n_there, n_together - n_here)


def test_the_order_of_the_keys_does_not_matter() -> None:
    """An entry is the same whoever wrote it."""
    assert identity_of({"what": "x", "at": "a"}) == identity_of({"at": "a", "what": "x"})


def entry(number: int) -> Entry:
    """One of ten check-ins, or above 9 the withdrawal of one of them or of another withdrawal."""
    day = date(2026, 3, 1) + timedelta(days=number % 7)
    at = f"{day}T07:00:00Z"
    if number < 10:
        return CheckIn(at=at, day=day, moment=Moment.BEFORE, pain=number)
    return Withdrawn(at=at, day=day, entry=entry_id(entry(number - 10)), because="a slip")


SOME = st.lists(st.integers(0, 29), max_size=10).map(lambda numbers: [entry(number) for number in numbers])


def lines(entries: list[Entry]) -> list[JsonObject]:
    """As they stand in a log."""
    return [line_of_entry(one) for one in entries]


def counting(log: tuple[JsonObject, ...]) -> set[Entry]:
    """The entries that count, of lines."""
    return set(entries_that_count(one for line in log if (one := entry_of_line(line)) is not None))


@given(SOME, SOME, SOME)
def test_in_whatever_order_logs_are_merged_the_same_counts(
    one: list[Entry], other: list[Entry], third: list[Entry]
) -> None:
    """A withdrawal holds on either side, for what comes later too, and however often it is merged."""
    logs = [lines(log) for log in (one, other, third)]
    forward = join(join(logs[0], logs[1]), logs[2])
    backward = join(logs[2], join(logs[1], logs[0]))
    assert counting(forward) == counting(backward) == counting(join(forward, backward))
    withdrawn = {w.entry for w in (*one, *other, *third) if isinstance(w, Withdrawn)}
    said = {c for c in (*one, *other, *third) if isinstance(c, CheckIn)}
    assert counting(forward) == {c for c in said if entry_id(c) not in withdrawn}


def at_hour(hour: int, what: str, **more: object) -> JsonObject:
    """An entry made at an hour of one day."""
    return {"what": what, "at": f"2026-03-02T{hour:02}:00:00Z", "day": "2026-03-02", **more}


BEGUN, SET, ANEW = (
    at_hour(hour, "programme", name="P", sha256="0", because=because, **more)
    for hour, because, more in ((1, "started", {}), (9, "shorter", {}), (9, "measured", {"counts_from_new": True}))
)
PAIN = at_hour(8, "check-in", moment="after", pain=9)


def test_a_programme_set_on_the_other_machine_comes_before_what_was_said_here() -> None:
    """Who set it could not know of the pain, whatever the clocks say; the same on both machines, merged again too."""
    runner, clinic = [BEGUN, PAIN], [BEGUN, SET]
    merged = join(runner, clinic)
    assert merged == join(clinic, runner) == (BEGUN, SET, PAIN)
    for older in (runner, clinic):
        assert join(merged, older) == join(older, merged) == merged


def test_a_programme_set_by_somebody_who_knew_stays_behind_what_was_said() -> None:
    """Both logs have the pain; and one that counts anew ends no stop, so the wall time orders it."""
    knew = [BEGUN, PAIN, SET]
    assert join(knew, [BEGUN, PAIN, at_hour(7, "item", item="x")])[:2] == (BEGUN, PAIN)
    assert join([BEGUN, PAIN], knew) == join(knew, [BEGUN, PAIN]) == tuple(knew)
    assert join([BEGUN, PAIN], [BEGUN, ANEW]) == (BEGUN, PAIN, ANEW)


@given(SOME, SOME)
def test_both_machines_come_to_the_same_log(one: list[Entry], other: list[Entry]) -> None:
    """Line by line, also where entries have the same second, or the logs the same entries in another order."""
    assert join(lines(one), lines(other)) == join(lines(other), lines(one))
