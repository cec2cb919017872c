"""What helped a runner and what hurt, out of the log and the journals: sums, and no judgement."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from cadencecoach.coach.actions import CueKind, CueReason
from cadencecoach.record.entries import CheckIn, Entry, ItemDone, SessionRun
from cadencecoach.record.lines import BandLine, CueLine, FeetLine, Line, PauseLine, StageLine

CORRECTIONS = {CueReason.BELOW.value, CueReason.ABOVE.value}
LEAST_TIMES = 3  # fewer say little about a cue
LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueWorked:
    """A cue, and how soon the runner was back in the band after it.

    Attributes:
        text: as it was said
        n: how often the runner came back after it, before anything else happened
        back_s: median time from the cue to the band
    """

    text: str
    n: int
    back_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How often something was, and between which days.

    Attributes:
        name: what
        n: how often
        first, last: days
        highest: worst pain of 10; None where there is none
    """

    name: str
    n: int
    first: date
    last: date
    highest: int | None = None


def times_back(lines: Iterable[Line]) -> Iterator[tuple[str, float]]:
    """The cues of a session that asked for another cadence, each with the seconds to the band.

    One that a new stage, a pause or a lost sensor came after says nothing, and is left out.
    """
    waiting: list[tuple[str, float]] = []
    for line in lines:
        if isinstance(line, CueLine) and line.reason in CORRECTIONS and line.kind == CueKind.SPOKEN.value:
            waiting.append((line.text, line.t if line.actual_s is None else line.actual_s))
        elif isinstance(line, BandLine) and line.state == "in":
            yield from ((text, line.t - said_s) for text, said_s in waiting if line.t >= said_s)
            waiting.clear()
        elif isinstance(line, StageLine | PauseLine) or (isinstance(line, FeetLine) and line.state != LIVE):
            waiting.clear()


def cues_that_worked(times: Iterable[tuple[str, float]]) -> tuple[CueWorked, ...]:
    """Cues that were followed by a return often enough, the quickest first."""
    by_text: dict[str, list[float]] = {}
    for text, back_s in times:
        by_text.setdefault(text, []).append(back_s)
    found = (CueWorked(text=text, n=len(all_s), back_s=median(all_s)) for text, all_s in by_text.items())
    return tuple(sorted((one for one in found if one.n >= LEAST_TIMES), key=lambda one: (one.back_s, one.text)))


def exercises_done(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """Exercises and drills that were ticked off, the most frequent first."""
    return _spans((one.item, one.day) for one in entries if isinstance(one, ItemDone))


def shoes_run(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """Shoes, by the runs that named them."""
    return _spans((one.shoes, one.day) for one in entries if isinstance(one, SessionRun) and one.shoes)


def what_hurt(entries: Iterable[Entry], words: Mapping[str, str]) -> tuple[Span, ...]:
    """Places that hurt and signs to stop, the worst first.

    Args:
        entries: that count
        words: of a place or a sign, by its word in the log; the empty one is a place that nobody named
    """
    said: dict[str, list[tuple[date, int | None]]] = {}
    for one in entries:
        if isinstance(one, CheckIn):
            if one.pain:
                said.setdefault(words["" if one.site is None else one.site.value], []).append((one.day, one.pain))
            for flag in one.flags:
                said.setdefault(words[flag.value], []).append((one.day, None))
    spans = (
        Span(
            name=name,
            n=len(times),
            first=min(day for day, _ in times),
            last=max(day for day, _ in times),
            highest=max((pain for _, pain in times if pain is not None), default=None),
        )
        for name, times in said.items()
    )
    return tuple(sorted(spans, key=lambda one: (one.highest is not None, -(one.highest or 0), one.name)))


def _spans(days: Iterable[tuple[str, date]]) -> tuple[Span, ...]:
    by_name: dict[str, list[date]] = {}
    for name, day in days:
        by_name.setdefault(name, []).append(day)
    spans = (Span(name=name, n=len(all_), first=min(all_), last=max(all_)) for name, all_ in by_name.items())
    return tuple(sorted(spans, key=lambda one: (-one.n, one.name)))
