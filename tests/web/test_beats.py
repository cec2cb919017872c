"""The limits of a clinician against a beat that a page asks for: on the page, as a start, as a file."""

from datetime import date
from pathlib import Path

import pytest
from athlete_home import AT, TINY, Home, opened
from page_visits import Pages

from cadencecoach.devices.clock import local_day
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.record.entries import BaselineTaken
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role

NAME = "r7"
TODAY = date.fromisoformat(local_day())
LIMIT = ENGLISH_PAGE.tempo_limit.format(spm=172)
MINUTES = ENGLISH_PAGE.length_limit.format(minutes=45)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with an athlete whose programme allows +7.5 % over 160 spm, and 45 minutes; nothing runs on it."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=TODAY))
    user_files().add_entries(NAME, BaselineTaken(at=AT, day=TODAY, cadence_spm=160.0))
    raw, programme = opened(TINY)
    order = ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because="a test", at=AT, day=TODAY)
    begin(user_files(), order)
    return home


@pytest.fixture
def pages(home: Home) -> Pages:  # noqa: ARG001  # the machine whose pages they are
    """Its pages."""
    return Pages(user_files())


@pytest.mark.parametrize("path", ["/metronome", "/"])
def test_the_page_goes_no_higher_and_says_so(pages: Pages, path: str) -> None:
    """For the athlete; a guest has every tempo."""
    own = pages.ask("GET", f"{path}?athlete={NAME}").shown
    guest = pages.ask("GET", f"{path}?athlete=").shown
    assert (LIMIT in own, MINUTES in own, 'max="172"' in own) == (True, True, True)
    assert (LIMIT in guest, MINUTES in guest, 'max="260"' in guest) == (False, False, True)


@pytest.mark.parametrize(
    ("metronome", "error", "where"),
    [
        ({"spm": 172.1}, LIMIT, "spm"),
        ({"spm": 160, "to": 173, "over_s": 60}, LIMIT, "spm"),
        ({"spm": 173, "to": 160, "over_s": 60}, LIMIT, "spm"),
        ({"spm": 172, "for_s": 45 * 60 + 1}, MINUTES, "for_s"),
    ],
)
@pytest.mark.parametrize("role", [Role.RUNNER, Role.DESK])
def test_no_request_gets_past_the_limit(
    pages: Pages, metronome: dict[str, float], error: str, where: str, role: Role
) -> None:
    """Neither a start nor a file, from the athlete's device nor at the desk."""
    whose = {"athlete": NAME} if role is Role.DESK else {}
    for path, told in (
        ("/api/sessions", {"id": "a", "sound": "none", "metronome": metronome}),
        ("/api/jobs", {"id": "a", "kind": "metronome", "metronome": {"for_s": 60, **metronome}}),
    ):
        refused = pages.ask("POST", path, told | whose, role=role, athlete=NAME if role is Role.RUNNER else None)
        assert (refused.status, refused.told) == (409, {"error": error, "where": where})


def test_a_device_asks_for_nobody_else(pages: Pages) -> None:
    """Naming a guest, or another athlete, lifts no limit; at the limit a file is begun."""
    told = {"id": "a", "kind": "metronome", "metronome": {"spm": 200, "for_s": 1}}
    other = pages.ask("POST", "/api/jobs", {**told, "athlete": "r8"}, role=Role.RUNNER, athlete=NAME)
    assert (other.status, other.told["where"]) == (403, "athlete")
    as_guest = pages.ask("POST", "/api/jobs", {**told, "athlete": None}, role=Role.RUNNER, athlete=NAME)
    assert (as_guest.status, as_guest.told["where"]) == (409, "spm")


def test_limits_that_cannot_be_read_allow_nothing(home: Home, pages: Pages) -> None:
    """Nobody knows them then."""
    (home.athlete(NAME) / "log.jsonl").write_text("{\n{\n", encoding="utf-8")
    told = {"id": "a", "kind": "metronome", "metronome": {"spm": 100, "for_s": 1}, "athlete": NAME}
    assert pages.ask("POST", "/api/jobs", told).told["where"] == "athlete"
    assert pages.ask("GET", f"/metronome?athlete={NAME}").status == 409
