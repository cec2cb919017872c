"""Messages between clinician and runner, and notes."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from athlete_home import DAY, Home

from cadencecoach.cli.main import main
from cadencecoach.desk.athletes.messages import show_messages
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.record.entries import MessageRead, To
from cadencecoach.record.messages import unread_messages
from cadencecoach.record.profile import Profile
from cadencecoach.session.host import Nobody
from cadencecoach.store.user_store import user_files


@dataclass
class Reader(Nobody):
    """Somebody who reads what is told, or nobody who could."""

    can_answer: bool = True
    told: list[str] = field(default_factory=list)

    def tell(self, *lines: str) -> None:
        """Keep the lines."""
        self.told += lines


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Home(tmp_path / "machine").move_in(monkeypatch)
    user_files().write_profile(Profile(athlete="r7", created=DAY))


def listed(capsys: pytest.CaptureFixture[str]) -> list[tuple[object, ...]]:
    """To, text, author and whether it is read, of every message."""
    capsys.readouterr()
    assert main(["message", "list", "r7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["messages"]
    return [(one["to"], one["text"], one["author"], one["read"]) for one in told]


def shown(reader: Reader) -> str:
    """What a reader is told before a run."""
    reader.told.clear()
    show_messages(user_files(), "r7", reader, ENGLISH)
    return "\n".join(reader.told)


def test_a_message_is_shown_before_a_run_until_somebody_was_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A run that nobody sits before shows it and does not count as read; a note is not shown."""
    main(["message", "add", "r7", "  Land softly\nthis week. "])
    main(["message", "add", "r7", "hip drop looks worse", "--note"])
    assert listed(capsys) == [
        ("runner", "Land softly this week.", "desk", False),
        ("notes", "hip drop looks worse", "desk", None),
    ]
    for can_answer in (False, True):
        text = shown(Reader(can_answer=can_answer))
        assert "Land softly this week." in text
        assert "not for emergencies" in text
        assert "hip drop" not in text
    assert shown(Reader()) == ""
    assert listed(capsys)[0][3] is True
    assert sum(isinstance(one, MessageRead) for one in user_files().log_of("r7").every) == 1


def test_the_clinician_reads_what_the_runner_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    """Once; the runner is told that nobody may read it today."""
    assert main(["message", "reply", "r7", "Knee was fine."]) == 0
    assert "not for emergencies" in capsys.readouterr().err
    assert listed(capsys) == [("clinician", "Knee was fine.", "runner", False)]
    main(["message", "read", "r7"])
    assert "Knee was fine." in capsys.readouterr().out
    main(["message", "read", "r7"])
    assert "nothing unread" in capsys.readouterr().out
    assert unread_messages(user_files().log_of("r7").entries, To.CLINICIAN) == ()


@pytest.mark.parametrize("text", ["", "  ", "x" * 1001, "a\x1b[2Jb"])
def test_what_is_no_message_is_one_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written."""
    assert main(["message", "add", "r7", text]) == 2
    assert "a message is text of 1 to 1000 characters" in capsys.readouterr().err
    assert user_files().log_of("r7").every == ()


def test_what_comes_next_tells_what_is_due_and_unread(capsys: pytest.CaptureFixture[str]) -> None:
    """The check-in before, with the first session; and the message, in text and for programs."""
    main(["programme", "start", "clinic8", "--athlete", "r7"])
    main(["message", "add", "r7", "Land softly."])
    capsys.readouterr()
    assert main(["programme", "next", "--athlete", "r7", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["due"], told["messages"]) == (["check-in before"], ["Land softly."])
    main(["programme", "next", "--athlete", "r7"])
    assert "Land softly." in capsys.readouterr().out
