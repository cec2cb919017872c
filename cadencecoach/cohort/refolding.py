"""Decide all sessions of a store again, by today's program or with other numbers, and tell what changed."""

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from cadencecoach.cohort.parts import pack_journal
from cadencecoach.cohort.people import LeftOut, first_line
from cadencecoach.cohort.pool import Pool
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.fold.summary import row_of
from cadencecoach.record.journal import read_journal
from cadencecoach.record.lines import BaselineLine, CueLine, EndLine, Line, StageLine, TempoLine
from cadencecoach.session.refolding import fold_again
from cadencecoach.store.protocol import Store, TellProgress

SENT = frozenset({"journal", "baseline_spm", "speed_curve", "unit", "units", "units_given", "feet"})
JOB_SESSIONS = 50
FIGURES = (
    "running_s",
    "mean_cadence_spm",
    "baseline_spm",
    "target_spm",
    "band_s",
    "in_band_s",
    "helped_s",
    "probe_cadence_spm",
    "retention_cadence_spm",
    "n_cues",
    "n_corrections",
)  # of a session's row: those that a change of the coach could move
SAME = 1e-6  # beyond that a figure is another


@dataclass(frozen=True, slots=True, kw_only=True)
class RefoldJob:
    """Sessions to be decided again.

    Attributes:
        ids: theirs, which a worker needs for nothing: an athlete's name is in none of them
        journals: packed; a header says no more than the fold needs
        changed: fields of `Feedback`
    """

    ids: tuple[str, ...]
    journals: tuple[bytes, ...]
    changed: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first decision of a session that is another.

    Attributes:
        at_s: session time of it
        before, after: in words what was decided, and what is now
    """

    at_s: float
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refolded:
    """What became of a session.

    Attributes:
        first: the first decision that is another; None where all are the same
        before, after: its figures
        problem: why it could not be decided again; empty where it could
    """

    first: Difference | None = None
    before: Mapping[str, float | None] = field(default_factory=dict)
    after: Mapping[str, float | None] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one figure over all sessions.

    Attributes:
        n_sessions: in how many it is another
        mean: of what it has changed by in those, where both are known
        largest: of those changes, with its sign
    """

    n_sessions: int
    mean: float
    largest: float


@dataclass(slots=True, kw_only=True)
class Refold:
    """What became of all.

    Attributes:
        n_same: sessions with the same decisions and figures
        others: id and first other decision of all others, in the order of their ids
        changes: by figure, those alone that have changed
        not_decided: why sessions could not be decided again, and how many
        left_out: what could not be read
    """

    n_same: int = 0
    others: list[tuple[str, Difference | None]] = field(default_factory=list)
    changes: Mapping[str, Change] = field(default_factory=dict)
    not_decided: dict[str, int] = field(default_factory=dict)
    left_out: LeftOut = field(default_factory=LeftOut)


def refold_store(
    store: Store, pool: Pool, changed: Mapping[str, Any], tell: TellProgress = lambda _done, _all: None
) -> Refold:
    """Decide every session again; nothing is written.

    Args:
        store: where they are kept
        pool: who folds
        changed: fields of `Feedback` that every stage gets; none is today's program with the numbers of then
        tell: how many sessions of how many
    """
    ids = [session for session in store.session_ids() if not store.is_running(session)]
    whole, moved = Refold(), dict[str, list[tuple[float | None, float | None]]]()
    n_done = 0
    tell(n_done, len(ids))
    for outcome in pool.run(decide_again, _jobs(store, ids, changed, whole.left_out)):
        n_done += len(outcome.job.ids)
        if outcome.done is None:
            for session in outcome.job.ids:
                whole.left_out.add_session(session, outcome.wrong)
        for session, one in zip(outcome.job.ids, outcome.done or (), strict=False):
            _note(whole, moved, session, one)
        tell(n_done, len(ids))
    whole.others.sort(key=lambda one: one[0])
    whole.changes = {name: _change_of(pairs) for name, pairs in moved.items()}
    return whole


def decide_again(job: RefoldJob) -> tuple[Refolded, ...]:
    """Decide the sessions of a job again, on any machine."""
    return tuple(_refold(gzip.decompress(one).splitlines(keepends=True), job.changed) for one in job.journals)


def first_difference(before: Iterable[Line], after: Iterable[Line]) -> Difference | None:
    """The first decision that is another: a cue, a stage, a tempo, a baseline, the end. None: all are the same."""
    pairs = zip_longest(_decisions(before), _decisions(after))
    for one, other in pairs:
        if one != other:
            at_s = min(told[0] for told in (one, other) if told is not None)
            return Difference(at_s=at_s, before=_words_of(one), after=_words_of(other))
    return None


def _words_of(decision: tuple[float, str, object, object] | None) -> str:
    if decision is None:
        return "nothing more"
    at_s, kind, *values = decision
    return " ".join((kind, *(f"{one}" for one in values if one is not None), f"at {at_s:g} s"))


def _refold(lines: Sequence[bytes], changed: Mapping[str, Any]) -> Refolded:
    try:
        journal = read_journal(lines)
        again = fold_again(journal, changed)
    except CadencecoachError as error:
        return Refolded(problem=first_line(error))
    return Refolded(
        first=first_difference(journal.lines, again),
        before=_figures(row_of(journal.header, journal.lines, id="")),
        after=_figures(row_of(journal.header, again, id="")),
    )


def _figures(row: Any) -> dict[str, float | None]:  # noqa: ANN401  # by the names of the table above
    return {name: getattr(row, name) for name in FIGURES}


def _decisions(lines: Iterable[Line]) -> Iterator[tuple[float, str, object, object]]:
    for line in lines:
        match line:
            case CueLine():
                yield round(line.t, 2), "cue", line.kind, line.reason
            case StageLine():
                yield round(line.t, 2), "stage", line.index + 1, _round_spm(line.target_spm)
            case TempoLine():
                yield round(line.t, 2), "tempo", _round_spm(line.spm), round(line.ramp_s, 1)
            case BaselineLine():
                yield round(line.t, 2), "baseline", _round_spm(line.cadence_spm), None
            case EndLine():
                yield round(line.t, 2), "end", line.reason, None


def _round_spm(spm: float | None) -> float | None:
    return None if spm is None else round(spm, 2)


def _jobs(store: Store, ids: Sequence[str], changed: Mapping[str, Any], left_out: LeftOut) -> Iterator[RefoldJob]:
    for begin in range(0, len(ids), JOB_SESSIONS):
        packed: dict[str, bytes] = {}
        for session in ids[begin : begin + JOB_SESSIONS]:
            try:
                with store.open_journal(session) as file:
                    packed[session] = pack_journal(file, SENT)
            except (CadencecoachError, OSError) as error:
                left_out.add_session(session, first_line(error))
        if packed:
            yield RefoldJob(ids=tuple(packed), journals=tuple(packed.values()), changed=changed)


def _note(
    whole: Refold, moved: dict[str, list[tuple[float | None, float | None]]], session: str, one: Refolded
) -> None:
    if one.problem:
        whole.not_decided[one.problem] = whole.not_decided.get(one.problem, 0) + 1
        return
    others = [name for name in one.before if _differ(one.before[name], one.after[name])]
    if one.first is None and not others:
        whole.n_same += 1
        return
    whole.others.append((session, one.first))
    for name in others:
        moved.setdefault(name, []).append((one.before[name], one.after[name]))


def _differ(before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return before is not after
    return abs(before - after) > SAME


def _change_of(pairs: Sequence[tuple[float | None, float | None]]) -> Change:
    steps = [after - before for before, after in pairs if before is not None and after is not None]
    mean = sum(steps) / len(steps) if steps else 0.0
    return Change(n_sessions=len(pairs), mean=mean, largest=max(steps, key=abs, default=0.0))
