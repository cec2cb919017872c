"""Weeks of one runner by the commands alone, each a process on a day of its own: what was asked every day, and why.

The runs are live ones of three seconds, with a pod on a bus of our own, since a simulation does not count. With `-s`
the table of the weeks is printed. `python -m bench.story_of_weeks` lives them with runs of six seconds, and every
command a program started anew.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from copied_commands import needs_copies
from radio_rig.bus import needs_bus
from weeks_rig import NAME, Told, Weeks, weeks_in

pytestmark = [needs_bus, needs_copies, pytest.mark.slow, pytest.mark.timeout(600)]  # lived in the first one

PROGRAMME = """programme: Weeks
about: Short runs of a made-up runner, with a stage without help in each.
allow: {SUMdose: the sessions are seconds long, fade: the same, week: the same}
works-on: cadence
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 4}
rules: {adherence: 34 %}
plans:
  short:
    plan: Short
    baseline: athlete
    tolerance: 1.5 %
    stages:
      - {name: Run, duration: RUN s, target: +5 %, takes: [target]}
      - {name: On your own, duration: ALONE s, target: +5 %, beat: off, feedback: none, takes: [target]}
  recall:
    plan: Recall
    baseline: athlete
    stages:
      - {name: Run, duration: ALONE s, target: +5 %, takes: [target]}
refresher: {plan: recall, target: +5 %}
days:
  - {session: First, plan: short, target: +5 %}
  - rest: 1 day
  - {session: Second, plan: short, target: +5 %}
  - rest: 1 day
  - {session: Third, plan: short, target: +7.5 %}
  - rest: 1 day
  - {session: Fourth, plan: short, target: +7.5 %}
  - rest: 1 day
  - {session: Fifth, plan: short, target: +7.5 %}
"""
OWN = "plan: Own\nstages:\n  - {name: Fast, duration: 3 s, target: 190 spm}\n"
CLEAN = ("checkin", "--after", "--pain", "0", "--soreness", "0")
BASELINE = ("baseline", "--speed", "10 km/h", "--minutes", "12", "--spm")


@dataclass
class Story:
    """What the weeks left behind.

    Attributes:
        asked: what came next, by a name of the moment
        told: what commands said, by the same
        headers: of journals, by the same
        table: of the weeks
        log: the athlete's, line by line
    """

    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    headers: dict[str, dict[str, Any]] = field(default_factory=dict)
    table: str = ""
    log: list[dict[str, Any]] = field(default_factory=list)

    def why(self, moment: str) -> dict[str, str]:
        """The rules that had a say, and what they said; the first one decided."""
        return {reason["rule"]: reason["text"] for reason in self.asked[moment]["reasons"]}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Story:
    """The weeks, lived once."""
    folder, is_long = tmp_path_factory.mktemp("weeks"), request.config.getoption("long")
    run_s, alone_s = (2, 4) if is_long else (1, 2)
    text = PROGRAMME.replace("RUN", f"{run_s}").replace("ALONE", f"{alone_s}")
    files = {"weeks": text.replace("SUM", ""), "sum": text.replace("SUM", "sum: the knee bears it, ")}
    for name, text in {**files, "own": OWN}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    lived = Story()

    async def live() -> None:
        async with weeks_in(folder / "home", is_fresh=is_long) as weeks:
            await first_week(weeks, lived, folder)
            await quicker_than_asked(weeks, lived)
            await new_shoes_and_baseline(weeks, lived, folder)
            await sore_and_back(weeks, lived, folder)
            lived.table, lived.log = weeks.table(), weeks.log()

    asyncio.run(live())
    print(f"\n{lived.table}")  # noqa: T201  # with -s
    return lived


async def first_week(weeks: Weeks, story: Story, folder: Path) -> None:
    """Two baseline runs around the start, a clean session, a day of rest, a key too many, and the slip put right."""
    await weeks.says("athlete", "new", NAME, "--shoes", "Blue")
    await weeks.says(*BASELINE, "160")
    story.told["start"] = await weeks.says("programme", "start", str(folder / "weeks.yaml"), "--athlete", NAME)
    story.asked["start"] = await weeks.comes(0, "one baseline run of 160 spm; programme start")
    weeks.day = 1
    await weeks.says(*BASELINE, "162")
    story.told["begin"] = await weeks.run(168, "--shoes", "Blue")
    story.headers["begin"] = weeks.header()
    await weeks.says(*CLEAN)
    story.asked["rest"] = await weeks.comes(2, "baseline run of 162 spm; First run at 168 spm, no pain after it")
    story.told["rest"] = await weeks.run(168)
    story.asked["clean"] = await weeks.comes(3, "a run on the day of rest was refused")
    story.told["pain"] = await weeks.run(168, keys={"stage 1 of": "p10q"})
    story.asked["stopped"] = await weeks.comes(4, "Second begun; keys p 1 0: pain 10; ended at once")
    story.told["refused"] = await weeks.run(168)
    story.told["corrected"] = await weeks.says("checkin", "--correct", "last", "--pain", "1", "--because", "meant 1")
    story.asked["corrected"] = await weeks.comes(4, "the slip corrected: pain 1")


async def quicker_than_asked(weeks: Weeks, story: Story) -> None:
    """Unaided far above the limit, and nothing said of pain; then above the band and within the limit."""
    weeks.day = 5
    await weeks.run(178)
    story.asked["not asked"] = await weeks.comes(7, "Second run at 178 spm; nobody asked about pain")
    await weeks.says(*CLEAN, "--day", f"{weeks.date_of(5)}")
    story.asked["above the limit"] = await weeks.comes(7, "check-in for that day: no pain")
    await weeks.run(172)
    await weeks.says(*CLEAN)
    await weeks.comes(9, "Second run at 172 spm, no pain")
    await weeks.run(172)
    await weeks.says(*CLEAN)
    story.asked["learned more"] = await weeks.comes(11, "Second run at 172 spm once more, no pain")


async def new_shoes_and_baseline(weeks: Weeks, story: Story, folder: Path) -> None:
    """Other shoes and their refresher, a reassessment, and counting from it: held over the first, then not."""
    await weeks.run(174, "--shoes", "Red")
    await weeks.says(*CLEAN)
    story.asked["shoes"] = await weeks.comes(13, "Third run at 174 spm in new shoes, no pain")
    await weeks.run(168, "--shoes", "Red")
    await weeks.says(*CLEAN)
    weeks.day = 15
    await weeks.says(*BASELINE, "168")
    weeks.day = 16
    await weeks.says(*BASELINE, "170")
    story.asked["reassessed"] = await weeks.comes(16, "refresher; reassessed: 168 and 170 spm")
    story.told["reassessed"] = await weeks.run(174, "--shoes", "Red")
    story.headers["reassessed"] = weeks.header()
    await weeks.says(*CLEAN)
    weeks.day = 18
    anew = ("programme", "start", "--athlete", NAME, "--count-from-new", "--because", "lighter steps")
    story.told["anew"] = await weeks.says(*anew)
    story.asked["anew"] = await weeks.comes(18, "Fourth run at 174 spm; programme start --count-from-new")
    story.told["own"] = await weeks.run(176, str(folder / "own.yaml"))
    story.told["summed"] = await weeks.says(*anew[:2], str(folder / "sum.yaml"), *anew[2:])
    story.asked["summed"] = await weeks.comes(
        18, "a plan of their own at 190 spm; counted anew by a text that allows it"
    )
    await weeks.says(*anew[:2], str(folder / "weeks.yaml"), "--athlete", NAME, "--because", "the first text again")
    story.told["held"] = await weeks.run(176, "--shoes", "Red")
    story.headers["held"] = weeks.header()


async def sore_and_back(weeks: Weeks, story: Story, folder: Path) -> None:
    """Soreness before a run that does not take place, weeks without any, and a restart set by hand."""
    weeks.day = 20
    await weeks.says(*CLEAN, "--day", f"{weeks.date_of(18)}")
    await weeks.says("checkin", "--before", "--soreness", "4")
    story.asked["sore"] = await weeks.comes(20, "Fifth run at 176 spm; sore 4 before a run that did not take place")
    again = ("--from", "2", "--because", "back after a cold")
    await weeks.says("programme", "start", str(folder / "weeks.yaml"), "--athlete", NAME, *again)
    story.asked["by hand"] = await weeks.comes(20, "programme start --from 2, set by hand")
    await weeks.run(176, "--shoes", "Red")
    await weeks.says(*CLEAN)
    await weeks.says("checkin", "--before", "--soreness", "4", "--day", f"{weeks.date_of(21)}")
    weeks.day = 21
    story.asked["sore again"] = await weeks.comes(21, "Second run at 176 spm; sore 4 the day after")
    story.asked["long after"] = await weeks.comes(100, "nothing for eleven weeks")
    story.told["log"] = await weeks.says("programme", "log", "--athlete", NAME)
    story.told["history"] = await weeks.says("history", "list", "--athlete", NAME)


def test_the_first_day_begins_and_says_that_its_target_is_provisional(story: Story) -> None:
    """One baseline run: the verdict is begin, and 168 is provisional; from the second run on it is 169.1 of 161."""
    assert story.asked["start"]["verdict"] == "begin"
    assert story.asked["start"]["target_spm"] == 168.0
    assert "provisional" in story.told["start"].text
    assert story.told["begin"].status == 0
    assert "target 169" in story.told["begin"].text
    assert story.headers["begin"]["baseline_spm"] == 161.0


def test_rest_is_kept(story: Story) -> None:
    """On the day after a session nothing is run; the day after that the next one is asked for."""
    assert (story.asked["rest"]["verdict"], story.asked["rest"]["move"]) == ("rest", "advance")
    assert story.told["rest"].status == 1
    assert story.asked["clean"]["session"]["name"] == "Second"


def test_pain_10_by_key_is_logged_as_10_and_stops_the_programme(story: Story) -> None:
    """A 1 and a 0 in a session of less than a second: the entry has 10, the next day stops, and nothing is run."""
    pains = [line for line in story.log if line.get("what") == "check-in" and line["moment"] == "during"]
    assert [line["pain"] for line in pains] == [10, 1]
    assert "Slow the belt to a walk, then stop it." in story.told["pain"].text
    assert story.asked["stopped"]["verdict"] == "stop"
    assert story.asked["stopped"]["session"] is None
    assert story.told["refused"].status == 1


def test_a_slip_that_is_corrected_ends_its_stop(story: Story) -> None:
    """Pain 1 in the place of 10: the same session comes next, and the command says that the stop ended."""
    assert "this lifts the stop" in story.told["corrected"].text
    assert story.asked["corrected"]["session"]["name"] == "Second"


def test_pain_that_nobody_asked_about_holds(story: Story) -> None:
    """No check-in after the session: held until somebody asks, and told as not known."""
    assert next(iter(story.why("not asked"))) == "not asked"
    assert story.asked["not asked"]["verdict"] == "hold"


def test_above_the_limit_holds_and_says_so(story: Story) -> None:
    """178 spm unaided where 173 is the limit: held, with the direction and the number."""
    assert story.asked["above the limit"]["verdict"] == "hold"
    assert "178 spm, and 173 spm is the limit: ease off" in story.why("above the limit")["probe"]


def test_quicker_than_asked_within_the_limit_goes_up(story: Story) -> None:
    """172 spm unaided twice where 169 is asked and 173 the limit: the next rung, and the reason."""
    assert story.asked["learned more"]["verdict"] == "advance"
    assert story.asked["learned more"]["session"]["name"] == "Third"
    assert "more was learned than was asked" in story.why("learned more")["clean"]


def test_new_shoes_bring_a_refresher_and_the_old_ones_are_known(story: Story) -> None:
    """Shoes that the profile named at the start are not new, those of the second week are; the log says refresher."""
    assert story.asked["clean"]["verdict"] == "advance"  # after a run in the shoes of the profile
    assert story.asked["shoes"]["verdict"] == "refresher"
    assert story.why("shoes")["new shoes"].endswith(": Red")
    assert "ran a refresher" in story.told["log"].text


def test_a_reassessment_does_not_move_the_target(story: Story) -> None:
    """169 measured, and 7.5 % over 161 is asked for still: 173.1, and 161 in the journal's header."""
    assert story.asked["reassessed"]["baseline"]["cadence_spm"] == 169.0
    assert story.asked["reassessed"]["target_spm"] == 173.1
    assert "target 173" in story.told["reassessed"].text
    assert story.headers["reassessed"]["baseline_spm"] == 161.0


def test_counting_from_new_is_told_and_held_over_the_first(story: Story) -> None:
    """+12.8 % over the first is told, 177.1 is asked for, in the answer, in the run, and in a plan of their own."""
    assert "+7.5 % is 181.7 spm, +12.8 % over the first baseline of 161.0" in story.told["anew"].text
    assert story.asked["anew"]["target_spm"] == 177.1
    assert "target 177" in story.told["held"].text
    assert story.headers["held"]["baseline_spm"] == 169.0
    assert "lowered to 177.1 spm" in story.told["own"].text
    assert "target 177" in story.told["own"].text


def test_with_a_reason_the_sum_may_be_more(story: Story) -> None:
    """A text that allows the sum asks for 181.7; the log says when it was counted from new."""
    assert story.asked["summed"]["target_spm"] == 181.7
    assert story.told["log"].text.count("counts from the newest complete baseline") == 2


def test_what_is_set_by_hand_counts_and_not_an_old_soreness(story: Story) -> None:
    """Sore 4 steps back that day; the restart by hand begins where it was set, as nothing said before it decides."""
    assert story.asked["sore"]["move"] == "step back"
    assert story.asked["by hand"]["move"] == "begin"
    assert story.asked["by hand"]["session"]["name"] == "Second"
    assert "sore before" not in story.why("by hand")


def test_a_soreness_of_eleven_weeks_ago_decides_nothing(story: Story) -> None:
    """Sore 4 steps back the day it is said; in June no rule speaks of it."""
    assert story.asked["sore again"]["move"] == "step back"
    assert "sore" not in " ".join(story.why("long after").values())


def test_every_session_stands_in_the_history(story: Story) -> None:
    """Eleven runs, the shortest too, and one of them stopped."""
    rows = [line for line in story.told["history"].text.splitlines() if NAME in line]
    assert len(rows) == 11
    assert sum("stopped" in row for row in rows) == 1


def test_every_day_says_why(story: Story) -> None:
    """No row of the table is without a reason."""
    assert all(asked["reasons"] for asked in story.asked.values())
    assert story.table.count("\n") > len(story.asked)
