"""All sessions of a store decided again."""

import gzip
import io
import json

import pytest
from here import POOL
from kept_plan import kept_journal
from memory_store import MemoryStore
from sessions_folder import journal_text

from cadencecoach.cohort.refolding import RefoldJob, decide_again, first_difference, refold_store
from cadencecoach.record.journal import read_journal
from cadencecoach.record.lines import CueLine
from cadencecoach.record.profile import Profile

ID = "2026-03-02T080000Z"


@pytest.fixture
def store() -> MemoryStore:
    """A session with its plan, one without, and one that is none."""
    store = MemoryStore()
    store.write_profile(Profile(athlete="anna"))
    store.add_journal(ID, io.BytesIO(kept_journal("anna")))
    store.add_journal("2026-03-03T080000Z", io.BytesIO(journal_text(started="2026-03-03T08:00:00Z").encode()))
    store.add_journal("2026-03-04T080000Z", io.BytesIO(b'{"journal": 1}\nno line\n{"t": 1}\n'))
    return store


def test_by_todays_program_a_session_of_today_is_as_before(store: MemoryStore) -> None:
    """What keeps no plan and what cannot be read is counted by why."""
    whole = refold_store(store, POOL, {})
    assert (whole.n_same, whole.others, dict(whole.changes)) == (1, [], {})
    assert sum(whole.not_decided.values()) == 2
    assert any(why.startswith("the journal keeps no plan") for why in whole.not_decided)


def test_with_another_number_it_tells_where_and_by_how_much(store: MemoryStore) -> None:
    """The session by its id, the moment, and the figures that moved."""
    whole = refold_store(store, POOL, {"dwell_s": 15.0})
    ((session, first),) = whole.others
    assert first is not None
    assert (session, whole.n_same) == (ID, 0)
    lines = read_journal(kept_journal().splitlines(keepends=True)).lines
    cue_s = next(line.t for line in lines if isinstance(line, CueLine) and line.reason == "below")
    assert first.at_s == cue_s
    assert first.before.startswith("cue ")
    assert first.before.endswith(f" below at {cue_s:g} s")
    assert whole.changes["n_corrections"].n_sessions == 1
    assert whole.changes["n_corrections"].largest < 0
    assert "mean_cadence_spm" not in whole.changes


def test_what_is_sent_to_a_worker_names_nobody(store: MemoryStore) -> None:
    """Neither the athlete nor the day."""
    jobs: list[RefoldJob] = []

    def keep(job: RefoldJob) -> object:
        jobs.append(job)
        return decide_again(job)

    class Seeing:
        n_workers = 1

        def run(self, _function: object, some: object) -> object:
            return POOL.run(keep, some)  # type: ignore[arg-type]

    refold_store(store, Seeing(), {})  # type: ignore[arg-type]
    for journal in jobs[0].journals:
        header = json.loads(gzip.decompress(journal).splitlines()[0])
        assert set(header) <= {"journal", "baseline_spm", "speed_curve", "unit", "units", "units_given", "feet"}
    assert b"anna" not in b"".join(map(gzip.decompress, jobs[0].journals))


def test_a_decision_that_is_missing_or_new_is_a_difference() -> None:
    """At its own time, at the end too."""
    lines = read_journal(kept_journal().splitlines(keepends=True)).lines
    assert first_difference(lines, lines) is None
    gone, new = first_difference(lines, lines[:-1]), first_difference(lines[:-1], lines)
    assert gone is not None
    assert new is not None
    assert (gone.at_s, gone.after, new.before) == (lines[-1].t, "nothing more", "nothing more")
    assert gone.before == new.after == f"end {lines[-1].reason} at {lines[-1].t:g} s"  # type: ignore[attr-defined]
