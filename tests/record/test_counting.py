"""Which entries of a log count: withdrawn, corrected, and corrected twice."""

from dataclasses import replace
from datetime import date
from itertools import permutations

from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st

from cadencecoach.record.counting import (
    contest_notes,
    entries_that_count,
    find_contested,
    runs_that_count,
    sessions_disregarded,
    sessions_run,
)
from cadencecoach.record.entries import (
    BaselineTaken,
    CheckIn,
    Entry,
    Flag,
    ItemDone,
    Moment,
    PracticeBegun,
    SessionRun,
    Withdrawn,
)
from cadencecoach.record.entry_lines import entry_id, sign_entry
from cadencecoach.record.row import SessionRow

AT = {"at": "2026-11-23T07:00:00Z", "day": "2026-11-23"}
DAY = date(2026, 11, 23)
NINE = CheckIn(at=AT["at"], day=DAY, moment=Moment.BEFORE, pain=9)
ONE = CheckIn(at=AT["at"], day=DAY, moment=Moment.BEFORE, pain=1)


def withdrawn(entry: Entry, because: str = "a slip") -> Withdrawn:
    """What takes an entry back."""
    return Withdrawn(at=AT["at"], day=DAY, entry=entry_id(entry), because=because)


@each_row(
    ("every", "counting"),
    [
        ([NINE], [NINE]),
        ([NINE, withdrawn(NINE)], []),
        ([withdrawn(NINE), NINE], []),
        ([NINE, withdrawn(NINE), withdrawn(NINE, "twice"), ONE], [ONE]),
        ([ONE, withdrawn(NINE)], [ONE]),
        ([NINE, withdrawn(NINE), withdrawn(withdrawn(NINE))], []),
        ([ONE, ONE], [ONE, ONE]),
    ],
    ids=["none", "after", "before", "twice", "of another", "of a withdrawal", "two equal lines"],
)
def test_what_was_withdrawn_does_not_count(every: list[Entry], counting: list[Entry]) -> None:
    """Wherever its withdrawal stands; one of an unknown entry does no harm. Two equal lines are two."""
    assert entries_that_count(every) == tuple(counting)


def test_that_somebody_is_made_up_cannot_be_withdrawn() -> None:
    """Nor corrected: what it marks is marked as practice everywhere."""
    begun = PracticeBegun(at=AT["at"], day=DAY, story="x")
    other = replace(begun, story="y", supersedes=(entry_id(begun),))
    assert entries_that_count([begun, withdrawn(begun)]) == (begun,)
    assert begun in entries_that_count([begun, other])


def test_a_session_is_disregarded_when_none_of_its_entries_counts() -> None:
    """Another entry of the same session keeps it."""
    run = SessionRun(at=AT["at"], day=DAY, session="s1", item=0)
    again = SessionRun(at="2026-11-23T08:00:00Z", day=DAY, session="s1", item=0)
    assert sessions_disregarded([run]) == {}
    assert sessions_disregarded([run, withdrawn(run)]) == {"s1": "a slip"}
    assert sessions_disregarded([run, withdrawn(run), again]) == {}
    assert sessions_disregarded([run, withdrawn(run), again, withdrawn(again)]) == {"s1": "a slip"}


def correction(old: Entry, new: Entry, device: str = "a", at: str = "2026-11-23T08:00:00Z") -> Entry:
    """An entry as a machine writes it that takes the place of another."""
    return sign_entry(replace(new, at=at, supersedes=(entry_id(old),)), author="", device=device)


THREE, FIVE = (replace(ONE, pain=pain) for pain in (3, 5))


def test_what_was_corrected_does_not_count_wherever_the_correction_stands() -> None:
    """Nor does it come back when the correction is corrected, or withdrawn: what is true is entered anew."""
    first = correction(NINE, FIVE)
    second = correction(first, THREE, at="2026-11-23T09:00:00Z")
    for every in permutations((NINE, first, second)):
        assert entries_that_count(every) == (second,)
    assert entries_that_count((NINE, first, withdrawn(first))) == ()


@each_row("order", list(permutations(range(3))))
def test_of_two_corrections_of_one_entry_the_higher_pain_counts(order: tuple[int, ...]) -> None:
    """Both stay in the log, the other one is told, and the order of the lines decides nothing."""
    lower, higher = correction(NINE, THREE, "a", "2026-11-23T09:00:00Z"), correction(NINE, FIVE, "b")
    every = [(NINE, lower, higher)[index] for index in order]
    assert entries_that_count(every) == (higher,)
    assert find_contested(every) == ((lower, higher),)
    (note,) = contest_notes(every)
    assert f"{entry_id(lower)} of 2026-11-23 does not count: {entry_id(higher)}" in note


def test_when_the_safer_correction_is_withdrawn_the_other_one_counts() -> None:
    """And there is nothing left to tell."""
    lower, higher = correction(NINE, THREE, "a"), correction(NINE, FIVE, "b")
    every = (NINE, lower, higher, withdrawn(higher))
    assert entries_that_count(every) == (lower,)
    assert find_contested(every) == ()


def test_a_correction_of_a_correction_still_competes() -> None:
    """What one machine corrected twice meets what the other corrected once."""
    once, other = correction(NINE, FIVE, "a"), correction(NINE, THREE, "b")
    twice = correction(once, ONE, "a", "2026-11-23T09:00:00Z")
    assert entries_that_count((NINE, once, other, twice)) == (other,)


@each_row(
    ("one", "other", "counting"),
    [
        ({"pain": 5}, {"pain": 5}, "later"),
        ({"pain": 0}, {"pain": None}, "one"),
        ({"pain": 3, "soreness": 6}, {"pain": 4}, "both"),
        ({"pain": 4, "readiness": 2}, {"pain": 4, "readiness": 7}, "one"),
        ({"pain": 4}, {"pain": 1, "flags": frozenset({Flag.LIMP})}, "both"),
        ({"pain": 4, "flags": frozenset({Flag.LIMP})}, {"pain": 4}, "one"),
        ({"pain": 4}, {"pain": 3, "moment": Moment.AFTER}, "both"),
    ],
)
def test_a_check_in_with_any_worse_answer_counts_beside_the_other(
    one: dict[str, object], other: dict[str, object], counting: str
) -> None:
    """So neither soreness nor a sign to stop is lost to a higher pain; nothing said is no answer, and never zero."""
    first, second = (
        correction(NINE, replace(NINE, **{"pain": None, **said}), device, f"2026-11-23T0{hour}:00:00Z")  # type: ignore[arg-type]
        for said, device, hour in ((one, "a", 8), (other, "b", 9))
    )
    wanted = {"one": (first,), "later": (second,), "both": (first, second)}[counting]
    assert entries_that_count((NINE, first, second)) == wanted


def test_of_two_corrected_baselines_the_lower_counts() -> None:
    """Targets count from it; of two alike the one written later."""
    old = BaselineTaken(at=AT["at"], day=DAY, cadence_spm=105)
    high, low = correction(old, replace(old, cadence_spm=168), "a"), correction(old, replace(old, cadence_spm=165), "b")
    assert entries_that_count((old, high, low)) == (low,)


def test_an_entry_takes_the_place_of_its_own_kind_only() -> None:
    """No tick hides a sign to stop, and nothing takes the place of itself."""
    tick = sign_entry(ItemDone(at=AT["at"], day=DAY, item="x", supersedes=(entry_id(NINE),)), author="", device="a")
    itself = replace(ONE, supersedes=(entry_id(ONE),))
    assert entries_that_count((NINE, tick, itself)) == (NINE, tick, itself)


def test_a_withdrawal_by_content_holds_for_an_entry_with_an_id_of_its_own() -> None:
    """A program that stores no ids names entries by what they say; one of a later version may name them otherwise."""
    signed = replace(NINE, id="of a later program")
    assert entries_that_count((signed, withdrawn(NINE))) == ()
    assert entries_that_count((signed, withdrawn(signed))) == ()


def test_what_two_machines_found_alike_is_one_entry() -> None:
    """As a run whose end was missing; of one machine two alike are two; old logs name no machine."""
    run = SessionRun(at=AT["at"], day=DAY, session="s1", item=0)
    here, there = (sign_entry(run, author="", device=device) for device in ("a", "b"))
    assert entries_that_count((here, there)) == (here,)
    assert entries_that_count((run, there)) == (run,)
    assert entries_that_count((here, here)) == (here, here)


ALIKE = [
    replace(NINE, at=f"2026-11-23T07:0{minute}:00Z", pain=pain, id=id_, device=device)
    for minute in (0, 1)
    for pain in (1, 9)
    for device in ("", "a", "b")
    for id_ in ("", "of a later version")
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ALIKE), max_size=8))
def test_entries_of_several_machines_count_once_by_their_ids(every: list[CheckIn]) -> None:
    """Whichever ids are worked out on the way: each entry is that of the machine which wrote it first."""
    first: dict[tuple[str, str], str] = {}
    for one in every:
        first.setdefault((one.at, entry_id(one)), one.device)
    assert entries_that_count(every) == tuple(one for one in every if first[one.at, entry_id(one)] == one.device)


def test_runs_that_count_are_those_that_were_run() -> None:
    """One whose entry is still missing too; no rehearsal, but one that the log calls a session; none disregarded."""
    entries = [SessionRun(at=AT["at"], day=DAY, session=name) for name in ("run", "lived", "gone", "gone too")]
    every: list[Entry] = [*entries, withdrawn(entries[2]), withdrawn(entries[3])]
    rows = [
        SessionRow(id=name, started=AT["at"], day=DAY, origin=origin)
        for name, origin in (
            *(("run", ""), ("not logged", ""), ("tried", "rehearsal")),
            *(("lived", "practice"), ("gone", ""), ("gone too", "rehearsal")),
        )
    ]
    assert [row.id for row in runs_that_count(rows, every)] == ["run", "not logged", "lived"]
    assert sessions_run(every) == {"run", "lived", "gone", "gone too"}
