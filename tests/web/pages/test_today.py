"""Today as a page: what is offered and what is withheld, whom it is for, and what is still to do."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from athlete_home import AT, TINY, Home, opened
from broken_sessions import add_line, break_off
from page_visits import Pages
from quiet_host import QuietHost

from cadencecoach.devices.clock import local_day
from cadencecoach.live.live_session import run_session
from cadencecoach.live.opening.request import Request
from cadencecoach.plan.checkin_texts import ENGLISH_CHECKIN
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.record.entries import BaselineTaken, CheckIn, Moment, SessionRun
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role

NAME = "r7"
TODAY = date.fromisoformat(local_day())
START, BIG = 'data-plan="today"', 'main start" type="button" data-plan="today"'
PLAN = """plan: Own
baseline: 160 spm
stages:
  - {name: Run, duration: 0.08 s, target: +5 %}
  - {name: Easy, duration: 0.02 s, target: free}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine of its own."""
    return Home(tmp_path).move_in(monkeypatch)


@pytest.fixture
def pages(home: Home) -> Pages:  # noqa: ARG001  # the machine whose pages they are
    """Its pages."""
    return Pages(user_files())


def keep_athlete(_home: Home, *, is_on_programme: bool = True) -> None:
    """An athlete with a baseline."""
    make_athlete(user_files(), Profile(athlete=NAME, created=TODAY))
    user_files().add_entries(NAME, BaselineTaken(at=AT, day=TODAY, cadence_spm=160.0))
    if is_on_programme:
        raw, programme = opened(TINY)
        order = ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because="test", at=AT, day=TODAY)
        begin(user_files(), order)


def say(moment: Moment, pain: int) -> None:
    """A check-in of today."""
    user_files().add_entries(NAME, CheckIn(at="2026-03-02T08:00:00Z", day=TODAY, moment=moment, pain=pain))


def test_nothing_is_kept_so_the_questions_are_offered(home: Home, pages: Pages) -> None:
    """Whoever comes first is a guest; once somebody is kept, nobody is asked any more."""
    text = pages.ask("GET", "/").shown
    assert 'href="/begin"' in text
    assert ENGLISH_PAGE.start_title in text
    keep_athlete(home)
    assert 'href="/begin"' not in pages.ask("GET", "/").shown


def test_a_check_in_that_is_due_comes_before_the_large_start(home: Home, pages: Pages) -> None:
    """Who does not want to answer starts without; once it is answered the Start is the large one."""
    keep_athlete(home)
    text = pages.ask("GET", "/").shown
    assert 'href="/checkin?moment=before&amp;athlete=r7"' in text
    assert (START in text, BIG in text) == (True, False)
    assert ENGLISH_PAGE.start_without in text
    say(Moment.BEFORE, 0)
    text = pages.ask("GET", "/").shown
    assert "/checkin?moment" not in text
    assert BIG in text


@pytest.mark.parametrize(("pain", "may"), [(5, True), (6, False)])
@pytest.mark.parametrize("is_on_programme", [True, False])
def test_a_stop_withholds_every_start(
    home: Home,
    pages: Pages,
    pain: int,
    may: bool,  # noqa: FBT001
    is_on_programme: bool,  # noqa: FBT001
) -> None:
    """Of the programme, a plan and the metronome, with a programme or without; told in full, with a way to correct."""
    keep_athlete(home, is_on_programme=is_on_programme)
    say(Moment.BEFORE, pain)
    text = pages.ask("GET", "/").shown
    assert (ENGLISH_PAGE.no_run_today in text) is not may
    assert (ENGLISH_CHECKIN.stop in text) is not may
    assert ("/checkin?correct=" in text) is not may
    assert ('id="metronome"' in text) is may
    assert ('href="/run/' in text) is may
    plan = pages.ask("GET", "/run/walk-run-start").shown
    assert ("data-plan=" in plan) is may
    assert ('id="refused"' in plan) is not may


def test_a_plan_beside_the_programme_is_told_as_at_a_terminal(home: Home, pages: Pages) -> None:
    """What the programme says of it; what its limits refuse says so in place of Start, and a guest is told nothing."""
    keep_athlete(home)
    text = pages.ask("GET", f"/run/walk-run-start?athlete={NAME}").shown
    assert "A run of your own: the programme &#39;Tiny&#39; pauses, its limits still apply." in text
    assert 'data-plan="walk-run-start"' in text
    refused = pages.ask("GET", f"/run/plus-5-percent?athlete={NAME}").shown
    assert "60 min; the clinician allows 45 min" in refused
    assert "data-plan=" not in refused
    guest = pages.ask("GET", "/run/plus-5-percent?athlete=").shown
    assert ('id="told"' in guest, "data-plan=" in guest) == (False, True)
    assert pages.ask("GET", "/run/none").status == 303


def test_a_day_of_rest_has_no_start_and_a_plan_of_ones_own(home: Home, pages: Pages) -> None:
    """After the run of the day its check-in is due."""
    keep_athlete(home)
    user_files().add_entries(NAME, SessionRun(at="2026-03-02T09:00:00Z", day=TODAY, session="a", item=0))
    text = pages.ask("GET", "/").shown
    assert START not in text
    assert "Rest" in text
    assert 'href="/checkin?moment=after&amp;athlete=r7"' in text
    assert 'href="/run/walk-run-start?athlete=r7"' in text


def test_a_log_that_cannot_be_read_stops_and_says_where(home: Home, pages: Pages) -> None:
    """Nobody knows the limits then."""
    keep_athlete(home)
    (home.athlete(NAME) / "log.jsonl").write_text("{\n{\n", encoding="utf-8")
    text = pages.ask("GET", "/").shown
    assert START not in text
    assert "log.jsonl" in text
    assert 'href="/run/' not in text


def test_the_last_session_is_shown_to_its_athlete(home: Home, pages: Pages) -> None:
    """With the way to its report; before the first there is a line that says so, and a guest has none."""
    keep_athlete(home)
    assert ENGLISH_PAGE.no_session_yet in pages.ask("GET", "/").shown
    home.journal("2026-03-02", NAME)
    (path,) = home.sessions.iterdir()
    text = pages.ask("GET", "/").shown
    assert f'href="/sessions/{path.stem}"' in text
    assert ENGLISH_PAGE.no_session_yet not in text
    assert "/sessions/" not in pages.ask("GET", "/?athlete=").shown


def broken_off(home: Home) -> Path:
    """A guest's session that broke off a minute ago."""
    plan = home.root / "own.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    path = home.sessions / "2026-03-02T070000Z.jsonl"
    request = Request(plan_name=str(plan), feet_text="sim", sound_text="none", started=AT, day=local_day())
    run_session(user_files(), request, QuietHost(), journal=path)
    break_off(path, at_s=0.04, ago_s=60.0)
    return path


def test_a_session_that_broke_off_is_offered_to_whom_it_is_of(home: Home, pages: Pages) -> None:
    """To go on with, by the question how the body is, or to finish; an athlete is not offered a guest's."""
    path = broken_off(home)
    keep_athlete(home)
    text = pages.ask("GET", "/?athlete=").shown
    assert f'href="/checkin?resume={path.stem}&amp;athlete="' in text
    assert 'id="broken-off"' not in pages.ask("GET", f"/?athlete={NAME}").shown
    asked = pages.ask("GET", f"/checkin?resume={path.stem}&athlete=").shown
    assert f'data-resume="{path.stem}"' in asked
    assert ENGLISH_PAGE.go_on_without in asked
    assert pages.ask("GET", f"/checkin?resume={path.stem}&athlete={NAME}").status == 303
    for other in ("../../etc/passwd", "last", "nothing"):
        assert pages.ask("GET", f"/checkin?resume={other}&athlete=").status == 303
    assert pages.ask("POST", f"/sessions/{path.stem}/finish", role=Role.RUNNER, athlete=NAME).status == 404
    assert pages.ask("POST", f"/sessions/{path.stem}/finish").status == 204
    assert 'id="broken-off"' not in pages.ask("GET", "/?athlete=").shown


def test_a_session_that_was_stopped_is_not_called_broken_off(home: Home, pages: Pages) -> None:
    """It is saved already: there is nothing to finish, only to leave."""
    path = broken_off(home)
    before = pages.ask("GET", "/?athlete=").shown
    assert "broke off at" in before
    assert f">{ENGLISH_PAGE.finish_it}<" in before
    add_line(path, t=0.04, what="end", reason="stopped")
    after = pages.ask("GET", "/?athlete=").shown
    assert "was stopped at" in after
    assert f">{ENGLISH_PAGE.leave_it}<" in after
    assert f">{ENGLISH_PAGE.finish_it}<" not in after
    assert pages.ask("POST", f"/sessions/{path.stem}/finish").status == 204
    assert 'id="broken-off"' not in pages.ask("GET", "/?athlete=").shown


def test_a_guests_device_is_shown_no_broken_off_session(home: Home, pages: Pages) -> None:
    """It may have been another guest's: neither offered nor gone on with nor finished from there, only at the desk."""
    path = broken_off(home)
    before = path.read_bytes()
    assert 'id="broken-off"' not in pages.ask("GET", "/", role=Role.RUNNER).shown
    assert pages.ask("GET", f"/checkin?resume={path.stem}", role=Role.RUNNER).status == 303
    told = {"id": "a", "resume": path.stem, "body": {"pain": "9"}}
    assert pages.ask("POST", "/api/sessions", told, role=Role.RUNNER).status == 404
    assert pages.ask("POST", f"/sessions/{path.stem}/finish", role=Role.RUNNER).status == 404
    assert path.read_bytes() == before
    assert 'id="broken-off"' in pages.ask("GET", "/?athlete=").shown


def test_a_pain_that_was_not_rated_is_asked_for_on_the_page(home: Home, pages: Pages) -> None:
    """There is no way on without a number, by the page or past it."""
    path = broken_off(home)
    asked = pages.ask("GET", f"/checkin?resume={path.stem}").shown
    assert ('id="go-on-without"' in asked, ENGLISH_PAGE.rate_it_first in asked) == (True, False)
    add_line(path, t=0.04, what="note", about="pain", text="pain key pressed")
    asked = pages.ask("GET", f"/checkin?resume={path.stem}").shown
    assert ('id="go-on-without"' in asked, ENGLISH_PAGE.rate_it_first in asked) == (False, True)
    refused = pages.ask("POST", "/api/sessions", {"id": "a", "resume": path.stem, "body": {"soreness": "1"}})
    assert (refused.status, refused.told["where"]) == (409, "body")
    assert "never rated" in refused.told["error"]


def test_pain_said_on_the_page_ends_what_would_have_gone_on(home: Home, pages: Pages) -> None:
    """For good: it is not begun, the answer tells the stop in full, and nobody is offered it again."""
    path = broken_off(home)
    told = {"id": "a", "resume": path.stem, "body": {"pain": "6"}}
    refused = pages.ask("POST", "/api/sessions", told)
    assert (refused.status, refused.told["where"]) == (409, "body")
    assert ENGLISH_CHECKIN.stop in refused.told["error"]
    assert "is not resumed" in refused.told["error"]
    again = pages.ask("POST", "/api/sessions", {**told, "id": "b", "body": {"pain": "0"}})
    assert (again.status, again.told["where"]) == (409, "resume")
    assert 'id="broken-off"' not in pages.ask("GET", "/").shown


def test_whoever_goes_on_names_whose_it_is(home: Home, pages: Pages) -> None:
    """Another's session is none, an answer that is none is refused first, and nothing is written."""
    path = broken_off(home)
    keep_athlete(home)
    before = path.read_bytes()
    for told, status, where in (
        ({"athlete": NAME}, 404, "resume"),
        ({"body": {"pain": "11"}}, 400, "pain"),
        ({"resume": "../../x"}, 404, "resume"),
    ):
        refused = pages.ask("POST", "/api/sessions", {"id": "a", "resume": path.stem, **told})
        assert (refused.status, refused.told["where"]) == (status, where)
    assert path.read_bytes() == before


def test_a_runners_device_sees_its_own_athlete_alone(home: Home, pages: Pages) -> None:
    """No other names, and none to choose from."""
    keep_athlete(home)
    make_athlete(user_files(), Profile(athlete="r8", created=TODAY))
    text = pages.ask("GET", "/?athlete=r8", role=Role.RUNNER, athlete=NAME).shown
    assert f'data-athlete="{NAME}"' in text
    assert "r8" not in text
    guest = pages.ask("GET", f"/?athlete={NAME}", role=Role.RUNNER).shown
    assert 'data-athlete=""' in guest
    assert NAME not in guest


def test_a_sensor_of_no_list_is_not_looked_for(pages: Pages) -> None:
    """What needs no look is ready at once."""
    assert pages.ask("GET", "/today/sensor?feet=/dev/x").status == 400
    assert pages.ask("GET", "/today/sensor?feet=auto").told == {"is_ready": True, "says": ENGLISH_PAGE.no_sensor_near}
    assert pages.ask("GET", "/today/sensor?feet=taps").told == {"is_ready": True, "says": ENGLISH_PAGE.by_taps}
    assert pages.ask("GET", "/today/sensor?feet=sim").told == {"is_ready": True, "says": ENGLISH_PAGE.simulated_runner}


def test_a_plan_of_ours_is_named_in_the_readers_language(home: Home, pages: Pages) -> None:
    """As the programme's session and its reasons are."""
    keep_athlete(home)
    user_files().write_profile(Profile(athlete=NAME, created=TODAY, language="de"))
    text = pages.ask("GET", "/").shown
    assert "Deine eigene Schrittfrequenz" in text
    assert "Heute: " in text
    shutil.rmtree(home.athlete(NAME))
