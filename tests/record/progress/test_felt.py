"""How the body felt, day by day, and signs to stop."""

from datetime import date, timedelta

from each_row import each_row

from cadencecoach.record.entries import CheckIn, Entry, Flag, Moment, ProgrammeSet, Site
from cadencecoach.record.progress.athlete import Session
from cadencecoach.record.progress.felt import felt_of, open_sign, shift_of
from cadencecoach.record.row import SessionRow

DAY = date(2026, 3, 2)


def day(n: int) -> date:
    """The nth day."""
    return DAY + timedelta(days=n)


def said(n: int, **fields: object) -> CheckIn:
    """An answer on the nth day."""
    return CheckIn(at="", day=day(n), moment=Moment.AFTER, **fields)  # type: ignore[arg-type]


def ran(n: int, pain: int | None = None) -> Session:
    """A run on the nth day."""
    return Session(row=SessionRow(id=f"s{n}", started="", day=day(n)), cadence_spm=165.0, pain=pain)


def set_on(n: int, *, anew: bool = False) -> ProgrammeSet:
    """A programme set on the nth day."""
    return ProgrammeSet(at="", day=day(n), name="A", sha256="a", counts_from_new=anew)


def test_a_day_without_an_answer_is_not_zero() -> None:
    """Neither pain nor anything else."""
    felt = felt_of([said(0, pain=0), said(1), said(2, pain=3, site=Site.KNEE, mood=4)], [ran(4)])
    assert felt.worst == {day(0): 0, day(2): 3}
    assert (felt.soreness, felt.mood, felt.readiness) == ({}, {day(2): 4}, {})


def test_pain_of_one_place_says_nothing_of_another() -> None:
    """Zero is said of all places, three of the knee only."""
    felt = felt_of([said(0, pain=0), said(1, pain=3, site=Site.KNEE), said(2, pain=2, site=Site.CALF)], [])
    assert felt.at(Site.KNEE) == {day(0): 0, day(1): 3}
    assert felt.at(Site.CALF) == {day(0): 0, day(2): 2}


def test_pain_by_key_counts_once() -> None:
    """That of a check-in has its place; that of a journal has none."""
    checks = [said(0, pain=4, site=Site.KNEE)]
    assert set(felt_of(checks, [ran(0, 4)]).pain) == {Site.KNEE}
    assert felt_of(checks, [ran(0, 6)]).pain == {Site.KNEE: {day(0): 4}, None: {day(0): 6}}


def test_of_a_day_the_worst_counts() -> None:
    """The highest soreness, the lowest mood and readiness."""
    felt = felt_of([said(0, soreness=2, mood=7, readiness=8), said(0, soreness=5, mood=3, readiness=4)], [])
    assert (felt.soreness, felt.mood, felt.readiness) == ({day(0): 5}, {day(0): 3}, {day(0): 4})


@each_row(
    ("levels", "expected"),
    [
        ([0, 9, 9], None),  # one on each side says too little
        ([0, 1, 2, 2], (False, False)),
        ([0, 0, 2, 2], (True, False)),
        ([3, 3, 1, 1], (False, True)),
        ([5, 5, 5, 5, 0, 0, 0, 0, 5, 5, 5, 5], (False, False)),
    ],
)
def test_more_is_two_of_ten(levels: list[int], expected: tuple[bool, bool] | None) -> None:
    """Means of the first and the last answers, four at most."""
    shift = shift_of({day(n): level for n, level in enumerate(levels)})
    assert (None if shift is None else (shift.is_more, shift.is_less)) == expected


@each_row(
    ("answer", "is_sign"),
    [({"pain": 5}, False), ({"pain": 6}, True), ({"flags": frozenset({Flag.LIMP})}, True), ({"soreness": 9}, False)],
)
def test_what_asks_to_stop(answer: dict[str, object], *, is_sign: bool) -> None:
    """A flag, and pain above five."""
    assert (open_sign([said(0, **answer)], [], day(0)) is not None) is is_sign


def test_pain_by_key_is_a_sign_too() -> None:
    """Of a session that no check-in speaks about."""
    sign = open_sign([], [ran(3, 7)], day(3))
    assert sign is not None
    assert (sign.day, sign.pain) == (day(3), 7)


def test_a_programme_that_is_set_ends_a_sign() -> None:
    """Not one that was set before, nor one that only counts anew, nor one dated before it."""
    sign: Entry = said(5, pain=7)
    assert open_sign([set_on(0), sign], [], day(9)) is not None
    assert open_sign([set_on(0), sign, set_on(6, anew=True)], [], day(9)) is not None
    assert open_sign([set_on(0), sign, set_on(4)], [], day(9)) is not None
    assert open_sign([set_on(0), sign, set_on(6)], [], day(9)) is None
    assert open_sign([set_on(0), set_on(6), sign], [], day(9)) is not None, "written down late: nobody could know"


@each_row(("days_later", "is_open"), [(28, True), (29, False)])
def test_without_a_programme_a_sign_counts_for_four_weeks(days_later: int, *, is_open: bool) -> None:
    """And for ever while nothing is run."""
    assert (open_sign([said(0, pain=8)], [ran(2)], day(days_later)) is not None) is is_open
    assert open_sign([said(0, pain=8)], [ran(0)], day(400)) is not None
