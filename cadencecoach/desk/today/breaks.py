"""Sessions that broke off, ended before their end or slept: which may go on, and why another may not.

Nothing goes on past a stop: not past pain above the limit or a sign to stop in its journal, in the log since, or said
now. What nobody can tell, how long ago it was or how bad a pain that was not rated, is not taken for nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.coach.actions import EndReason
from cadencecoach.desk.checkin.meaning import is_stopped, no_run_since
from cadencecoach.desk.history.finishing import N_NEWEST, ended_early, name_of
from cadencecoach.desk.today.limiting import lowered_limit
from cadencecoach.devices.clock import label_s, wall_time_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.lock import is_held
from cadencecoach.devices.reach.lane import ROOM_OF, given_lane
from cadencecoach.devices.reach.place import found_places
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.opening.kept import Kept, break_of, plan_kept
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.programme.gates import MOST_PAIN
from cadencecoach.record.entries import CheckIn, Moment, SessionRun
from cadencecoach.record.lines import EndLine, Line, NoteLine, StageLine
from cadencecoach.record.pain import PAIN_BEFORE, PainSaid, highest_soreness, pains_before
from cadencecoach.record.rows import LABEL, baseline_of, day_of
from cadencecoach.store.athlete_log import entries_of, today_here
from cadencecoach.store.finding import newest_journals
from cadencecoach.store.loading import Recorded, load_session, whole_lines_of
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import is_athlete
from cadencecoach.view.words import clock

OFFERED_S = 12 * 3600.0  # up to here a session may go on; later it is another run
LEAST_LEFT_S = 0.05  # of the last stage: with less nothing is left to go on with


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenOff:
    """A session that may go on, as far as its journal and the log tell.

    Attributes:
        kept: the session
        gap_s: how long ago it broke off
        is_unrated: the last thing said of pain was the key alone; how bad it is nobody knows
    """

    kept: Kept
    gap_s: float
    is_unrated: bool

    @property
    def athlete(self) -> str | None:
        """Whose it is; None for a guest."""
        name = self.kept.recorded.journal.header.get("athlete")
        return str(name) if name else None

    @property
    def done_s(self) -> float:
        """How much of it was run, pauses left out."""
        return self.kept.recorded.summary.session.duration_s

    @property
    def is_stopped(self) -> bool:
        """Whether the runner ended it: it did not break off, and is saved already."""
        return self.kept.recorded.summary.end_reason is EndReason.STOPPED


def find_broken_off(store: Store, path: Path, words: Phrasebook = ENGLISH) -> BrokenOff:
    """A session that may go on.

    Args:
        store: where athletes are kept
        path: of its journal
        words: of whoever reads why it may not

    Raises:
        UsageError: it may not; the message says why, and what to do
        JournalError, PlanError: its journal cannot be read
    """
    texts = words.screen
    if is_held(path):
        raise UsageError(fill(texts.break_runs, session=path.stem))
    recorded = load_session(path)
    told = {
        "session": path.stem,
        "finish": fill(texts.break_finish, command=command_line(f"history finish {name_of(store, path)}")),
    }
    plan = plan_kept(recorded.journal.lines)
    if plan is None or recorded.journal.header.keys() & {"recording", "rehearsal"}:
        raise UsageError(fill(texts.break_no_plan, **told))
    kept = Kept(path=path, recorded=recorded, whole=whole_lines_of(path), plan=plan)
    athlete = _find_forgotten(store, recorded)
    if athlete:
        raise UsageError(fill(texts.break_stopped, why=fill(texts.break_forgotten, athlete=athlete), **told))
    stop = stop_in(store, recorded, words)
    if stop:
        raise UsageError(fill(texts.break_stopped, why=stop, **told))
    if is_finished(kept):
        raise UsageError(fill(texts.break_nothing_left, **told))
    gap_s = break_of(recorded)
    if gap_s is None:
        raise UsageError(fill(texts.break_clock, **told))
    if gap_s > OFFERED_S:
        raise UsageError(fill(texts.break_too_long, hours=f"{OFFERED_S / 3600:.0f}", **told))
    change = _change_in(store, kept, words)
    if change:
        raise UsageError(fill(texts.break_stopped, why=change, **told))
    pains = recorded.summary.pains
    is_rated = _is_rated_since(store, recorded, gap_s) or _is_rated_in(recorded.journal.lines)
    is_unrated = bool(pains) and _is_unrated(pains[-1]) and not is_rated
    return BrokenOff(kept=kept, gap_s=gap_s, is_unrated=is_unrated)


def broken_off_words(one: BrokenOff, words: Phrasebook) -> str:
    """Which session it is, and how far it came."""
    plan, began, time = one.kept.plan, one.kept.recorded.began, clock(one.done_s)
    started = one.kept.recorded.id if began is None else began.clock
    name, texts = words.of_plan(plan.name), words.screen
    if plan.duration_s is None:
        sentence = texts.stopped_at if one.is_stopped else texts.broke_off_at
        return fill(sentence, started=started, plan=name, time=time)
    sentence = texts.stopped_at_of if one.is_stopped else texts.broke_off_at_of
    return fill(sentence, started=started, plan=name, time=time, whole=clock(plan.duration_s))


def find_offered(store: Store, folder: Path, athletes: frozenset[str | None]) -> BrokenOff | None:
    """The newest session of a folder that may go on and was not declined; None where there is none.

    Args:
        store: where athletes are kept
        folder: of journals
        athletes: whose sessions are looked at; None among them for those of guests
    """
    return next(_list_offered(store, folder, athletes), None)


def _list_offered(store: Store, folder: Path, athletes: frozenset[str | None]) -> Iterator[BrokenOff]:
    for path in filter(ended_early, newest_journals(folder, N_NEWEST)):
        with suppress(CadencecoachError):
            one = find_broken_off(store, path)
            if one.athlete in athletes:
                yield one


def check_nothing_runs(folder: Path, texts: ScreenTexts) -> None:
    """Refuse to go on while another session of a folder is running; in a room the other lanes are.

    Args:
        folder: of journals
        texts: of whoever reads which
    Raises:
        UsageError: one is
    """
    lane = given_lane()
    beside = set[str]()
    if lane is not None:
        about = (place.about for place in found_places())
        beside = {one.get("journal", "") for one in about if one.get(ROOM_OF) == lane.room}
    held = (path for path in newest_journals(folder, N_NEWEST) if is_held(path))
    running = next((path for path in held if str(path.absolute()) not in beside), None)
    if running is not None:
        raise UsageError(fill(texts.break_other_runs, session=running.stem))


def is_finished(kept: Kept) -> bool:
    """Whether it ran to its end, or broke off in the last moment of its last stage."""
    summary, last = kept.recorded.summary, kept.plan.stages[-1]
    ends = [line for line in kept.lines if isinstance(line, EndLine)]
    if summary.is_ended and ends and ends[-1].reason == "finished":
        return True
    at = next((line for line in reversed(kept.lines) if isinstance(line, StageLine)), None)
    if at is None or at.index + 1 < len(kept.plan.stages) or at.is_warm_up or last.duration_s is None:
        return False
    return summary.stages[-1].duration_s >= last.duration_s - LEAST_LEFT_S


def stop_in(store: Store, recorded: Recorded, words: Phrasebook) -> str:
    """Why a session does not go on, by its journal and the log; empty where nothing stands against it."""
    texts = words.screen
    pains = (*_all_pains(recorded), *(pain for one in _beside(store, recorded) for pain in _all_pains(one)))
    pain = next((one for one in pains if one.is_stop), None)
    if pain is not None:
        what = texts.break_was_wrong if pain.is_unwell else fill(texts.pain_level, level=pain.level)
        return fill(texts.break_for_pain, time=clock(pain.time_s), what=what)
    soreness = highest_soreness(recorded.journal.lines)
    if soreness is not None and soreness > MOST_PAIN:
        return fill(texts.break_soreness, level=soreness, limit=MOST_PAIN)
    athlete = recorded.journal.header.get("athlete")
    if not athlete or not is_athlete(store, str(athlete)):
        return ""
    since = day_of(recorded.journal.header, id=recorded.id)
    said = no_run_since(store.log_of(str(athlete)).entries, since, words, session=recorded.id)
    if said is not None:
        return said[1].rstrip(".")
    return texts.break_programme if is_stopped(store, str(athlete), max(today_here(), since)) else ""


def _all_pains(recorded: Recorded) -> tuple[PainSaid, ...]:
    return (*recorded.summary.pains, *pains_before(recorded.journal.lines))


def _beside(store: Store, recorded: Recorded) -> Iterator[Recorded]:
    """The same session as it went on elsewhere."""
    if store.is_among_sessions(recorded.path):
        yield from (other for session, other in store.journals_beside() if session == recorded.id)


def _find_forgotten(store: Store, recorded: Recorded) -> str:
    """Whose session it is, if nobody is kept under that name any more; empty for anybody else's.

    What was said of pain and the clinician's limits were in the log. A name that was a mere label has had none.
    """
    header = recorded.journal.header
    athlete = str(header.get("athlete") or "")
    return athlete if athlete and header.get(LABEL) is not True and not is_athlete(store, athlete) else ""


def _change_in(store: Store, kept: Kept, words: Phrasebook) -> str:
    """What has become otherwise since it broke off, so that it is no more what may be run; empty where nothing has.

    A limit that was lowered holds. After another run this is no break.

    Raises:
        UsageError, JournalError, PlanError: the programme cannot be read, so nobody knows its limits
    """
    header = kept.recorded.journal.header
    athlete = str(header.get("athlete") or "")
    if not athlete or not is_athlete(store, athlete):
        return ""
    later = _run_since(store, athlete, kept)
    if later:
        return fill(words.screen.break_ran_since, other=later)
    return lowered_limit(
        store,
        kept.plan,
        athlete,
        today_here(),
        surface=str(header.get("surface") or ""),
        baseline_spm=baseline_of(header),
        words=words,
    )


def _run_since(store: Store, athlete: str, kept: Kept) -> str:
    """A session of an athlete that was begun after another one and stands in the log; empty where there is none."""
    header = kept.recorded.journal.header
    began_s, day = label_s(str(header.get("started"))), day_of(header, id=kept.path.stem)
    for entry in store.log_of(athlete).entries:
        if isinstance(entry, SessionRun) and entry.session != kept.path.stem and entry.day >= day:
            later_s = label_s(str(store.journal_header(entry.session).get("started") or entry.at))
            if began_s is not None and later_s is not None and later_s > began_s:
                return entry.session
    return ""


def _is_rated_since(store: Store, recorded: Recorded, gap_s: float) -> bool:
    """Whether the athlete was asked, after a session broke off, and has said how bad a pain is."""
    athlete, broke_off_s = str(recorded.journal.header.get("athlete") or ""), wall_time_s() - gap_s
    asked = (one for one in entries_of(store, athlete) if isinstance(one, CheckIn) and one.session == recorded.id)
    return any(
        one.moment is Moment.BEFORE and one.pain is not None and (label_s(one.at) or 0.0) > broke_off_s for one in asked
    )


def _is_rated_in(lines: Sequence[Line]) -> bool:
    """Whether a journal ends with how bad a pain is: so a guest was asked, who has no log."""
    last = next((line for line in reversed(lines) if not isinstance(line, EndLine)), None)
    return isinstance(last, NoteLine) and last.about == PAIN_BEFORE and last.level is not None


def _is_unrated(one: PainSaid) -> bool:
    return one.level is None and not one.is_unwell and not one.is_taken_back
