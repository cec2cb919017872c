"""Which sessions go on, and which do not: nothing past a stop, nothing twice, nothing that nobody can tell."""

import hashlib
import io
import json
import shutil
import time
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from athlete_home import AT, DAY, TINY, Home, opened
from broken_sessions import add_line, break_off
from memory_store import MemoryStore
from quiet_host import QuietHost

from cadencecoach.desk.athletes.forgetting import forget
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.checkin.questions import Question
from cadencecoach.desk.history.finishing import finish
from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.desk.today.breaks import find_broken_off, find_offered
from cadencecoach.desk.today.going_on import go_on, tell_body
from cadencecoach.desk.today.running import Conditions, Run, run_for
from cadencecoach.devices.clock import boot_mark, local_day
from cadencecoach.devices.lock import hold
from cadencecoach.devices.song_file import mark_of
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.live_session import run_session
from cadencecoach.live.opening.again import prepare_again, request_again
from cadencecoach.live.opening.kept import Kept
from cadencecoach.live.opening.request import Request
from cadencecoach.music.song import Song
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.entries import BaselineTaken, CheckIn, Flag, Moment, SessionRun
from cadencecoach.record.lines import PlanLine
from cadencecoach.record.pain import pains_before
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.loading import load_session, whole_lines_of
from cadencecoach.store.programme_files import open_programme
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.sensor_book import keep_chosen
from cadencecoach.store.song_book import KeptSong
from cadencecoach.store.user_store import user_files, user_machine

NAME, JOURNAL = "r7", "2026-03-02T070000Z.jsonl"
TODAY = date.fromisoformat(local_day())
PLAN = """plan: Own
baseline: 160 spm
stages:
  - {name: Run, duration: 0.08 s, target: +5 %}
  - {name: Easy, duration: 0.02 s, target: free}
"""


@dataclass
class Asked:
    """Somebody who answers each question in turn, and skips the rest."""

    answers: deque[str]
    hint: str = ""

    def ask(self, question: Question) -> str | None:  # noqa: ARG002  # the answers are in order
        """The next one."""
        return self.answers.popleft() if self.answers else ""

    def complain(self, problem: str) -> None:
        """It was none."""
        raise AssertionError(problem)


@dataclass
class AnsweringHost(QuietHost):
    """A host with a person before it."""

    answers: tuple[str, ...] = ()
    can_answer: bool = field(default=True)

    def asker(self, words: Phrasebook) -> Asked:  # noqa: ARG002  # it reads none of them
        """They answer."""
        return Asked(deque(self.answers))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine of its own."""
    return Home(tmp_path).move_in(monkeypatch)


@cache
def run_by_a_guest(text: str) -> bytes:
    """The journal of a whole session, which lasts as long as it says: run once for all that break it off."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        home = Home(Path(folder)).move_in(patch)
        plan, path = home.root / "own.yaml", home.sessions / JOURNAL
        plan.write_text(text, encoding="utf-8")
        request = Request(plan_name=str(plan), feet_text="none", sound_text="none", started=AT, day=DAY.isoformat())
        run_session(user_files(), request, QuietHost(), journal=path)
        return path.read_bytes()


def guests(
    home: Home,
    *,
    at_s: float = 0.04,
    ago_s: float = 60.0,
    text: str = PLAN,
    **how: Any,  # noqa: ANN401  # of `break_off`
) -> Path:
    """A session of somebody without a name that broke off; its plan file is gone since."""
    path = home.sessions / JOURNAL
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(run_by_a_guest(text))
    break_off(path, at_s=at_s, ago_s=ago_s, **how)
    return path


@cache
def run_by_an_athlete() -> TemporaryDirectory[str]:
    """A machine on which an athlete has run the session of a programme, and the log does not know of it."""
    folder = TemporaryDirectory()
    with pytest.MonkeyPatch.context() as patch:
        home = Home(Path(folder.name)).move_in(patch)
        make_athlete(user_files(), Profile(athlete=NAME, created=DAY, shoes=("Blue",)))
        text = home.root / "tiny.yaml"
        text.write_text(TINY, encoding="utf-8")
        raw, programme = opened(TINY)
        order = ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=TODAY)
        begin(user_files(), order)
        user_files().add_entries(NAME, BaselineTaken(at=AT, day=TODAY, cadence_spm=160.0, duration_s=720.0))
        request = Request(
            plan_name="", feet_text="none", sound_text="none", athlete=NAME, started=AT, day=TODAY.isoformat()
        )
        conditions = Conditions(shoes="Blue")
        run = Run(athlete=NAME, request=request, journal=home.sessions / JOURNAL, day=TODAY, conditions=conditions)
        run_for(user_files(), run, QuietHost())
        log = home.athlete(NAME) / "log.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines()
        left = [line for line in lines if json.loads(line).get("what") not in {"session", "decided"}]
        assert len(left) == len(lines) - 2
        log.write_text("".join(f"{line}\n" for line in left), encoding="utf-8")
    return folder


def before_run() -> CheckIn:
    """A check-in before a run, with no answer in it."""
    return CheckIn(at=AT, day=TODAY, moment=Moment.BEFORE)


def athletes(home: Home, *, ago_s: float = 60.0) -> Path:
    """A session of a programme that broke off."""
    shutil.copytree(run_by_an_athlete().name, home.root, dirs_exist_ok=True)
    path = home.sessions / JOURNAL
    break_off(path, at_s=0.1, ago_s=ago_s)
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The journal."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_it_goes_on_by_the_plan_it_keeps(home: Home) -> None:
    """The plan file is gone; the stage goes on where it was, to its end, in the one journal, with the gap in it."""
    path = guests(home)
    _, outcome = go_on(user_files(), path, QuietHost())
    assert [one.name for one in home.sessions.iterdir()] == [path.name]
    (gap,) = (line for line in lines_of(path) if line.get("what") == "gap")
    assert (gap["t"], gap["reason"]) == (0.04, "broke off")
    assert 55.0 < gap["gap_s"] < 120.0
    assert outcome.summary.session.duration_s == pytest.approx(0.1, abs=0.03)
    assert [part.name for part in outcome.summary.stages] == ["Run", "Easy"]
    assert outcome.summary.end_reason.value == "finished"
    assert [line["target_spm"] for line in lines_of(path) if line.get("what") == "stage"] == [168.0, 168.0, None]


@pytest.mark.slow
@pytest.mark.parametrize(("chosen", "feet"), [("phone:127.0.0.1:9", "phone:127.0.0.1:9"), ("taps", "none")])
def test_a_phone_that_was_asked_is_asked_again(home: Home, chosen: str, feet: str) -> None:
    """At the address that was typed last, which no journal keeps; another source stays what it was."""
    path = guests(home)
    if feet != "none":
        path.write_text(path.read_text(encoding="utf-8").replace('"feet": "none"', '"feet": "phone"'), encoding="utf-8")
        assert '"feet": "phone"' in path.read_text(encoding="utf-8")
    keep_chosen(user_files().machine.sensors_file, chosen)
    run, _ = go_on(user_files(), path, QuietHost())
    assert run.request.feet_text == feet


@pytest.mark.parametrize("at_s", [0.0399, 0.04, 0.0401])
def test_a_session_that_broke_off_as_a_stage_began_goes_on_in_it(home: Home, at_s: float) -> None:
    """The beginning of the stage may be the last that its journal tells, or not be told any more."""
    path = guests(home, at_s=at_s, text=PLAN.replace("0.08 s", "0.04 s").replace("0.02 s", "0.2 s"))
    _, outcome = go_on(user_files(), path, QuietHost())
    assert [part.name for part in outcome.summary.stages] == ["Run", "Easy"]
    assert outcome.summary.session.duration_s == pytest.approx(0.24, abs=0.03)


def test_a_plan_that_was_changed_changes_nothing(home: Home) -> None:
    """A file of the old name with another target."""
    path = guests(home)
    (home.root / "own.yaml").write_text(PLAN.replace("+5 %", "+9 %"), encoding="utf-8")
    go_on(user_files(), path, QuietHost())
    assert {line["target_spm"] for line in lines_of(path) if line.get("what") == "stage"} == {168.0, None}


def test_the_session_of_a_programme_is_in_the_log_once(home: Home) -> None:
    """As the item it was, with the shoes it was begun in; going on again after that is refused: it is finished."""
    path = athletes(home)
    go_on(user_files(), path, QuietHost())
    (run,) = (entry for entry in user_files().log_of(NAME).entries if isinstance(entry, SessionRun))
    assert (run.session, run.item, run.shoes) == (path.stem, 0, "Blue")
    with pytest.raises(UsageError, match="nothing is left to run"):
        go_on(user_files(), path, QuietHost())


def test_the_text_of_a_programme_is_kept_with_its_session(home: Home) -> None:
    """Word for word: it is what the hash in the header is of."""
    path = athletes(home)
    (line,) = (line for line in lines_of(path) if line.get("what") == "plan")
    text = user_files().programme_text(NAME)
    assert text is not None
    assert line["text"] == text.raw.decode()
    assert hashlib.sha256(line["text"].encode()).hexdigest() == lines_of(path)[0]["plan"]["sha256"]


@pytest.mark.parametrize(
    ("n_stages", "n_remark_bytes", "keeps"),
    [
        (10, 0, (True, True)),
        (10, 990_000, (False, True)),
        pytest.param(1000, 0, (False, False), marks=pytest.mark.slow),
    ],
)
def test_a_plan_too_long_to_keep_costs_no_journal(
    home: Home, n_stages: int, n_remark_bytes: int, keeps: tuple[bool, bool]
) -> None:
    """A line that no reader takes would cost the whole session: its text goes first, then the line."""
    plan = home.root / "long.yaml"
    stage = "  - {{name: Stage {0}, duration: 60 s, target: +1 %, feedback: {{dwell: {1:.3f} s}}}}\n"
    stages = "".join(stage.format(n, 3 + n / 1000) for n in range(n_stages))
    plan.write_text(f"plan: Long\nbaseline: 160 spm\nstages:\n{stages}#{'x' * n_remark_bytes}\n", encoding="utf-8")
    path = home.sessions / "2026-03-02T070000Z.jsonl"
    request = Request(plan_name=str(plan), feet_text="none", sound_text="none", started=AT, day=DAY.isoformat())
    run_session(user_files(), request, QuietHost(pressed=("q", "q")), journal=path)
    found = [line for line in load_session(path).journal.lines if isinstance(line, PlanLine)]
    assert ([bool(line.text) for line in found], bool(found)) == ([keeps[0]] * keeps[1], keeps[1])
    break_off(path, at_s=0.0, ago_s=60.0)
    if not keeps[1]:
        with pytest.raises(UsageError, match="there is no plan in its journal"):
            find_broken_off(user_files(), path)
    else:
        assert find_broken_off(user_files(), path).kept.plan.name == "Long"


def test_a_programme_that_has_moved_on_or_changed_is_not_asked(home: Home) -> None:
    """Targets are those of the session, not of a text that was put in force since."""
    path = athletes(home)
    text = home.root / "tiny.yaml"
    changed = TINY.replace("+7.5 %", "+2.5 %").replace("limits: {target: +2.5 %", "limits: {target: +7.5 %")
    text.write_text(changed, encoding="utf-8")
    raw, programme = open_programme(text)
    order = ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because="another", at=AT, day=TODAY)
    begin(user_files(), order)
    go_on(user_files(), path, QuietHost())
    assert {line["target_spm"] for line in lines_of(path) if line.get("what") == "stage"} == {172.0}


@pytest.mark.parametrize(("hours", "may"), [(11.99, True), (12.01, False)])
def test_it_is_offered_for_twelve_hours(home: Home, hours: float, may: bool) -> None:  # noqa: FBT001
    """Later it can only be finished and saved, and the message says how."""
    path = guests(home, ago_s=hours * 3600)
    store = user_files()
    assert (find_offered(store, home.sessions, frozenset({None})) is not None) is may
    if not may:
        with pytest.raises(UsageError, match=r"more than 12 h ago .* history finish 2026-03-02T070000Z"):
            find_broken_off(store, path)


def test_a_break_that_nobody_can_measure_is_none_to_go_on_after(home: Home) -> None:
    """The wall clock was set back, and the computer was started anew: it may be minutes, and it may be days."""
    path = guests(home, ago_s=-3600.0)
    with pytest.raises(UsageError, match="how long ago it broke off is unknown"):
        go_on(user_files(), path, QuietHost())


@pytest.mark.skipif(boot_mark() is None, reason="this system has no clock that two programs can compare")
def test_a_wall_clock_that_was_set_decides_nothing(home: Home) -> None:
    """A day on by the wall clock, a minute by the computer's own."""
    path = guests(home, ago_s=86_400.0, clock=boot_mark(60.04))
    assert find_broken_off(user_files(), path).gap_s == pytest.approx(60.0, abs=30.0)


@pytest.mark.parametrize(("level", "may"), [(4, True), (5, True), (6, False), (10, False)])
def test_nothing_goes_on_past_pain_above_five(home: Home, level: int, may: bool) -> None:  # noqa: FBT001
    """Said by key in the session; what was taken back is no pain."""
    path = guests(home)
    add_line(path, t=0.04, what="note", about="pain", text=f"pain {level} of 10", level=level)
    if may:
        go_on(user_files(), path, QuietHost())
        return
    before = path.read_bytes()
    with pytest.raises(UsageError, match=f"stopped for pain .*pain {level} of 10"):
        go_on(user_files(), path, AnsweringHost(answers=("0",)))
    assert path.read_bytes() == before
    assert find_offered(user_files(), home.sessions, frozenset({None})) is None
    add_line(path, t=0.04, what="note", about="pain", text="taken back", answer="taken back")
    go_on(user_files(), path, QuietHost())


def test_nothing_goes_on_past_pain_in_the_journal_beside_it(home: Home) -> None:
    """Of a guest too, whose session went on at another place: only that one knows of the pain."""
    path = guests(home)
    other = path.read_text(encoding="utf-8") + json.dumps(
        {"t": 0.05, "what": "note", "about": "pain", "text": "pain 6 of 10", "level": 6}
    )
    user_files().keep_journal(path.stem, io.BytesIO(f"{other}\n".encode()))
    with pytest.raises(UsageError, match="pain 6"):
        find_broken_off(user_files(), path)


def test_nothing_goes_on_past_something_wrong(home: Home) -> None:
    """What is on no scale."""
    path = guests(home)
    add_line(path, t=0.04, what="note", about="pain", text="something is wrong", answer="unwell")
    with pytest.raises(UsageError, match="something was wrong"):
        go_on(user_files(), path, QuietHost())


def test_a_pain_that_was_not_rated_needs_somebody_who_says_how_it_is(home: Home) -> None:
    """Not rated is not 0: alone it does not go on, with an answer it does, and skipping is none."""
    path = guests(home)
    add_line(path, t=0.04, what="note", about="pain", text="pain key pressed")
    for host in (QuietHost(), AnsweringHost()):
        with pytest.raises(UsageError, match="never rated"):
            go_on(user_files(), path, host)
    _, outcome = go_on(user_files(), path, AnsweringHost(answers=("2",)))
    assert outcome.summary.end_reason.value == "finished"


SAID = {
    "pain after the session": {"moment": Moment.AFTER, "pain": 6},
    "pain the next morning": {"moment": Moment.MORNING, "pain": 7},
    "soreness": {"moment": Moment.MORNING, "soreness": 6},
    "a sign to stop": {"moment": Moment.AFTER, "flags": frozenset({Flag.LIMP})},
    "something wrong": {"moment": Moment.DURING, "flags": frozenset({Flag.UNWELL})},
}


@pytest.mark.parametrize("what", SAID)
def test_nothing_goes_on_past_what_the_log_says_since(home: Home, what: str) -> None:
    """Whenever it was said, with the session's name or without; and no byte of the journal is changed."""
    path = athletes(home)
    before = path.read_bytes()
    user_files().add_entries(NAME, CheckIn(at=AT, day=TODAY, **SAID[what]))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"cannot be resumed|is not resumed"):
        go_on(user_files(), path, QuietHost())
    assert path.read_bytes() == before


@pytest.mark.parametrize("said", [{"pain": 5}, {"soreness": 5}, {"readiness": 1}])
def test_what_is_borne_is_no_stop(home: Home, said: dict[str, int]) -> None:
    """At the limit it goes on."""
    path = athletes(home)
    user_files().add_entries(NAME, CheckIn(at=AT, day=TODAY, moment=Moment.AFTER, **said))  # type: ignore[arg-type]
    go_on(user_files(), path, QuietHost())


@pytest.mark.parametrize("level", [6, 10])
def test_what_is_said_now_stops_it_for_good(home: Home, level: int) -> None:
    """Of a guest: it stands in the journal, which is finished with it; the next try is refused without a question."""
    path = guests(home)
    with pytest.raises(UsageError, match="is not resumed; what was recorded of it is saved"):
        go_on(user_files(), path, AnsweringHost(answers=(str(level),)))
    recorded = user_files().load_session(str(path))
    assert (recorded.summary.highest_pain, recorded.summary.is_ended) == (None, True)  # none in the run
    assert [one.level for one in pains_before(recorded.journal.lines)] == [level]
    with pytest.raises(UsageError, match="stopped for pain"):
        go_on(user_files(), path, AnsweringHost(answers=("0",)))


@pytest.mark.parametrize(("level", "may"), [(5, True), (6, False), (10, False)])
def test_soreness_said_now_stops_it_for_good(home: Home, level: int, may: bool) -> None:  # noqa: FBT001
    """Of a guest as of an athlete: it stands in the journal, and no milder answer takes it back."""
    path, answers = guests(home), ("0", str(level))
    if may:
        _, outcome = go_on(user_files(), path, AnsweringHost(answers=answers))
        assert outcome.summary.end_reason.value == "finished"
        return
    host = AnsweringHost(answers=answers)
    with pytest.raises(UsageError, match="is not resumed; what was recorded of it is saved"):
        go_on(user_files(), path, host)
    assert f"Soreness {level} of 10, above 5: no run now." in host.told
    recorded = user_files().load_session(str(path))
    assert (recorded.summary.is_ended, recorded.summary.highest_pain, recorded.summary.pains) == (True, None, ())
    for again in (AnsweringHost(answers=("0", "0")), QuietHost()):
        with pytest.raises(UsageError, match=f"soreness {level} of 10, above 5"):
            go_on(user_files(), path, again)


def test_soreness_of_an_athlete_said_now_stands_in_the_log(home: Home) -> None:
    """And in the journal, which is finished with it."""
    path = athletes(home)
    with pytest.raises(UsageError, match="what was recorded of it is saved"):
        go_on(user_files(), path, AnsweringHost(answers=("0", "7")))
    assert 7 in [entry.soreness for entry in user_files().log_of(NAME).entries if isinstance(entry, CheckIn)]
    assert user_files().load_session(str(path)).summary.is_ended
    with pytest.raises(UsageError, match="soreness 7 of 10"):
        go_on(user_files(), path, AnsweringHost(answers=("0", "0")))


def test_a_session_of_a_forgotten_athlete_does_not_go_on(home: Home) -> None:
    """Not as a guest's either: what was said of pain went with the log. It can be finished, wherever it lies."""
    path = athletes(home)
    elsewhere = home.root / "my runs" / path.name
    elsewhere.parent.mkdir()
    shutil.copy(path, elsewhere)
    forget(user_files(), NAME)
    before = elsewhere.read_bytes()
    for host in (QuietHost(), AnsweringHost(answers=("0", "0"))):
        with pytest.raises(UsageError, match=f"{NAME} is no longer kept here.* history finish '{elsewhere}'"):
            go_on(user_files(), elsewhere, host)
    assert elsewhere.read_bytes() == before
    assert find_offered(user_files(), elsewhere.parent, frozenset({None, NAME})) is None


@pytest.mark.parametrize("label", ["r9", "Zoë K."])
def test_a_session_under_a_mere_label_goes_on(home: Home, label: str) -> None:
    """Nobody was kept under it, so nothing is lost; the header says so."""
    plan = home.root / "own.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    path = home.sessions / "2026-03-02T070000Z.jsonl"
    words = Request(plan_name=str(plan), feet_text="none", sound_text="none", athlete=label, started=AT, day=str(DAY))
    run_session(user_files(), words, QuietHost(), journal=path)
    break_off(path, at_s=0.04, ago_s=60.0)
    _, outcome = go_on(user_files(), path, QuietHost())
    assert outcome.summary.end_reason.value == "finished"


def test_what_an_athlete_says_now_stands_in_the_log_too(home: Home) -> None:
    """So that the programme knows it as well."""
    path = athletes(home)
    with pytest.raises(UsageError, match=r"cannot be resumed|is not resumed"):
        go_on(user_files(), path, AnsweringHost(answers=("7",)))
    assert 7 in [entry.pain for entry in user_files().log_of(NAME).entries if isinstance(entry, CheckIn)]


@pytest.mark.parametrize("answer", [{"pain": 7}, {"flags": frozenset({Flag.LIMP})}])
def test_what_an_athlete_says_now_stands_in_the_log_once(home: Home, answer: dict[str, Any]) -> None:
    """As it was said, before the run: the journal's word of it is no pain of the run, and a slip is put right once."""
    path, store = athletes(home), user_files()
    said = CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, **answer)
    with pytest.raises(UsageError, match="what was recorded of it is saved"):
        tell_body(store, find_broken_off(store, path), said, ENGLISH)
    assert mend_log(store, NAME) == ()
    (one,) = [entry for entry in store.log_of(NAME).entries if isinstance(entry, CheckIn)]
    assert (one.moment, one.pain, one.flags) == (Moment.BEFORE, said.pain, said.flags)
    with pytest.raises(UsageError, match="stopped for pain"):
        find_broken_off(store, path)


def test_a_session_that_is_running_does_not_go_on(home: Home) -> None:
    """Neither twice at once, nor while another one runs."""
    path = guests(home)
    other = home.sessions / "2026-03-02T080000Z.jsonl"
    shutil.copy(path, other)
    with path.open("rb") as file:
        assert hold(file.fileno())
        with pytest.raises(UsageError, match="is running"):
            go_on(user_files(), path, QuietHost())
        with pytest.raises(UsageError, match="is running; end it before"):
            go_on(user_files(), other, QuietHost())
    go_on(user_files(), path, QuietHost())


@pytest.mark.parametrize(("language", "said"), [(None, "läuft gerade"), ("fr", "est en cours")])
def test_a_refusal_is_in_the_language_of_the_athlete(home: Home, language: str | None, said: str) -> None:
    """Or in the one asked for: that it runs, that another one does, that it may not."""
    path = athletes(home)
    user_files().write_profile(Profile(athlete=NAME, created=DAY, language="de"))
    other = home.sessions / "2026-03-02T080000Z.jsonl"
    shutil.copy(path, other)
    with path.open("rb") as file:
        assert hold(file.fileno())
        for one in (path, other):
            with pytest.raises(UsageError, match=said):
                go_on(user_files(), one, QuietHost(), language=language)
    user_files().add_entries(NAME, CheckIn(at=AT, day=TODAY, moment=Moment.AFTER, pain=8))
    with pytest.raises(UsageError, match="geht nicht weiter" if language is None else "ne reprend pas"):
        go_on(user_files(), path, QuietHost(), language=language)


def test_what_was_stopped_by_key_may_go_on(home: Home) -> None:
    """The end counts no more, and the summary has one end."""
    path = guests(home, keeps_end=True)
    _, outcome = go_on(user_files(), path, QuietHost())
    assert outcome.summary.end_reason.value == "finished"
    assert [line["reason"] for line in lines_of(path) if line.get("what") == "gap"] == ["stopped"]


def test_what_was_declined_is_not_offered_again(home: Home) -> None:
    """It is finished and saved, with the reason it had; who names it may still go on with it."""
    for keeps_end, reason in ((True, "stopped"), (False, "interrupted")):
        path = guests(home, keeps_end=keeps_end)
        store = user_files()
        assert find_offered(store, home.sessions, frozenset({None})) is not None
        assert finish(MemoryStore(), path).summary.end_reason.value == reason
        assert find_offered(store, home.sessions, frozenset({None})) is None
        with pytest.raises(UsageError, match="nothing to finish"):
            finish(MemoryStore(), path)
        assert find_broken_off(store, path).gap_s > 0
        path.unlink()


def test_nobody_is_offered_the_session_of_somebody_else(home: Home) -> None:
    """A guest's is a guest's, an athlete's the athlete's."""
    athletes(home)
    store = user_files()
    assert find_offered(store, home.sessions, frozenset({None})) is None
    assert find_offered(store, home.sessions, frozenset({"r8"})) is None
    assert find_offered(store, home.sessions, frozenset({None, NAME})) is not None


def test_a_torn_last_line_is_cut_off(home: Home) -> None:
    """A kill in the middle of a line: the journal is whole afterwards."""
    path = guests(home)
    with path.open("ab") as file:
        file.write(b'{"t":0.04,"what":"al')
    go_on(user_files(), path, QuietHost())
    assert user_files().load_session(str(path)).journal.notes == ()


def test_a_journal_that_keeps_no_plan_can_only_be_finished(home: Home) -> None:
    """Of an older version, or of the metronome."""
    path = guests(home)
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if '"what": "plan"' not in line]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="there is no plan in its journal; finish and save it"):
        go_on(user_files(), path, QuietHost())


def test_a_plan_that_was_damaged_is_refused_in_a_line(home: Home) -> None:
    """Nothing is made up in its place."""
    path = guests(home)
    text = path.read_text(encoding="utf-8").replace('"kind": "Plan"', '"kind": "Moon"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CadencecoachError, match="cannot be read by this version"):
        go_on(user_files(), path, QuietHost())


def test_a_session_along_a_file_needs_the_file_again(home: Home) -> None:
    """The journal does not say where it was."""
    path = guests(home)
    text = path.read_text(encoding="utf-8").replace('"feet": "none"', '"feet": "replay:a.csv"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="name the file again, --feet replay:FILE"):
        go_on(user_files(), path, QuietHost())
    with pytest.raises(UsageError, match="a sound file is made in one go"):
        go_on(user_files(), path, QuietHost(), feet="none", sound="file:a.wav")
    go_on(user_files(), path, QuietHost(), feet="none")


MEASURED = """plan: Own
baseline: measured
stages:
  - {name: As you run, duration: 1 min, measure: baseline}
  - {name: Run, duration: 1 min, target: +5 %}
"""


@pytest.mark.parametrize(
    ("feet", "of", "is_measured", "may"),
    [
        ("taps", "a programme", False, False),
        ("none", "a programme", False, True),
        ("taps", "a programme", True, True),
        ("taps", "one's own", False, True),
    ],
)
def test_taps_measure_no_baseline_of_a_programme_after_a_break_either(
    home: Home,
    feet: str,
    of: str,
    is_measured: bool,  # noqa: FBT001
    may: bool,  # noqa: FBT001
) -> None:
    """Begun with a sensor it goes on with taps only where the baseline is known, or no programme counts from it."""
    plan, path = home.root / "own.yaml", home.sessions / JOURNAL
    plan.write_text(MEASURED, encoding="utf-8")
    request = Request(plan_name=str(plan), feet_text="sim", sound_text="none", started=AT, day=DAY.isoformat())
    path.parent.mkdir(parents=True)
    rehearse_session(user_files(), request, QuietHost(), journal=path, open_stage="1 min")
    whose = '"programme": {"name": "Tiny", "item": 0}' if of == "a programme" else '"surface": "road"'
    path.write_text(path.read_text(encoding="utf-8").replace('"rehearsal":true', whose, 1), encoding="utf-8")
    break_off(path, at_s=70.0 if is_measured else 30.0, ago_s=60.0)
    kept = Kept(
        path=path, recorded=load_session(path), whole=whole_lines_of(path), plan=load_plan(plan.read_bytes(), "own")
    )
    header = kept.recorded.journal.header
    again = request_again(header, feet=feet, sound=None, music=None, config=None, language=None)
    if may:
        assert prepare_again(user_files(), kept, again).opened.label == feet
        return
    with pytest.raises(UsageError, match="3 steps a minute off: use a foot pod, or go on without one: --feet none"):
        prepare_again(user_files(), kept, again)


def test_it_goes_on_with_all_songs_or_those_that_are_named(home: Home) -> None:
    """The folder of its plan does not count again; what is named now is checked as at the start."""
    book, beats_s = user_machine().song_book, tuple(n * 0.35 for n in range(100))
    for name in ("calm", "fast"):
        song = home.root / name / "song.wav"
        song.parent.mkdir()
        song.write_bytes(name.encode())
        book.keep(KeptSong(Song(song.resolve(), 170.0, beats_s, 2.0, -14.0, 12.0, 40.0), mark_of(song)))
    plan, path = home.root / "own.yaml", home.sessions / JOURNAL
    text = "plan: P\nmusic: %s\nstages: [{name: A, duration: 1 min, target: 170 spm}]\n"
    plan.write_text(text % (home.root / "calm"), encoding="utf-8")
    path.parent.mkdir(parents=True)
    request = Request(plan_name=str(plan), feet_text="sim", sound_text="none", started=AT, day=DAY.isoformat())
    rehearse_session(user_files(), request, QuietHost(), journal=path, open_stage="1 min")
    assert str(home.root) not in path.read_text(encoding="utf-8")
    break_off(path, at_s=30.0, ago_s=60.0)
    kept = Kept(
        path=path,
        recorded=load_session(path),
        whole=whole_lines_of(path),
        plan=load_plan((text % "on").encode(), "own"),
    )

    def songs(music: str | None) -> list[str]:
        again = request_again(
            kept.recorded.journal.header, feet="sim", sound="none", music=music, config=None, language=None
        )
        prepared = prepare_again(user_files(), kept, again)
        return [song.path.parent.name for song in prepared.score.music.songs]

    assert songs(None) == ["calm", "fast"]
    assert songs(str(home.root / "calm")) == ["calm"]
    assert songs("off") == []
    with pytest.raises(UsageError, match="there is no such folder"):
        songs(str(home.root / "none"))


def change_programme(home: Home, **words: str) -> None:
    """The clinician exchanges the programme: each key's text in place of what stands there."""
    text = home.root / "tiny.yaml"
    changed = TINY
    for old, new in words.items():
        assert old in changed
        changed = changed.replace(old, new)
    text.write_text(changed, encoding="utf-8")
    raw, programme = open_programme(text)
    order = ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because="sore", at=AT, day=TODAY)
    begin(user_files(), order)


LOWERED = {
    "the target": ({"target: +7.5 %": "target: +7 %"}, r"\+7.% at most, less"),
    "the minutes": ({"minutes: 45": "minutes: 0.0033", "duration: 0.2 s": "duration: 0.1 s"}, "take 0.0033 min"),
}


@pytest.mark.parametrize("what", LOWERED)
def test_a_limit_that_was_lowered_in_the_break_holds(home: Home, what: str) -> None:
    """It is not gone on with above the limit of today: no byte is changed, and it is not offered either."""
    path = athletes(home)
    before = path.read_bytes()
    words, said = LOWERED[what]
    change_programme(home, **words)
    with pytest.raises(UsageError, match=said):
        go_on(user_files(), path, QuietHost())
    assert path.read_bytes() == before
    assert find_offered(user_files(), home.sessions, frozenset({NAME})) is None


def test_a_limit_that_was_raised_or_stayed_raises_nothing(home: Home) -> None:
    """It goes on by the limit it was begun with."""
    path = athletes(home)
    change_programme(home, **{"limits: {target: +7.5 %, minutes: 45": "limits: {target: +8 %, minutes: 50"})
    go_on(user_files(), path, QuietHost())
    assert {line["target_spm"] for line in lines_of(path) if line.get("what") == "stage"} == {172.0}


def test_a_plan_with_a_limit_edited_out_is_held_by_the_programme(home: Home) -> None:
    """A journal is a file: who takes the limit out of the plan in it does not go on above the programme's."""
    path = athletes(home)
    text = path.read_text(encoding="utf-8")
    edited = text.replace('"target_ratio": 0.075', '"target_ratio": null', 1)
    assert edited != text
    path.write_text(edited, encoding="utf-8")
    with pytest.raises(UsageError, match="less than when it began"):
        go_on(user_files(), path, QuietHost())


def test_a_programme_that_cannot_be_read_is_no_leave_to_go_on(home: Home) -> None:
    """Nobody knows whether it is stopped, nor its limits."""
    path = athletes(home)
    (text,) = home.athlete(NAME).glob("programme.y*ml")
    text.write_text("programme: [", encoding="utf-8")
    with pytest.raises(CadencecoachError, match="not the text set"):
        go_on(user_files(), path, QuietHost())


def test_after_another_run_it_is_no_break(home: Home) -> None:
    """An athlete who has run another session since goes on with none before it; one of before keeps nobody."""
    path = athletes(home)
    began = lines_of(path)[0]["started"]
    run = SessionRun(at="2026-03-02T06:00:00Z", day=TODAY, session="2026-03-02T060000Z")
    user_files().add_entries(NAME, run)
    assert find_broken_off(user_files(), path).athlete == NAME
    later = SessionRun(at=began.replace("20", "21", 1), day=TODAY, session="2126-03-02T080000Z")
    user_files().add_entries(NAME, later)
    with pytest.raises(UsageError, match="another session, 2126-03-02T080000Z, has been run since then"):
        go_on(user_files(), path, QuietHost())


def test_a_guest_who_says_nothing_on_a_page_goes_on(home: Home) -> None:
    """As Enter at a terminal; a pain at the limit does not stop, one above it ends the session for good."""
    path, day = guests(home), TODAY
    before = find_broken_off(user_files(), path)
    words = ENGLISH
    for pain in (None, 5):
        tell_body(user_files(), before, CheckIn(at=AT, day=day, moment=Moment.BEFORE, pain=pain), words)
        assert find_broken_off(user_files(), path) is not None
    with pytest.raises(UsageError, match=r"(?s)Pain 6 of 10.*is not resumed"):
        tell_body(user_files(), before, CheckIn(at=AT, day=day, moment=Moment.BEFORE, pain=6), words)
    with pytest.raises(UsageError, match="cannot be resumed"):
        find_broken_off(user_files(), path)


@pytest.mark.parametrize("keeps_end", [False, True])
def test_a_guest_rates_on_a_page_what_was_not_rated(home: Home, keeps_end: bool) -> None:  # noqa: FBT001
    """Skipping is no answer and writes nothing; a number stands in the journal, so whoever asks nobody goes on.

    After the next break it has to be said anew.
    """
    path = guests(home)
    add_line(path, t=0.04, what="note", about="pain", text="pain key pressed")
    if keeps_end:
        add_line(path, t=0.04, what="end", reason="stopped")
    before, written = find_broken_off(user_files(), path), path.read_bytes()
    with pytest.raises(UsageError, match="never rated"):
        tell_body(user_files(), before, CheckIn(at=AT, day=TODAY, moment=Moment.BEFORE, soreness=1), ENGLISH)
    assert path.read_bytes() == written
    tell_body(user_files(), before, CheckIn(at=AT, day=TODAY, moment=Moment.BEFORE, pain=5), ENGLISH)
    assert [one.level for one in pains_before(load_session(path).journal.lines)] == [5]
    assert not find_broken_off(user_files(), path).is_unrated
    add_line(path, t=0.04, what="gap", gap_s=60.0, reason="broke off")
    assert find_broken_off(user_files(), path).is_unrated
    tell_body(user_files(), find_broken_off(user_files(), path), replace(before_run(), pain=0), ENGLISH)
    _, outcome = go_on(user_files(), path, QuietHost())
    assert outcome.summary.end_reason.value == "finished"
    assert outcome.summary.highest_pain is None


def test_an_athletes_answers_on_a_page_stand_in_the_log_before_it_goes_on(home: Home) -> None:
    """With the session they belong to; nothing said is nothing written."""
    path = athletes(home)
    before = find_broken_off(user_files(), path)
    for one in (CheckIn(at="", day=TODAY, moment=Moment.AFTER), CheckIn(at="", day=TODAY, moment=Moment.AFTER, pain=2)):
        tell_body(user_files(), before, one, ENGLISH)
    said = [one for one in user_files().log_of(NAME).entries if isinstance(one, CheckIn)]
    assert [(one.pain, one.moment, one.session) for one in said] == [(2, Moment.BEFORE, path.stem)]


@pytest.mark.parametrize(
    ("later_s", "moment", "may"), [(1, "before", True), (-61, "before", False), (1, "during", False)]
)
def test_a_pain_that_was_rated_since_is_rated(home: Home, later_s: int, moment: str, may: bool) -> None:  # noqa: FBT001
    """By what the athlete was asked after the break, by any way; what was said before it rates nothing."""
    path = athletes(home)
    add_line(path, t=0.1, what="note", about="pain", text="pain key pressed")
    assert find_broken_off(user_files(), path).is_unrated
    at = datetime.fromtimestamp(time.time() - 60 + later_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    user_files().add_entries(NAME, CheckIn(at=at, day=TODAY, moment=Moment(moment), session=path.stem, pain=2))
    assert find_broken_off(user_files(), path).is_unrated is not may
