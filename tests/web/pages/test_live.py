"""The live page before it moves: where its end leads to, by who looks on."""

import re
from datetime import date
from pathlib import Path

import pytest
from athlete_home import Home
from page_visits import Pages

from cadencecoach import web
from cadencecoach.coach.events import Key
from cadencecoach.coach.key_table import KEY_BY_NAME
from cadencecoach.devices.reach.place import new_name, publish
from cadencecoach.record.profile import Profile
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.units import STALE_AFTER_S
from cadencecoach.web.rows import Role

KEPT = "2026-03-02T070000Z"
CHECK_IN, REPORT, START = 'href="/checkin?moment=after&amp;athlete=r7"', f'href="/sessions/{KEPT}/report"', 'href="/"'


def test_every_key_has_its_button() -> None:
    """And every button a key; what was answered last is taken back by one of its own."""
    template = (Path(web.__file__).parent / "templates" / "live.html").read_text(encoding="utf-8")
    buttons = re.findall('data-key="([^"]*)"', template)
    assert {*buttons, Key.TAKE_BACK.value} == {key.value for key in KEY_BY_NAME.values()}
    assert 'id="undo"' in template


def test_what_the_page_shows_is_as_old_as_what_is_judged_at_most() -> None:
    """The script counts on by itself; its number is the one of everything else."""
    script = (Path(web.__file__).parent / "static" / "live.js").read_text(encoding="utf-8")
    assert re.findall(r"^const OLD_S = (.*);", script, re.MULTILINE) == ["3"]
    assert STALE_AFTER_S == 3.0


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine of its own, with an athlete; what runs on it is found in no other folder."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete="r7", created=date(2026, 3, 2)))
    home.sessions.mkdir(parents=True)
    return home


@pytest.mark.parametrize(
    ("athlete", "role", "device", "leads_to"),
    [
        ("r7", Role.DESK, None, {CHECK_IN, REPORT, START}),
        ("r7", Role.RUNNER, "r7", {CHECK_IN, REPORT, START}),
        ("", Role.DESK, None, {REPORT, START}),
        ("", Role.RUNNER, None, {START}),
        ("a label", Role.DESK, None, {REPORT, START}),
        ("r7", Role.SCREEN, None, set()),
    ],
)
def test_the_end_leads_on_by_who_looks(
    home: Home, athlete: str, role: Role, device: str | None, leads_to: set[str]
) -> None:
    """To the check-in where somebody answers it, to the report where it may be read; a screen stays a screen."""
    about = {
        "kind": "session",
        "athlete": athlete,
        "plan": "Easy",
        "device": "one",
        "journal": str(home.sessions / f"{KEPT}.jsonl"),
    }
    with publish(new_name(), port=1, token="t", about=about) as place:  # noqa: S106  # opens nothing
        shown = Pages(user_files()).ask("GET", f"/live/{place.name}", role=role, athlete=device, device="one").shown
    over = shown[shown.index('id="over"') :]
    assert {link for link in (CHECK_IN, REPORT, START) if link in over} == leads_to
    assert (f"/screen?after={place.name}" in over) is (role is Role.SCREEN)


@pytest.mark.parametrize("journal", ["", "/elsewhere/a.jsonl"])
def test_a_session_that_is_not_kept_here_has_no_report(home: Home, journal: str) -> None:  # noqa: ARG001  # the machine
    """Written nowhere, or to a file that somebody named."""
    about = {"kind": "session", "athlete": "", "plan": "Easy", "journal": journal}
    with publish(new_name(), port=1, token="t", about=about) as place:  # noqa: S106  # as above
        assert "/report" not in Pages(user_files()).ask("GET", f"/live/{place.name}").shown
