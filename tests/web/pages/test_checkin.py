"""A check-in on a page is the check-in of the terminal: the same questions, limits, log and way to put a slip right."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from athlete_home import AT, Home
from markupsafe import escape
from page_visits import Pages, Visited

from cadencecoach.desk.checkin.taking import LONGEST_NOTE
from cadencecoach.devices.clock import local_day
from cadencecoach.plan.checkin_texts import ENGLISH_CHECKIN
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.record.entries import CheckIn, Flag, Moment, SessionRun, Site, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.profile import Profile
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role

NAME = "r7"
TODAY = date.fromisoformat(local_day())


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """A machine with two athletes."""
    Home(tmp_path).move_in(monkeypatch)
    for name in (NAME, "r8"):
        make_athlete(user_files(), Profile(athlete=name, created=TODAY))
    return Pages(user_files())


def said(name: str = NAME) -> list[CheckIn]:
    """The check-ins that count."""
    return [one for one in user_files().log_of(name).entries if isinstance(one, CheckIn)]


def save(pages: Pages, answers: dict[str, str], *, id_: str = "tap", moment: str = "before", **told: object) -> Visited:
    """Answer, at the desk, for r7."""
    body = {"id": id_, "athlete": NAME, "moment": moment, "answers": answers, **told}
    return pages.ask("POST", "/checkin", body)


def test_what_is_answered_stands_in_the_log_once(pages: Pages) -> None:
    """As at a terminal; a tap that the network repeats gets the same answer, and is no second check-in."""
    answers = {"pain": "2", "site": "knee", "soreness": "3", "readiness": "8"}
    first = save(pages, answers)
    again = save(pages, {"pain": "9"})
    assert (first.status, first.text) == (200, again.text)
    (one,) = said()
    assert (one.pain, one.site, one.soreness, one.readiness) == (2, Site.KNEE, 3, 8)
    assert (one.moment, one.day, one.session, one.flags) == (Moment.BEFORE, TODAY, "", frozenset())
    assert "pain 2" in first.text
    save(pages, {"pain": "1"}, id_="another")
    assert len(said()) == 2


@pytest.mark.parametrize(("level", "stops"), [("0", False), ("5", False), ("6", True), ("10", True), ("x", True)])
def test_pain_above_five_is_told_as_a_stop_in_full(pages: Pages, level: str, stops: bool) -> None:  # noqa: FBT001
    """With what to do, that it is no diagnosis, and the way to put a slip right; no way on to a run."""
    answered = save(pages, {"pain": level})
    assert (ENGLISH_CHECKIN.stop in answered.text) is stops
    assert (ENGLISH_CHECKIN.no_diagnosis in answered.text) is stops
    assert (ENGLISH_PAGE.to_today in answered.text) is not stops
    assert f"correct={entry_id(said()[0]).replace(':', '%3A')}" in answered.text


@pytest.mark.parametrize(("level", "stops"), [("5", False), ("6", True), ("10", True)])
def test_soreness_above_five_says_no_run_and_leads_to_none(pages: Pages, level: str, stops: bool) -> None:  # noqa: FBT001
    """As the terminal says it: the start would be refused."""
    answered = save(pages, {"soreness": level}, moment="morning")
    assert (f"Soreness {level} of 10, above 5: no run now." in answered.text) is stops
    assert (ENGLISH_PAGE.to_today in answered.text) is not stops


def test_a_slip_in_the_run_is_put_right_on_the_page_and_what_nobody_asks_stays(pages: Pages) -> None:
    """When in the run it was said is no question; nor is it sent, for it would be refused."""
    old = CheckIn(
        at=AT, day=TODAY, moment=Moment.DURING, session="a", pain=7, soreness_h=30.0, note="4:10 into the run"
    )
    user_files().add_entries(NAME, old)
    page = pages.ask("GET", f"/checkin?athlete={NAME}&correct={entry_id(old)}")
    assert "into the run" not in page.text.split("data-given=")[1].split(">")[0]
    assert save(pages, {"pain": "1"}, correct=entry_id(old)).status == 200
    (now,) = said()
    assert (now.pain, now.session, now.soreness_h, now.note) == (1, "a", 30, "4:10 into the run")


def test_a_sign_to_stop_is_kept_with_all_other_answers(pages: Pages) -> None:
    """Also where there is no pain; for one that is on no scale the help to get is named."""
    answered = save(pages, {"pain": "0", "readiness": "9", "flags": "limp, unwell"})
    (one,) = said()
    assert one.flags == frozenset({Flag.LIMP, Flag.UNWELL})
    assert (one.pain, one.readiness) == (0, 9)
    assert ENGLISH_CHECKIN.get_help in answered.text


def test_a_place_without_pain_is_left_out(pages: Pages) -> None:
    """It would not have been asked."""
    save(pages, {"pain": "0", "site": "knee"})
    assert said()[0].site is None


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"pain": "11"}, "pain"),
        ({"pain": "-1"}, "pain"),
        ({"pain": "much"}, "pain"),
        ({"pain": "3", "site": "tail"}, "site"),
        ({"flags": "hungry"}, "flags"),
        ({"effort": "3"}, "effort"),  # before a run nobody asks for it
        ({}, "answers"),
        ({"pain": " "}, "answers"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_name(pages: Pages, answers: dict[str, str], where: str) -> None:
    """In one sentence; nothing is written down, and the same tap may be sent again, mended."""
    refused = save(pages, answers)
    assert (refused.status, refused.told["where"]) == (400, where)
    assert said() == []
    assert save(pages, {"pain": "1"}).status == 200


@pytest.mark.parametrize(("length", "status"), [(LONGEST_NOTE, 200), (LONGEST_NOTE + 1, 400)])
def test_a_note_is_as_long_as_at_a_terminal(pages: Pages, length: int, status: int) -> None:
    """Its longest is kept whole."""
    assert save(pages, {"effort": "4", "note": "a" * length}, moment="after").status == status
    assert [len(one.note) for one in said()] == ([length] if status == 200 else [])


def test_a_slip_is_put_right_with_all_answers_anew(pages: Pages) -> None:
    """The stop is lifted and that is told; a sign that was tapped is gone, and the log keeps what was said first."""
    save(pages, {"pain": "8", "site": "knee", "flags": "limp"})
    first = entry_id(said()[0])
    page = pages.ask("GET", f"/checkin?correct={first}&athlete={NAME}")
    assert "&#34;pain&#34;: &#34;8&#34;" in page.text
    mended = save(pages, {"pain": "1", "readiness": "7"}, id_="second", correct=first)
    (now,) = said()
    assert (mended.status, now.pain, now.site, now.readiness, now.flags) == (200, 1, None, 7, frozenset())
    gone = [one for one in user_files().log_of(NAME).every if isinstance(one, Withdrawn)]
    assert [(one.entry, one.because) for one in gone] == [(first, ENGLISH_PAGE.slip_reason)]
    assert save(pages, {"pain": "1"}, id_="third", correct=first).status == 404
    same = {"pain": "1", "readiness": "7"}
    assert save(pages, same, id_="fourth", correct=entry_id(now)).status == 409


def test_a_runners_device_speaks_for_its_own_athlete_alone(pages: Pages) -> None:
    """Whatever a request names; a guest's device for nobody, and says what to do."""
    told = {"id": "a", "moment": "before", "answers": {"pain": "3"}}
    assert pages.ask("POST", "/checkin", told, role=Role.RUNNER, athlete="r8").status == 200
    assert [len(said(name)) for name in (NAME, "r8")] == [0, 1]
    others = {**told, "id": "b", "athlete": NAME}
    assert pages.ask("POST", "/checkin", others, role=Role.RUNNER, athlete="r8").status == 403
    guest = pages.ask("POST", "/checkin", {**told, "id": "c"}, role=Role.RUNNER)
    assert (guest.status, guest.told["error"]) == (400, ENGLISH_PAGE.guest_check_in)
    assert pages.ask("POST", "/checkin", {**told, "id": "d"}, role=Role.SCREEN).status == 403
    assert [len(said(name)) for name in (NAME, "r8")] == [0, 1]
    first = entry_id(said("r8")[0])
    assert pages.ask("GET", f"/checkin?correct={first}", role=Role.RUNNER, athlete=NAME).status == 303


@pytest.mark.parametrize(
    ("ago_days", "moment", "fields"),
    [
        (None, "before", ["pain", "site", "soreness", "readiness"]),
        (0, "after", ["effort", "pain", "site", "soreness", "note"]),
        (1, "morning", ["pain", "site", "soreness"]),
    ],
)
def test_the_page_asks_what_is_due(pages: Pages, ago_days: int | None, moment: str, fields: list[str]) -> None:
    """The questions of the table, in its order; where it hurts from pain 1 on, signs to stop by themselves from 4."""
    if ago_days is not None:
        day = TODAY - timedelta(days=ago_days)
        user_files().add_entries(NAME, SessionRun(at=AT, day=day, session="2026-01-01T070000Z"))
    text = pages.ask("GET", f"/checkin?athlete={NAME}").shown
    assert f'data-moment="{moment}"' in text
    shown = [name for name in ("effort", "pain", "site", "soreness", "readiness") if f'data-field="{name}"' in text]
    assert shown == [name for name in ("effort", "pain", "site", "soreness", "readiness") if name in fields]
    assert ('name="note"' in text) is ("note" in fields)
    assert 'data-field="site" data-from-pain="1"' in text
    assert 'data-field="flags" data-from-pain="4"' in text


def test_the_page_speaks_the_athletes_language(pages: Pages) -> None:
    """Questions, places and signs; and what is wrong."""
    store = user_files()
    store.write_profile(Profile(athlete=NAME, created=TODAY, language="de"))
    text = pages.ask("GET", f"/checkin?athlete={NAME}&moment=before").shown
    assert 'lang="de"' in text
    assert "Wo tut es weh?" in text
    assert ">Knie<" in text
    assert save(pages, {}).told["error"].startswith("Noch ist nichts beantwortet")


def test_the_desk_stays_with_whom_it_has_named(pages: Pages) -> None:
    """Until it names somebody else, or a guest, to whom the page says what to do; a name of nobody is a guest."""
    named = pages.ask("GET", "/checkin?athlete=r8")
    cookie = named.headers["set-cookie"].partition(";")[0]
    assert "HttpOnly" in named.headers["set-cookie"]
    assert 'data-athlete="r8"' in pages.ask("GET", "/checkin", cookie=cookie).shown
    assert f'data-athlete="{NAME}"' in pages.ask("GET", f"/checkin?athlete={NAME}", cookie=cookie).shown
    guest = pages.ask("GET", "/checkin?athlete=").headers["set-cookie"].partition(";")[0]
    assert 'data-athlete="' not in pages.ask("GET", "/checkin", cookie=guest).shown
    user_files().forget("r8")
    assert f'data-athlete="{NAME}"' in pages.ask("GET", "/checkin", cookie=cookie).shown  # the only one there is
    for path in ("/checkin?athlete=", "/checkin?athlete=nobody"):
        assert str(escape(ENGLISH_PAGE.guest_check_in)) in pages.ask("GET", path, cookie=cookie).shown


def test_a_guest_gives_a_name_to_have_the_answers_kept(pages: Pages) -> None:
    """Only at the desk, and never the name of somebody who is kept already; what was named is asked at once."""
    assert 'name="name" value=""' in pages.ask("GET", "/checkin?athlete=").shown
    for name in user_files().athlete_names():
        user_files().forget(name)
    assert 'name="name" value="me"' in pages.ask("GET", "/checkin").shown
    assert 'name="name"' not in pages.ask("GET", "/checkin", role=Role.RUNNER).shown
    assert pages.ask("POST", "/begin/name", {"name": "me"}).told == {"athlete": "me"}
    assert 'data-athlete="me"' in pages.ask("GET", "/checkin?athlete=me").shown


@pytest.mark.parametrize(
    "path", ["/?athlete=nobody", "/sessions?athlete=", "/sessions?athlete=~", "/sessions?athlete=r8"]
)
def test_neither_a_filter_nor_an_unknown_name_changes_who_runs_next(pages: Pages, path: str) -> None:
    """The next session would be one of a guest, whom no clinician's limit protects."""
    assert "set-cookie" not in pages.ask("GET", path).headers
