"""Weeks of one runner on two computers of a clinic, whose database is away from the fourth day on.

In short it is away for three days, with `--long` for five. Each command is a process on a day of its own. The runs are
live ones of three seconds, with a pod on a bus of our own.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from copied_commands import needs_copies
from gone_database import come_back, go_away
from postgres_server import PostgresServer
from radio_rig.bus import needs_bus
from sql_stores import LEAD, PRODUCT, new_database, password_of
from weeks_rig import FIRST_DAY, NAME, Told, Weeks, weeks_in

from cadencecoach.record.entries import CheckIn, Entry, SessionRun
from cadencecoach.store.sql_store import SqlStore

pytestmark = [needs_bus, needs_copies, pytest.mark.slow, pytest.mark.timeout(900)]  # lived in the first one
AWAY = {False: range(3, 6), True: range(3, 8)}  # in short, and with `--long`
RUN_ON, STOP_ON, BROKEN_ON = 3, 4, 5
PROGRAMME = """programme: Weeks
about: Short runs of a made-up runner, with a stage without help in each.
allow: {dose: the sessions are seconds long, fade: the same, week: the same}
works-on: cadence
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 7}
rules: {adherence: 34 %}
plans:
  short:
    plan: Short
    baseline: athlete
    tolerance: 1.5 %
    stages:
      - {name: Run, duration: 1 s, target: +5 %, takes: [target]}
      - {name: On your own, duration: 2 s, target: +5 %, beat: off, feedback: none, takes: [target]}
days:
  - {session: First, plan: short, target: +5 %}
  - {session: Second, plan: short, target: +5 %}
  - {session: Third, plan: short, target: +7.5 %}
  - {session: Fourth, plan: short, target: +7.5 %}
"""
PLAN_SPM = 168
BEFORE = ("checkin", "--before", "--pain", "0", "--soreness", "0")
AFTER = ("checkin", "--after", "--pain", "0", "--soreness", "0")


@dataclass
class Story:
    """What the weeks left behind.

    Attributes:
        away: the days on which the database does not answer
        asked: what came next on a computer (`a`, `b`) on a day
        unasked: what a run said there that nobody was asked before
        told: what other commands said, by a name of the moment
        log: the runner's, as the database has it in the end
        journals: the ids of those it has
    """

    away: range
    asked: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    unasked: dict[tuple[str, int], Told] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    log: tuple[Entry, ...] = ()
    journals: tuple[str, ...] = ()

    def rules(self, computer: str, day: int) -> list[str]:
        """The rules that had a say; the first one decided."""
        return [reason["rule"] for reason in self.asked[computer, day]["reasons"]]


async def look(story: Story, computers: dict[str, Weeks], day: int) -> None:
    """On each computer: what comes next, and a run that nobody was asked before."""
    for name, one in computers.items():
        one.day = day
        story.asked[name, day] = (await one.says("programme", "next", "--athlete", NAME, "--json")).json
        if day in story.away:
            story.unasked[name, day] = await one.run(PLAN_SPM)


async def live(story: Story, computers: dict[str, Weeks], clinic: tuple[PostgresServer, str], programme: Path) -> None:
    """The weeks."""
    a, b = computers.values()
    await a.says("athlete", "new", NAME)
    for spm in ("160", "160.5"):
        await a.says("baseline", "--speed", "10 km/h", "--minutes", "12", "--spm", spm)
    await a.says("programme", "start", str(programme), "--athlete", NAME)
    await look(story, computers, 0)
    a.day = 1
    story.told["first"] = await a.run(PLAN_SPM)
    await a.says(*AFTER)
    await look(story, computers, 2)
    go_away(*clinic)
    for day in story.away:
        await look(story, computers, day)
        if day == RUN_ON:
            for name, one in computers.items():
                await one.says(*BEFORE)
                story.told[f"run {name}"] = await one.run(PLAN_SPM)
                await one.says(*AFTER)
        if day == STOP_ON:
            await stop_and_try(story, b)
        if day == BROKEN_ON:
            await break_off_and_go_on(story, a)
    come_back(*clinic)
    for name, one in computers.items():
        one.day = story.away.stop
        story.told[f"over {name}"] = await one.says("store", "hand-over")
    await look(story, computers, story.away.stop)
    story.told["ended"] = await a.says("programme", "end-stop", "--athlete", NAME, "--because", "seen, and well")
    await look(story, computers, story.away.stop + 1)


async def stop_and_try(story: Story, one: Weeks) -> None:
    """A sign to stop, and every way around it."""
    await one.says("checkin", "--after", "--pain", "0", "--flag", "acute-calf")
    await one.says(*BEFORE)
    story.told["after a stop"] = await one.run(PLAN_SPM)
    story.told["end offline"] = await one.command("programme", "end-stop", "--athlete", NAME, "--because", "well")


async def break_off_and_go_on(story: Story, one: Weeks) -> None:
    """A run that is ended early, and goes on a minute later."""
    await one.says(*BEFORE)
    story.told["broken"] = await one.run(PLAN_SPM, keys={"stage 1 of": "qq"})
    one.pod.strides = PLAN_SPM // 2
    story.told["went on"] = await one.command("run", "--resume", "--feet", "ble", "--sound", "none")
    one.pod.strides = None
    await one.says(*AFTER)


@pytest.fixture(scope="module")
def story(postgresql: PostgresServer, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Story:
    """The weeks, lived once."""
    folder, lived = tmp_path_factory.mktemp("weeks"), Story(AWAY[pytestconfig.getoption("long")])
    programme = folder / "weeks.yaml"
    programme.write_text(PROGRAMME, encoding="utf-8")
    with new_database(postgresql) as store:
        name = str(store.database.address.url.database)
        variables = {
            "CADENCECOACH_STORE": postgresql.address(name, PRODUCT),
            "CADENCECOACH_STORE_PASSWORD_FILE": str(password_of(postgresql)),
            "CADENCECOACH_STORE_PERSON": LEAD,
        }

        async def whole() -> None:
            async with weeks_in(folder / "a", is_fresh=False) as a:
                a.store = variables
                b = a.beside(folder / "b")
                await live(lived, {"a": a, "b": b}, (postgresql, name), programme)

        asyncio.run(whole())
        lived.log, lived.journals = store.log_of(NAME).every, tuple(store.journals_of(NAME))
        assert_nothing_is_torn(store)
    return lived


def day_of(number: int) -> date:
    """A day of the story by the calendar."""
    return FIRST_DAY + timedelta(days=number)


def assert_nothing_is_torn(store: SqlStore) -> None:
    """Each journal is as it was put in."""
    assert list(store.changed_journals()) == []


def test_each_day_both_computers_hold_and_say_of_when_their_view_is(story: Story) -> None:
    """No level up on any of these days, whatever was run; the day that is told is the last on which it answered."""
    assert story.asked["a", 2]["session"]["name"] == "Second"
    seen = FIRST_DAY + timedelta(days=2)
    for day in story.away:
        for name in ("a", "b"):
            asked = story.asked[name, day]
            wanted = "stop" if name == "b" and day > STOP_ON else "hold"
            assert asked["verdict"] == wanted, (name, day, asked)
            assert "out of date" in story.rules(name, day) or wanted == "stop", (name, day, asked)
            if wanted == "hold":
                assert asked["session"]["name"] == "First", (name, day, asked)
                assert f"is of {seen}" in story.unasked[name, day].text, (name, day, story.unasked[name, day])


def test_before_every_run_pain_is_asked(story: Story) -> None:
    """On each day that it is away, on each computer, a run that nobody was asked before is refused."""
    for (name, day), told in story.unasked.items():
        assert told.status == 1, (name, day, told)
        stands = name == "b" and day > STOP_ON
        assert stands or "Then pain and signs to stop are asked before each run" in told.text, (name, day, told)
    assert [story.told[f"run {name}"].status for name in ("a", "b")] == [0, 0]


def test_a_run_that_was_ended_early_goes_on_there(story: Story) -> None:
    """`run --resume` finds it on this computer, after an answer about pain; it is one run in the log."""
    assert story.told["went on"].status == 0, story.told["went on"]
    assert "database does not answer" in story.told["went on"].text
    last = [entry.session for entry in story.log if isinstance(entry, SessionRun) and entry.day == day_of(BROKEN_ON)]
    assert len(last) == 1


def test_nobody_returns_from_a_stop_there(story: Story) -> None:
    """Not by another answer, nor by ending the stop by hand; what was written holds when the database is back."""
    assert story.told["after a stop"].status == 1
    assert story.told["end offline"].status == 2
    assert "cannot be reached" in story.told["end offline"].text
    assert [story.asked[name, story.away.stop]["verdict"] for name in ("a", "b")] == ["stop", "stop"]


def test_the_log_is_joined_and_nothing_counts_twice(story: Story) -> None:
    """Both runs on one level are there once, with their journals; the ladder goes up by one level, not by two."""
    runs = [entry for entry in story.log if isinstance(entry, SessionRun)]
    assert Counter(entry.session for entry in runs) == Counter(story.journals)
    assert sorted((entry.day - FIRST_DAY).days for entry in runs) == [1, RUN_ON, RUN_ON, BROKEN_ON]
    said = [entry.id for entry in story.log if isinstance(entry, CheckIn)]
    assert len(set(said)) == len(said)
    for name in ("a", "b"):
        assert story.told[f"over {name}"].text.strip() == "everything is in the database"
    assert story.asked["a", story.away.stop + 1] == story.asked["b", story.away.stop + 1]
    assert story.asked["a", story.away.stop + 1]["session"]["name"] == "Second", story.asked["a", story.away.stop + 1]
