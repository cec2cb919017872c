"""One patient on the page: everything at the desk, nothing anywhere else; acts, findings and messages written once."""

import re
from pathlib import Path

import pytest
from athlete_home import DAY, TINY, Home, opened
from page_visits import Pages

from cadencecoach.desk.athletes.messages import write_message
from cadencecoach.desk.caseload.knowing import stand_of
from cadencecoach.record.entries import CheckIn, Decided, Finding, Flag, Message, MessageRead, Moment, ProgrammeSet, To
from cadencecoach.record.entry_lines import RUNNER, entry_id
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role

AT = "2026-03-02T07:00:00Z"
NOTE = "it <b>hurts</b>"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """The pages of a machine where r7 is on a programme and has written, and r8 has nothing."""
    Home(tmp_path).move_in(monkeypatch)
    for athlete in ("r7", "r8"):
        make_athlete(user_files(), Profile(athlete=athlete, created=DAY, shoes=("old <i>pair</i>",)))
    raw, programme = opened(TINY)
    today = today_here()
    begin(
        user_files(),
        ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because=None, at=AT, day=today),
    )
    said = CheckIn(at=AT, day=today, moment=Moment.MORNING, pain=2, note=NOTE)
    user_files().add_entries("r7", said)
    write_message(user_files().with_author(RUNNER), "r7", To.CLINICIAN, "Knee is fine")
    return Pages(user_files())


def post(pages: Pages, path: str, body: dict[str, object], status: int = 201) -> dict[str, object]:
    """Write something about r7."""
    answer = pages.ask("POST", f"/api/patients/r7/{path}", body)
    assert answer.status == status, answer.text
    return dict(answer.told) if answer.text else {}


def limps() -> None:
    """A sign to stop is said."""
    said = CheckIn(at=AT, day=today_here(), moment=Moment.AFTER, flags=frozenset({Flag.LIMP}))
    user_files().add_entries("r7", said)


@pytest.mark.slow
def test_the_page_has_it_all_and_no_markup_of_a_runner(pages: Pages) -> None:
    """The line of the caseload, limits, baseline, shoes, the next session and its why, and what was said."""
    shown = pages.ask("GET", "/patients/r7").shown
    for told in (
        "old &lt;i&gt;pair&lt;/i&gt;",
        "it &lt;b&gt;hurts&lt;/b&gt;",
        "target at most +7.5",
        "One (1 of 2)",
        "no session of the programme has been run yet",
        "From the runner, unread",
        "Messages (1 unread)",
        "Counts from",
        stand_of(user_files(), "r7", today_here()).reason.removeprefix("due: ").replace("<b>", "&lt;b&gt;"),
    ):
        assert told in shown.replace("\xa0", " "), told
    assert "<b>hurts" not in shown
    assert 'href="/patients/r7"' in pages.ask("GET", "/caseload").shown
    assert 'href="/patients/r7"' in pages.ask("GET", "/?athlete=r7").shown
    assert "/patients/" not in pages.ask("GET", "/", role=Role.RUNNER, athlete="r7").shown


@pytest.mark.parametrize("path", ["/patients/r7", "/patients/r7/playbook", "/patients/r7/progress", "/pictures.css"])
def test_no_other_role_sees_it(pages: Pages, path: str) -> None:
    """Not even the runner whose page it would be."""
    for role in (Role.RUNNER, Role.SCREEN):
        assert pages.ask("GET", path, role=role, athlete="r7").status == 403


@pytest.mark.parametrize("page", ["", "/playbook", "/progress"])
def test_who_is_not_kept_has_one_clear_line(pages: Pages, page: str) -> None:
    """A name that nobody has, a guest, and somebody who was forgotten; nothing can be written of them."""
    user_files().forget("r8")
    for name in ("nobody", "~", "r8", "..%2Fr7"):
        answer = pages.ask("GET", f"/patients/{name}{page}")
        assert answer.status == 404
    assert "nobody of that name is kept here" in pages.ask("GET", f"/patients/r8{page}").shown
    body = {"id": "1", "to": "notes", "text": "x"}
    assert pages.ask("POST", "/api/patients/r8/messages", body).status == 404


def test_without_a_programme_it_says_how_to_start_one(pages: Pages) -> None:
    """And offers to give one, and no other act."""
    shown = pages.ask("GET", "/patients/r8").shown
    assert "programme start field6wk --athlete r8" in shown
    assert re.findall('data-act="([^"]*)"', shown) == ["give"]
    assert pages.ask("POST", "/api/patients/r8/foresee", {"act": "hold"}).status == 409
    assert "has no runs yet" in pages.ask("GET", "/patients/r8/progress").shown


def test_a_programme_is_given_once(pages: Pages) -> None:
    """Foretold, with a reason; by the name of one that comes with the program or as a text, and no number."""
    at, give = "/api/patients/r8", {"act": "give", "programme": "return6"}
    for change in (
        {"programme": None},
        {"programme": "tiny"},
        {"programme": "../tiny"},
        {"number": 1},
        {"act": "hold"},
        {"text": 1, "programme": None},
        {"text": " "},
        {"text": TINY},
        {"act": "hold", "text": TINY},
    ):
        assert pages.ask("POST", f"{at}/foresee", {**give, **change}).status == 400
    wrong = pages.ask("POST", f"{at}/foresee", {"act": "give", "text": "programme: X"})
    assert (wrong.status, "programme:1:1" in wrong.text) == (409, True)
    assert any(
        "Tiny: " in line for line in pages.ask("POST", f"{at}/foresee", {"act": "give", "text": TINY}).told["lines"]
    )
    told = pages.ask("POST", f"{at}/foresee", give).told
    assert any("Then:" in line for line in told["lines"])
    done = {**give, "id": "g1", "because": "cleared", "seen": told["seen"]}
    assert pages.ask("POST", f"{at}/acts", {**done, "because": ""}).status == 400
    for _ in range(2):
        assert pages.ask("POST", f"{at}/acts", done).status == 201
    (was_set,) = (one for one in user_files().log_of("r8").entries if isinstance(one, ProgrammeSet))
    assert was_set.because == "cleared"
    shown = pages.ask("GET", "/patients/r8").shown
    assert {"give", "hold", "from"} <= set(re.findall('data-act="([^"]*)"', shown))
    assert pages.ask("POST", f"{at}/foresee", give, role=Role.RUNNER, athlete="r8").status == 403


def test_a_log_or_programme_that_cannot_be_read_is_one_line(pages: Pages, tmp_path: Path) -> None:
    """The rest is there where only the programme is broken."""
    folder = Home(tmp_path).athlete("r7")
    text = next(one for one in folder.iterdir() if "programme" in one.name)
    text.write_text("programme: [", encoding="utf-8")
    shown = pages.ask("GET", "/patients/r7").shown
    assert "is not the text set on" in shown
    assert "it &lt;b&gt;hurts" in shown
    assert "data-act=" not in shown
    (folder / "log.jsonl").write_text("{nonsense\n{more}\n", encoding="utf-8")
    answer = pages.ask("GET", "/patients/r7")
    assert (answer.status, answer.shown.count('class="alert bad" role="alert"><p>')) == (200, 1)
    assert "cannot be read" in answer.shown


def test_an_act_is_foretold_then_done_once(pages: Pages) -> None:
    """What is sent twice counts once; without a reason, or without having looked, nothing is done."""
    told = post(pages, "foresee", {"act": "hold"}, 200)
    assert post(pages, "foresee", {"act": "hold", "programme": None, "text": None}, 200)["lines"] == told["lines"]
    assert len(user_files().log_of("r7").every) == 3
    act = {"id": "tap-1", "act": "hold", "because": "new job", "seen": told["seen"]}
    for change, status in (
        ({"because": " "}, 400),
        ({"because": "x" * 501}, 400),
        ({"seen": "0"}, 409),
        ({"act": "jump"}, 400),
        ({"number": True}, 400),
        ({"number": 0}, 400),
        ({"x": 1}, 400),
    ):
        post(pages, "acts", {**act, **change}, status)
    for _ in range(2):
        post(pages, "acts", act)
    (entry,) = (one for one in user_files().log_of("r7").entries if isinstance(one, Decided))
    assert (entry.verdict, entry.reasons) == ("hold", ("new job",))
    assert "hold by hand, because: new job" in pages.ask("GET", "/patients/r7").shown
    assert stand_of(user_files(), "r7", today_here()).section.value == "Held"


def test_a_stop_is_ended_by_its_own_act(pages: Pages) -> None:
    """That one is offered, and from a session is not; what was said today keeps from running all the same."""
    limps()
    shown = pages.ask("GET", "/patients/r7").shown
    assert 'data-act="end-stop"' in shown
    assert 'data-act="from"' not in shown
    post(pages, "foresee", {"act": "from", "number": 1}, 409)
    told = post(pages, "foresee", {"act": "end-stop"}, 200)
    assert any(str(line).startswith("No run today all the same") for line in told["lines"])  # type: ignore[attr-defined]
    post(pages, "acts", {"id": "1", "act": "end-stop", "because": "seen", "seen": told["seen"]})
    assert isinstance(user_files().log_of("r7").entries[-1], ProgrammeSet)
    shown = pages.ask("GET", "/patients/r7").shown
    assert "No run today" in shown
    assert 'data-act="end-stop"' not in shown


def test_a_finding_is_written_once_and_compared(pages: Pages) -> None:
    """With what the command would refuse refused: no value and no note, a unit alone, a day to come."""
    finding = {"id": "f1", "what": "knee valgus", "side": "left", "value": 8, "unit": "deg", "day": "2026-03-02"}
    for _ in range(2):
        post(pages, "findings", finding)
    post(pages, "findings", {**finding, "id": "f2", "side": "L", "value": 5.5, "day": "2026-03-09"})
    for change, status in (
        ({"value": None}, 409),
        ({"value": "8"}, 400),
        ({"side": "up"}, 400),
        ({"day": "2999-01-01"}, 409),
        ({"what": ""}, 400),
        ({"note": 3}, 400),
        ({"note": "x" * 501}, 409),
        ({"file": "/etc/passwd"}, 409),
    ):
        post(pages, "findings", {**finding, "id": "f3", **change}, status)
    found = [one for one in user_files().log_of("r7").entries if isinstance(one, Finding)]
    assert [one.value for one in found] == [8, 5.5]
    assert "8 deg (2026-03-02) -&gt; 5.5 deg (2026-03-09)" in pages.ask("GET", "/patients/r7").shown.replace(
        "\xa0", " "
    )


@pytest.mark.slow
def test_messages_and_notes_are_written_once_and_marked_as_read(pages: Pages) -> None:
    """A message is for the runner, a note for nobody; what the runner wrote is read by the desk."""
    for _ in range(2):
        post(pages, "messages", {"id": "m1", "to": "runner", "text": "Land softly"})
        post(pages, "messages", {"id": "m2", "to": "notes", "text": "hip drop"})
    for change in ({"to": "clinician"}, {"text": ""}, {"text": 3}, {"text": "x" * 1001}):
        post(pages, "messages", {"id": "m3", "to": "runner", "text": "x", **change}, 400)
    written = [one for one in user_files().log_of("r7").entries if isinstance(one, Message)]
    assert [(one.to, one.text) for one in written[1:]] == [(To.RUNNER, "Land softly"), (To.NOTES, "hip drop")]
    own = pages.ask("GET", "/", role=Role.RUNNER, athlete="r7").shown
    assert "Land softly" in own
    assert "hip drop" not in own
    post(pages, "messages/read", {"messages": 3}, 400)
    post(pages, "messages/read", {"messages": [entry_id(one) for one in written]}, 204)
    (mark,) = (one for one in user_files().log_of("r7").entries if isinstance(one, MessageRead))
    assert (mark.message, mark.author) == (entry_id(written[0]), "desk")
    assert "Messages (1 unread)" not in pages.ask("GET", "/patients/r7").shown


def test_the_playbook_holds_no_notes_of_the_clinician(pages: Pages) -> None:
    """It is printed for the runner, and may load nothing."""
    write_message(user_files(), "r7", To.NOTES, "hip drop")
    answer = pages.ask("GET", "/patients/r7/playbook")
    assert "hip drop" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
