from pathlib import Path

import pytest
from athlete_home import AT, DAY, Home
from sessions_folder import keep_journal

from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.placing import output_file, starts_with
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files, user_machine


def test_a_file_is_named_as_it_was_asked_for() -> None:
    """By its option, or as the argument it is; what a terminal would obey is written out."""
    assert output_file(user_machine(), Path("a.svg"), "--svg", may_replace=False).name == "--svg a.svg"
    assert output_file(user_machine(), Path("a.yaml"), "", may_replace=False).name == "a.yaml"
    assert output_file(user_machine(), Path("a\x1b[2J"), "-o", may_replace=False).name == "-o a\\x1b[2J"


def test_a_mark_is_the_whole_of_it(tmp_path: Path) -> None:
    """Not a part, and not further down."""
    path = tmp_path / "a.html"
    for content, is_ours in ((b"mark and more", True), (b"mark", True), (b"mar", False), (b" mark", False)):
        path.write_bytes(content)
        assert starts_with(b"mark")(path) is is_ours


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with an athlete who said something, and a run."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete="r7", created=DAY))
    user_files().add_entries("r7", CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, pain=3))
    return home


@pytest.mark.parametrize("name", ["log.jsonl", "profile.json", "new.html", "../r8/new.jsonl"])
def test_nothing_is_written_among_what_is_kept_of_athletes(name: str, home: Home) -> None:
    """Not with --force, not through a link to the folder, and no folder of an athlete who is still to come."""
    link = home.root / "link"
    link.symlink_to(home.athlete("r7"))
    for folder in (home.athlete("r7"), link):
        with pytest.raises(UsageError, match="is for athletes' records only"):
            output_file(user_machine(), folder / name, "-o", may_replace=True).check_kept()


def test_the_log_of_an_athlete_and_the_journal_of_a_run_are_never_replaced(home: Home) -> None:
    """Wherever a copy lies; what a rehearsal wrote can be had again, and is replaced if somebody says so."""
    copy = home.root / "copy.jsonl"
    copy.write_bytes((home.athlete("r7") / "log.jsonl").read_bytes())
    for path, what in ((copy, "log of an athlete"), (keep_journal(home.root, "2026-03-02"), "journal of a run")):
        before = path.read_bytes()
        with pytest.raises(UsageError, match=f"this is the {what}, which is never replaced"):
            output_file(user_machine(), path, "-o", may_replace=True).write(b"x")
        assert path.read_bytes() == before
    rehearsed = keep_journal(home.root, "2026-03-03", rehearsal=True)
    output_file(user_machine(), rehearsed, "-o", may_replace=True).write(b"x")
    assert rehearsed.read_bytes() == b"x"
