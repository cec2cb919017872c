"""Messages on the page Today."""

from pathlib import Path

import pytest
from athlete_home import DAY, Home
from page_visits import Pages

from cadencecoach.desk.athletes.messages import write_message
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.plan.programme_texts import ENGLISH_PROGRAMME
from cadencecoach.record.entries import Message, MessageRead, To
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.profile import Profile
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role

TEXT = "Land <softly> this week."
LONG = "It went well. " * 20 + "All of it."
SHOWN = "Land &lt;softly&gt; this week."


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """The pages of a machine where r7 has a message and a note, and r8 nothing."""
    Home(tmp_path).move_in(monkeypatch)
    for athlete in ("r7", "r8"):
        user_files().write_profile(Profile(athlete=athlete, created=DAY))
    write_message(user_files(), "r7", To.RUNNER, TEXT)
    write_message(user_files(), "r7", To.NOTES, "hip drop looks worse")
    return Pages(user_files())


def sent() -> Message:
    """The message to the runner."""
    return next(one for one in user_files().log_of("r7").entries if isinstance(one, Message) and one.to is To.RUNNER)


def test_a_message_is_shown_to_its_runner_only(pages: Pages) -> None:
    """Not to another runner, a guest or a screen; a note is shown to nobody; and it says what it is not for."""
    own = pages.ask("GET", "/", role=Role.RUNNER, athlete="r7").shown
    assert SHOWN in own
    assert "hip drop" not in own
    assert ENGLISH_PROGRAMME.no_emergency in own
    assert SHOWN not in pages.ask("GET", "/", role=Role.RUNNER, athlete="r8").shown
    assert SHOWN not in pages.ask("GET", "/", role=Role.RUNNER).shown
    for path in ("/", "/screen"):
        assert "softly" not in pages.ask("GET", path, role=Role.SCREEN).shown
    assert pages.ask("POST", "/messages", {"id": "1", "text": "x"}, role=Role.SCREEN).status == 403


def test_a_message_is_read_when_the_runner_says_so(pages: Pages) -> None:
    """To look at the page is not to read it; the mark is an entry of the runner's; another runner marks nothing."""
    asked = {"messages": [entry_id(sent())]}
    assert pages.ask("POST", "/messages/read", asked, role=Role.RUNNER, athlete="r8").status == 204
    assert SHOWN in pages.ask("GET", "/", role=Role.RUNNER, athlete="r7").shown
    assert pages.ask("POST", "/messages/read", asked, role=Role.RUNNER, athlete="r7").status == 204
    assert SHOWN not in pages.ask("GET", "/", role=Role.RUNNER, athlete="r7").shown
    (mark,) = (one for one in user_files().log_of("r7").entries if isinstance(one, MessageRead))
    assert (mark.message, mark.author) == (entry_id(sent()), "runner")


def test_a_runner_writes_back_once_however_often_it_is_sent(pages: Pages) -> None:
    """For the clinician, by the runner; a guest has nobody to write to."""
    for _ in range(2):
        answer = pages.ask("POST", "/messages", {"id": "1", "text": LONG}, role=Role.RUNNER, athlete="r7")
        assert answer.told == {"says": ENGLISH_PAGE.message_sent}
    entries = user_files().log_of("r7").entries
    (back,) = (one for one in entries if isinstance(one, Message) and one.to is To.CLINICIAN)
    assert (back.text, back.author) == (LONG, "runner")
    assert pages.ask("POST", "/messages", {"id": "2", "text": "x"}, role=Role.RUNNER).status == 400
    assert pages.ask("POST", "/messages", {"id": "3", "text": "x" * 1001}, role=Role.RUNNER, athlete="r7").status == 409
    assert pages.ask("POST", "/messages/read", {"messages": 3}, role=Role.RUNNER, athlete="r7").status == 400
