"""What a reader sees: whoever only looks is shown nothing that would be refused."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from athlete_home import DAY, TINY, Home
from page_visits import Pages
from reached_rig import entry_in
from sessions_folder import journal_text

from cadencecoach.desk.athletes.messages import write_message
from cadencecoach.record.entries import CheckIn, Flag, Moment, To
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.programme_files import open_programme
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import Role
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site

AT, SESSION = "2026-03-02T07:00:00Z", "2026-03-02T080000Z"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What a reader may press: it looks, is heard here, or ends what the reader has begun. By id, or by what it carries.
LOOKS = {
    "filters", "rehearse", "cancel", "make", "hear", "tap", "examine", "drop", "test", "give-up", "listen", "sign-out",
    "stop-listening", "stop-all", "metronome",
    "data-close", "data-back", "data-key", "data-look", "data-demo", "data-by", "data-device",
}  # fmt: skip


class Pressable(HTMLParser):
    """The forms and buttons of a page, and each control that can be changed, outside of what is for writers."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it, unless it or something around it is for writers, or is a sheet that something else opens."""
        told = dict(attrs)
        is_within = bool(self._open and self._open[-1][1])
        is_hidden = is_within or tag == "dialog" or "writes" in (told.get("class") or "").split()
        if tag not in VOID:
            self._open.append((tag, is_hidden))
        if tag not in {"form", "button"} or is_hidden:
            return
        names = {told.get("id") or "", told.get("class") or "", *(name for name in told if name.startswith("data-"))}
        if not names & LOOKS and (told.get("type"), told.get("action")) == ("submit", None):
            return  # of a form, which is looked at itself
        if not names & LOOKS:
            self.found.append(f"{tag} {' '.join(f'{name}={value}' for name, value in attrs)}")

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        while self._open and self._open.pop()[0] != tag:
            pass


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """The pages of a machine where r7 has a programme, an alert, a message and a session that broke off."""
    Home(tmp_path).move_in(monkeypatch)
    store, today = user_files(), today_here()
    for athlete in ("r7", "r8"):
        make_athlete(store, Profile(athlete=athlete, created=DAY))
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY, encoding="utf-8")
    raw, programme = open_programme(path)
    begin(store, ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because=None, at=AT, day=today))
    write_message(store, "r7", To.RUNNER, "land softly")
    write_message(store, "r7", To.CLINICIAN, "I will")
    store.add_entries("r8", CheckIn(at=AT, day=today, moment=Moment.AFTER, flags=frozenset({Flag.LIMP})))
    assert store.add_journal(SESSION, io.BytesIO(journal_text(started=AT, athlete="r7").encode()))
    return Pages(store)


def paths_of_pages(tmp_path: Path) -> Iterator[str]:
    """Of every page, for each athlete."""
    for row in all_rows(Site(user_files(), entry_in(tmp_path))):
        if (
            row.method != "GET"
            or row.path.startswith(("/api/", "/pair"))
            or "{file}" in row.path
            or "{form}" in row.path
        ):
            continue
        path = row.path.replace("/sounds/{name}", "/sounds/click").replace("/learn/{name}", "/learn/pain")
        path = path.replace("{id}", SESSION if "sessions" in path else "plus-5-percent")
        for athlete in ("r7", "r8"):
            yield path.replace("{name}", athlete) + f"?athlete={athlete}"


@pytest.mark.slow
def test_nothing_that_would_be_refused_is_offered_to_a_reader(pages: Pages, tmp_path: Path) -> None:
    """On no page is there a form or a button for whoever writes, but hidden; and the page says why."""
    offered, n_told = [], 0
    for path in paths_of_pages(tmp_path):
        shown = pages.ask("GET", path, role=Role.READER)
        if not shown.text.lstrip().startswith("<!doctype html"):
            continue
        parser = Pressable()
        parser.feed(shown.text)
        offered += [(path, one) for one in parser.found]
        n_told += "and change nothing" in shown.text
    assert offered == []
    assert n_told > 15


def test_whoever_writes_is_told_nothing_of_it(pages: Pages) -> None:
    """The desk has no class that hides, and settings that can be changed; a reader has neither."""
    for role, is_reader in ((Role.DESK, False), (Role.READER, True)):
        shown = pages.ask("GET", "/settings", role=role).text
        body = shown.partition("<body")[2].partition(">")[0]
        is_fixed = re.search(r'data-was="[^>]* disabled>', shown) is not None
        assert (" reads" in body, is_fixed) == (is_reader, is_reader)
