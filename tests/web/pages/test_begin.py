"""The first time on a page: the questions of the table, one a screen, and an ending on every path."""

from pathlib import Path

import pytest
from athlete_home import Home
from markupsafe import escape
from page_visits import Pages

from cadencecoach.desk.begin.steps import ENDINGS, STEPS, Ending, Step, follow
from cadencecoach.plan.begin_texts import ENGLISH_BEGIN
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.user_store import user_files
from cadencecoach.web.choices import plan_choices
from cadencecoach.web.pages.begin import MAX_KEYS, start_of
from cadencecoach.web.rows import Role

PATHS = {
    Ending.SEE_SOMEBODY: "nny",
    Ending.OWN_CADENCE: "nnn32y",
    Ending.WALK_RUN: "nnm",
    Ending.METRONOME: "nnn12n",
}


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """A machine on which nothing is kept."""
    Home(tmp_path).move_in(monkeypatch)
    return Pages(user_files())


def test_each_answer_leads_to_the_next_question_of_the_table(pages: Pages) -> None:
    """With its answers, and back from all but the first; nothing is kept of it."""
    keys = PATHS[Ending.OWN_CADENCE]
    for n in range(len(keys)):
        shown = pages.ask("POST", "/begin", {"keys": keys[:n]})
        at = follow(keys[:n]).at
        assert isinstance(at, Step)
        asks, mark, _ = STEPS[at].row(ENGLISH_BEGIN).partition("?")
        assert shown.status == 200
        assert str(escape(asks + mark)) in shown.text
        assert [one.key for one in STEPS[at].choices if f'="{one.key}">' not in shown.text] == []
        assert ("data-back" in shown.text) is (n > 0)
    assert user_files().is_empty()


@pytest.mark.parametrize("keys", ["z", "ynn", "n" * (MAX_KEYS + 1), 3, None, ["n"]])
def test_answers_that_are_none_are_refused(pages: Pages, keys: object) -> None:
    """By the name of the field."""
    refused = pages.ask("POST", "/begin", {"keys": keys})
    assert (refused.status, refused.told["where"]) == (400, "keys")


def test_every_offer_of_the_table_can_be_started_on_the_page() -> None:
    """A plan of the list or the metronome, with the sensor that the command names; the rest is read or watched."""
    words = {one.words for told in ENDINGS.values() for one in told.offers if not one.words.startswith("learn ")}
    starts = {one: start_of(one) for one in words}
    assert {one["plan"] for one in starts.values() if "plan" in one} <= plan_choices(user_files().machine).keys()
    assert starts["metronome 165"] == {"metronome": {"spm": 165.0}, "feet": "none"}
    assert starts["run own-cadence --feet ble --athlete ATHLETE"] == {"plan": "own-cadence", "feet": "ble"}
    assert starts["run walk-run-start --athlete ATHLETE"] == {"plan": "walk-run-start", "feet": "auto"}


def test_a_name_makes_an_athlete_once(pages: Pages) -> None:
    """It may be asked again; what is no name is refused with what is allowed, and only the desk may."""
    made = pages.ask("POST", "/begin/name", {"name": "me"})
    assert made.told == {"athlete": "me"}
    assert made.headers["set-cookie"].startswith("cadencecoach-athlete=me;")
    assert pages.ask("POST", "/begin/name", {"name": "me"}).status == 200
    assert user_files().athlete_names() == ("me",)
    refused = pages.ask("POST", "/begin/name", {"name": "../me"})
    assert (refused.status, refused.told["where"]) == (400, "name")
    assert "1 to 40 letters" in refused.told["error"]
    assert pages.ask("POST", "/begin/name", {"name": "Me"}).status == 400
    assert pages.ask("POST", "/begin/name", {"name": "you"}, role=Role.RUNNER).status == 403
    assert user_files().athlete_names() == ("me",)


@pytest.mark.parametrize("ending", PATHS)
def test_every_ending_has_its_next_step(pages: Pages, ending: Ending) -> None:
    """What it means, what to read, and a Start where one may run; somebody who should see somebody gets none."""
    assert follow(PATHS[ending]).at is ending
    shown = pages.ask("POST", "/begin", {"keys": PATHS[ending]}).text
    told = ENDINGS[ending]
    for words in (told.title(ENGLISH_BEGIN), *told.paragraphs(ENGLISH_BEGIN, follow(PATHS[ending]).answers)):
        assert str(escape(words)) in shown
    assert ("first-session" in shown) is (ending is not Ending.SEE_SOMEBODY)
    assert ('name="name"' in shown) is (ending in {Ending.OWN_CADENCE, Ending.WALK_RUN})
    as_guest = pages.ask("POST", "/begin", {"keys": PATHS[ending]}, role=Role.RUNNER).text
    assert 'name="name"' not in as_guest


def test_a_command_for_a_terminal_stands_alone_to_be_copied(pages: Pages) -> None:
    """What says where it is typed is no part of it."""
    shown = pages.ask("POST", "/begin", {"keys": PATHS[Ending.OWN_CADENCE]}).text
    before, _, rest = shown.partition("<code>")
    assert before.endswith(ENGLISH_PAGE.in_terminal.partition("{command}")[0])
    assert rest.partition("</code>")[0].endswith("programme start field6wk --athlete me")
