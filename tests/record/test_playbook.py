"""What helped a runner and what hurt."""

from datetime import date

from each_row import each_row

from cadencecoach.record.entries import CheckIn, Flag, ItemDone, Moment, Site
from cadencecoach.record.lines import BandLine, CueLine, FeetLine, Line, PauseLine, StageLine
from cadencecoach.record.playbook import CueWorked, Span, cues_that_worked, exercises_done, times_back, what_hurt

DAY, LATER = date(2026, 3, 2), date(2026, 3, 9)
STAGE = StageLine(5.0, 1, "Run", 170.0, 165.0, 175.0, "on", "words")


def cue(
    t: float, text: str = "quicker", reason: str = "below", *, kind: str = "spoken", actual_s: float = -1
) -> CueLine:
    """A correction that began to sound when it was asked for, unless something else is said."""
    return CueLine(t, kind, text, reason, t, t if actual_s < 0 else actual_s)


@each_row(
    ("lines", "times"),
    [
        ([cue(1), BandLine(7.0, "in")], [("quicker", 6.0)]),
        ([cue(1, actual_s=2), BandLine(7.0, "in")], [("quicker", 5.0)]),
        ([cue(1), BandLine(3.0, "above"), BandLine(7.0, "in")], [("quicker", 6.0)]),
        ([cue(1), cue(4, "up"), BandLine(7.0, "in"), BandLine(9.0, "in")], [("quicker", 6.0), ("up", 3.0)]),
        ([cue(1, reason="back"), BandLine(7.0, "in")], []),
        ([cue(1, kind="earcon"), BandLine(7.0, "in")], []),
        ([cue(1), STAGE, BandLine(7.0, "in")], []),
        ([cue(1), PauseLine(5.0), BandLine(7.0, "in")], []),
        ([cue(1), FeetLine(5.0, "lost"), BandLine(7.0, "in")], []),
        ([cue(1), FeetLine(5.0, "live"), BandLine(7.0, "in")], [("quicker", 6.0)]),
        ([cue(1)], []),
    ],
)
def test_a_cue_is_timed_to_the_return_that_follows_it(lines: list[Line], times: list[tuple[str, float]]) -> None:
    """Unless a stage, a pause or a lost sensor comes between; praise and tones are no such cue."""
    assert list(times_back(lines)) == times


def test_cues_are_in_the_order_of_their_median_and_three_returns_are_needed() -> None:
    """Two say nothing."""
    times = [("a", 9.0), ("a", 3.0), ("a", 4.0), *[("b", 2.0)] * 2, *[("c", 3.5)] * 3]
    assert cues_that_worked(times) == (CueWorked(text="c", n=3, back_s=3.5), CueWorked(text="a", n=3, back_s=4.0))


def test_what_hurt_is_by_place_and_sign_the_signs_first() -> None:
    """With the worst and the days; pain 0 did not hurt, and no answer is none."""
    said = [
        CheckIn(at="a", day=LATER, moment=Moment.AFTER, pain=2, site=Site.KNEE),
        CheckIn(at="a", day=DAY, moment=Moment.AFTER, pain=4, site=Site.KNEE, flags=frozenset({Flag.LIMP})),
        CheckIn(at="a", day=DAY, moment=Moment.BEFORE, pain=0),
        CheckIn(at="a", day=DAY, moment=Moment.MORNING),
        CheckIn(at="a", day=DAY, moment=Moment.MORNING, pain=1),
    ]
    words = {"knee": "Knie", "limp": "Hinken", "": "?"}
    assert what_hurt(said, words) == (
        Span(name="Hinken", n=1, first=DAY, last=DAY),
        Span(name="Knie", n=2, first=DAY, last=LATER, highest=4),
        Span(name="?", n=1, first=DAY, last=DAY, highest=1),
    )


def test_exercises_are_counted() -> None:
    """The most frequent first."""
    ticks = [ItemDone(at="a", day=day, item=item) for item, day in (("A", DAY), ("B", LATER), ("B", DAY))]
    assert exercises_done(ticks) == (
        Span(name="B", n=2, first=DAY, last=LATER),
        Span(name="A", n=1, first=DAY, last=DAY),
    )
