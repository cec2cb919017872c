"""What a clinician writes, and what it is written about, reaches nobody else: every route is asked, not some."""

import io
from datetime import date
from pathlib import Path

import pytest
from athlete_home import DAY, TINY, Home
from page_visits import Pages
from reached_rig import entry_in
from sessions_folder import journal_text

from cadencecoach.desk.athletes.messages import write_message
from cadencecoach.desk.caseload.acting import close_alert, own_alert
from cadencecoach.desk.caseload.knowing import stand_of
from cadencecoach.record.entries import CheckIn, Finding, Flag, Moment, To
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.programme_files import open_programme
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site

AT = "2026-03-02T07:00:00Z"
SESSION = "2026-03-02T080000Z"
TO_RUNNER, FROM_RUNNER, NOTE, MEASURE, OWNER, REASON, WHY = (
    "qa-landing",
    "qb-reply",
    "qc-note",
    "qd-valgus",
    "qe-owner",
    "qf-closed",
    "qg-exchanged",
)
OF_CLINICIAN = (NOTE, MEASURE, OWNER, REASON, WHY)
EVERY = (*OF_CLINICIAN, TO_RUNNER, FROM_RUNNER)


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """The pages of a machine where r7 has one of everything that a desk writes, and r8 nothing."""
    Home(tmp_path).move_in(monkeypatch)
    store, today = user_files(), today_here()
    for athlete in ("r7", "r8"):
        make_athlete(store, Profile(athlete=athlete, created=DAY))
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY, encoding="utf-8")
    raw, programme = open_programme(path)
    for because in (None, WHY):
        begin(
            store,
            ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because=because, at=AT, day=today),
        )
    write_message(store, "r7", To.RUNNER, TO_RUNNER)
    write_message(store, "r7", To.CLINICIAN, FROM_RUNNER)
    write_message(store, "r7", To.NOTES, NOTE)
    store.add_entries("r7", Finding(at=AT, day=today, measure=MEASURE, value=8.0, unit="deg", note=NOTE))
    store.add_entries("r7", CheckIn(at=AT, day=today, moment=Moment.AFTER, flags=frozenset({Flag.LIMP})))
    text = journal_text(started=AT, athlete="r7", day=f"{date(2026, 3, 2)}")
    assert store.add_journal(SESSION, io.BytesIO(text.encode()))
    (alert, *_) = stand_of(store, "r7", today).alerts
    own_alert(store, "r7", alert.id, OWNER, at=AT, day=today)
    close_alert(store, "r7", alert.id, closed_by=OWNER, reason=REASON, at=AT, day=today)
    return Pages(store)


def paths_to_read(tmp_path: Path) -> list[str]:
    """The path of every route that is read, with what is there in the place of names; streams are other tests'."""
    named = {"{name}": "r7", "{form}": "csv", "{file}": "x.png"}
    found = []
    for row in all_rows(Site(user_files(), entry_in(tmp_path))):
        if row.method != "GET" or row.path.endswith(("events", "values")):
            continue
        path = row.path.replace("/sounds/{name}", "/sounds/click").replace("/learn/{name}", "/learn/pain")
        for sign, word in named.items():
            path = path.replace(sign, word)
        found.append(path.replace("{id}", SESSION if "sessions" in path else "plus-5-percent"))
    return found


@pytest.mark.slow
def test_nothing_of_the_desk_reaches_a_screen_a_guest_or_another_runner(pages: Pages, tmp_path: Path) -> None:
    """Not on a page, in JSON, in a report or an export; the runner sees the message, and no note or finding."""
    visitors = {
        "screen": (Role.SCREEN, None, EVERY),
        "guest": (Role.RUNNER, None, EVERY),
        "another runner": (Role.RUNNER, "r8", EVERY),
        "stranger": (Role.STRANGER, None, EVERY),
        "the runner": (Role.RUNNER, "r7", OF_CLINICIAN),
    }
    paths = paths_to_read(tmp_path)
    assert len(paths) > 30
    leaks = []
    for who, (role, athlete, withheld) in visitors.items():
        for path in paths:
            query = "?athlete=r7" if "?" not in path else ""
            shown = pages.ask("GET", path + query, role=role, athlete=athlete).text
            leaks += [(who, path, words) for words in withheld if words in shown]
    assert leaks == []
    desk = "".join(pages.ask("GET", path).shown for path in ("/caseload", "/patients/r7"))
    assert [words for words in EVERY if words not in desk and words not in {REASON, WHY}] == []
