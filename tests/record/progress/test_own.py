"""Own cadence from the baseline until now."""

from datetime import date, timedelta

from each_row import each_row

from cadencecoach.gait.taps import TAPS
from cadencecoach.record.entries import BaselineTaken, Entry, ProgrammeSet, SessionRun
from cadencecoach.record.progress.own import OwnCadence, own_cadence_of, shown_spm, unaided_spm
from cadencecoach.record.row import SessionRow

DAY = date(2026, 3, 2)


def day(n: int) -> date:
    """The nth day."""
    return DAY + timedelta(days=n)


def row(n: int, alone_spm: float | None = None, **fields: object) -> SessionRow:
    """A session on the nth day, coached to 170."""
    given: dict[str, object] = {"mean_cadence_spm": 170.0, "target_spm": 170.0, "retention_cadence_spm": alone_spm}
    return SessionRow(id=f"s{n}", started=f"{day(n)}", day=day(n), **(given | fields))  # type: ignore[arg-type]


def taken(n: int, spm: float, **fields: object) -> BaselineTaken:
    """A baseline run of twelve minutes on the nth day."""
    given: dict[str, object] = {"duration_s": 720.0, "taken_by": "rsc"}
    return BaselineTaken(at="", day=day(n), cadence_spm=spm, **(given | fields))  # type: ignore[arg-type]


def trained(n: int) -> SessionRun:
    """A session of the programme."""
    return SessionRun(at="", day=day(n), session=f"s{n}", item=0)


TWO = [taken(0, 159.0), taken(1, 161.0)]


def own(rows: list[SessionRow], log: list[Entry], today: int = 99) -> OwnCadence:
    """Own cadence, as measured."""
    return own_cadence_of(rows, log, today=day(today), speed_mps=None)


def test_runs_with_help_say_nothing_of_own_cadence() -> None:
    """Eight coached runs ten steps above the baseline are no change of it."""
    told = own([row(n) for n in range(2, 10)], [*TWO])
    assert (told.unaided, told.now, told.told) == ((), None, None)


def test_from_the_baseline_to_the_last_four_without_help() -> None:
    """Both baseline runs against four probes; those before do not count."""
    told = own([row(n, 150.0 if n < 6 else 166.0) for n in range(2, 10)], [*TWO])
    assert told.now is not None
    assert (told.now.before_spm, told.now.after_spm, told.now.n_before, told.now.n_after) == (160.0, 166.0, 2, 4)
    assert told.told is told.now


def test_a_probe_before_the_baseline_is_none_since() -> None:
    """Nor is the session that the baseline was taken in."""
    log: list[Entry] = [taken(4, 160.0, session="s4")]
    assert own([row(2, 166.0), row(4, 166.0)], log).now is None


def test_before_any_help_goes_before_all_probes() -> None:
    """What was there at once says more than what a session left; taps say nothing."""
    both = row(1, 164.0, probe_cadence_spm=168.0)
    assert unaided_spm(both) == 164.0
    assert unaided_spm(row(1, None, probe_cadence_spm=168.0)) == 168.0
    assert unaided_spm(row(1, 164.0, steps_from=TAPS)) is None
    assert unaided_spm(row(1)) is None


@each_row(
    ("steps_from", "now_spm", "taken_by", "is_shown"),
    [
        ("rsc", 160.0, "rsc", True),  # of one source that measures even nothing is a change that is known
        ("phone", 160.5, "phone", True),
        ("phone", 161.0, "rsc", False),
        ("phone", 161.1, "rsc", True),
        ("mic", 163.0, "rsc", False),
        ("mic", 163.1, "rsc", True),
        ("mic", 166.0, "mic", False),  # two by a coarse one do not cancel
        ("mic", 166.1, "mic", True),
        ("mic", 164.0, "phone", False),
        ("mic", 157.0, "rsc", False),
        ("taps", 180.0, "rsc", False),
        ("", 161.0, "", True),
        ("phone", 160.5, None, True),  # the session measured it itself
        ("mic", 166.0, None, False),
    ],
)
def test_a_cadence_without_help_is_shown_beyond_the_errors_of_both_sources(
    steps_from: str, now_spm: float, taken_by: str | None, *, is_shown: bool
) -> None:
    """What is within them is not known to be a change."""
    baseline = None if taken_by is None else taken(0, 160.0, taken_by=taken_by)
    shown = shown_spm(row(1, steps_from=steps_from), now_spm, 160.0, baseline)
    assert shown == (now_spm if is_shown else None)


def test_what_is_not_known_is_not_shown() -> None:
    """No probe, or nothing to compare it with."""
    assert shown_spm(row(1), None, 160.0, None) is None
    assert shown_spm(row(1), 164.0, None, None) is None


def test_a_later_baseline_is_a_reassessment() -> None:
    """Also without a programme, where the newest would be in force."""
    log: list[Entry] = [*TWO, trained(3), taken(40, 165.0), taken(41, 167.0)]
    told = own([row(3, 162.0)], log)
    assert told.baseline is not None
    assert told.reassessed is not None
    assert (told.baseline.cadence_spm, told.reassessed.cadence_spm) == (160.0, 166.0)
    assert told.told is told.measured_again
    assert told.measured_again is not None
    assert told.measured_again.change_spm == 6.0


def test_the_newer_of_reassessment_and_probes_is_told_first() -> None:
    """A probe after the reassessment says how it is now."""
    log: list[Entry] = [*TWO, trained(3), taken(40, 166.0)]
    told = own([row(3, 162.0), row(50, 163.0)], log)
    assert told.told is told.now
    assert own([row(3, 162.0), row(50, 163.0)], log, today=39).reassessed is None


def test_with_a_programme_its_own_baseline_counts() -> None:
    """Counting from new begins the story anew."""
    begun = ProgrammeSet(at="", day=day(2), name="A", sha256="a")
    anew = ProgrammeSet(at="", day=day(42), name="A", sha256="a", because="again", counts_from_new=True)
    log: list[Entry] = [*TWO, begun, trained(3), taken(40, 165.0), taken(41, 167.0), anew]
    assert own([], log[:-1]).baseline == own([], log[:3]).baseline
    counted = own([], log)
    assert counted.baseline is not None
    assert (counted.baseline.cadence_spm, counted.reassessed) == (166.0, None)


def test_a_tapped_baseline_has_to_be_passed_with_its_error() -> None:
    """Two steps above what may be three off is no change, however steady the probes are."""
    rows = [row(n, 162.0, steps_from="rsc") for n in range(2, 10)]
    told = own(rows, [taken(0, 160.0, taken_by=TAPS)])
    assert told.baseline is not None
    assert told.baseline.is_marked
    assert told.now is not None
    assert not told.now.is_beyond_noise
    assert told.now.mdc_spm >= told.baseline.error_spm


@each_row(("n_probes", "is_told"), [(0, False), (1, False), (2, True), (9, True)])
def test_without_a_baseline_the_first_probes_stand_for_it(n_probes: int, *, is_told: bool) -> None:
    """Told as that, and never as a change from a baseline."""
    told = own([row(n, 160.0 + n) for n in range(n_probes)], [])
    assert (told.now is not None) is is_told
    assert told.told is None
