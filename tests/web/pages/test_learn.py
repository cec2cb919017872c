"""The six texts as pages: all of each, and no dead end."""

from pathlib import Path

import pytest
from athlete_home import Home
from markupsafe import escape
from page_visits import Pages

from cadencecoach.plan.lesson_texts import LessonTexts
from cadencecoach.store.user_store import user_files
from cadencecoach.view.lessons import LESSONS


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """A machine on which nothing is kept."""
    Home(tmp_path).move_in(monkeypatch)
    return Pages(user_files())


def test_the_contents_name_each(pages: Pages) -> None:
    """By its title, with the way to it."""
    text = pages.ask("GET", "/learn").text
    assert [name for name in LESSONS if f'href="/learn/{name}"' not in text] == []


@pytest.mark.parametrize("name", LESSONS)
def test_a_text_is_whole(pages: Pages, name: str) -> None:
    """Title, paragraphs and sources; then the way to another."""
    shown = pages.ask("GET", f"/learn/{name}")
    wanted = (*LESSONS[name].rows(LessonTexts()), *LESSONS[name].sources)
    assert shown.status == 200
    assert [one for one in wanted if str(escape(one)) not in shown.text] == []


def test_a_text_there_is_none_of_leads_to_the_contents(pages: Pages) -> None:
    """Whatever the address says."""
    shown = pages.ask("GET", "/learn/nothing")
    assert (shown.status, shown.headers["location"]) == (303, "/learn")
