"""Today's run of an athlete: the programme's session, under its limits, written into the log."""

import json
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from athlete_home import AT, DAY, TINY, Home, opened
from quiet_host import QuietHost
from sessions_folder import keep_journal

from cadencecoach.desk.athletes.forgetting import forget
from cadencecoach.desk.athletes.messages import (
    listed_messages,
    mark_read,
    mark_spoken,
    messages_to_speak,
    unread_of,
    write_message,
)
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.today.choosing import NotTodayError
from cadencecoach.desk.today.running import Conditions, Run, run_for
from cadencecoach.errors import UsageError
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, Flag, Moment, SessionRun, To, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.messages import words_of_messages
from cadencecoach.record.profile import Profile
from cadencecoach.session.live import run_live
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.programme_files import open_programme
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.stored import stored_baseline
from cadencecoach.store.user_store import user_files
from cadencecoach.view.athlete.baselines import standing_words

NAME = "r7"
OWN = "plan: Own\nbaseline: athlete\nstages:\n  - {name: Run, duration: 0.2 s, target: +7.5 %}\n"
HIGH = OWN.replace("+7.5 %", "+10 %") + "allow: {target: a test}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An athlete on a programme of two short sessions, with a baseline of 160."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY, shoes=("Blue",)))
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY, encoding="utf-8")
    raw, programme = opened(TINY)
    begin(
        user_files(),
        ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY),
    )
    user_files().add_entries(NAME, BaselineTaken(at=AT, day=DAY, cadence_spm=160.0, duration_s=720.0))
    return home


def run(home: Home, *, plan: str = "", feet: str = "none", baseline_spm: float | None = None, **under: Any) -> Run:  # noqa: ANN401  # conditions
    """A run in silence."""
    request = Request(
        plan_name=plan,
        feet_text=feet,
        sound_text="none",
        baseline_spm=baseline_spm,
        athlete=NAME,
        started=AT,
        day=DAY.isoformat(),
    )
    journal = home.sessions / "2026-03-02T070000Z.jsonl"
    return Run(athlete=NAME, request=request, journal=journal, day=DAY, conditions=Conditions(**under))


def lines_of(home: Home) -> list[dict[str, Any]]:
    """The journal."""
    (path,) = home.sessions.glob("*.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def targets(home: Home) -> list[float]:
    """What was asked for."""
    return [line["target_spm"] for line in lines_of(home) if line.get("what") == "stage"]


def test_the_session_of_today_is_run_and_written_down(home: Home) -> None:
    """Decision and run are in the log, the hash of the prescribed text in the journal; shoes are known by name."""
    run_for(user_files(), run(home, shoes="blue", surface="treadmill", incline_percent=1.0), QuietHost())
    decided, ran = user_files().log_of(NAME).entries[-2:]
    assert isinstance(decided, Decided)
    assert isinstance(ran, SessionRun)
    assert (ran.item, ran.shoes, ran.surface, ran.incline_percent) == (0, "Blue", "treadmill", 1.0)
    header = lines_of(home)[0]
    assert (header["programme"]["name"], header["programme"]["item"]) == ("Tiny", 0)
    assert len(header["programme"]["sha256"]) == 64
    assert header["surface"] == "treadmill"
    assert targets(home) == [172.0]


def test_a_baseline_by_flag_lifts_no_target_above_the_limit(home: Home) -> None:
    """+7.5 % of the stored 160 is the ceiling, and that is said."""
    host = QuietHost()
    run_for(user_files(), run(home, baseline_spm=180.0), host)
    assert targets(home) == [172.0]
    assert "193.5 spm is lowered to 172.0 spm, the limit of the programme" in "\n".join(host.told)


def test_a_plan_of_ones_own_is_held_too(home: Home) -> None:
    """+10 % in a plan beside the programme comes to +7.5 %; the run is no session of the programme."""
    path = home.root / "high.yaml"
    path.write_text(HIGH, encoding="utf-8")
    run_for(user_files(), run(home, plan=str(path)), QuietHost())
    assert targets(home) == [172.0]
    last = user_files().log_of(NAME).entries[-1]
    assert isinstance(last, SessionRun)
    assert last.item is None


def test_a_flag_before_the_run_stops_every_run(home: Home) -> None:
    """The programme's and one's own; nothing is begun."""
    user_files().add_entries(NAME, CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, flags=frozenset({Flag.ACUTE_CALF})))
    path = home.root / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    for plan in ("", str(path)):
        with pytest.raises(NotTodayError, match="ask the clinician"):
            run_for(user_files(), run(home, plan=plan), QuietHost())
    assert not home.sessions.exists()


KEEPS = {
    "pain": ({"pain": 6}, {"pain": 5}),
    "soreness": ({"soreness": 6}, {"soreness": 5}),
    "a sign to stop": ({"flags": frozenset({Flag.LIMP})}, {"readiness": 1}),
}


@pytest.mark.parametrize("what", KEEPS)
@pytest.mark.parametrize("feet", ["none", "sim"])
def test_what_was_said_today_keeps_an_athlete_without_a_programme_from_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, feet: str
) -> None:
    """Whoever starts the run, and whatever is answered then: until the slip is corrected, or the day over."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    plan = home.root / "own.yaml"
    plan.write_text(OWN.replace("baseline: athlete", "baseline: 160 spm"), encoding="utf-8")
    too_much, borne = KEEPS[what]
    store, bad = user_files(), CheckIn(at=AT, day=DAY, moment=Moment.AFTER, **too_much)  # type: ignore[arg-type]
    store.add_entries(NAME, bad, CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, **borne))  # type: ignore[arg-type]
    with pytest.raises(NotTodayError, match=rf"(?s)No run today.*checkin --athlete r7 --correct {entry_id(bad)} "):
        run_for(store, run(home, plan=str(plan), feet=feet), QuietHost())
    assert not home.sessions.exists() or not list(home.sessions.iterdir())
    store.add_entries(NAME, Withdrawn(at=AT, day=DAY, entry=entry_id(bad), because="typed by mistake"))
    assert run_for(store, run(home, plan=str(plan), feet=feet), QuietHost()).summary.is_ended


def test_what_was_said_yesterday_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a programme a new day is a new answer."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    plan = home.root / "own.yaml"
    plan.write_text(OWN.replace("baseline: athlete", "baseline: 160 spm"), encoding="utf-8")
    yesterday = CheckIn(at=AT, day=DAY - timedelta(days=1), moment=Moment.AFTER, pain=8)
    user_files().add_entries(NAME, yesterday)
    assert run_for(user_files(), run(home, plan=str(plan)), QuietHost()).summary.is_ended


def test_soreness_keeps_from_a_plan_beside_the_programme(home: Home) -> None:
    """The programme's days off leave a run of one's own; soreness above five today does not."""
    plan = home.root / "own.yaml"
    plan.write_text(OWN, encoding="utf-8")
    user_files().add_entries(NAME, CheckIn(at=AT, day=DAY, moment=Moment.BEFORE, soreness=7))
    with pytest.raises(NotTodayError, match="Soreness 7 of 10, above 5: no run now"):
        run_for(user_files(), run(home, plan=str(plan)), QuietHost())


def test_no_second_run_on_a_rest_day(home: Home) -> None:
    """The programme says until when, and why."""
    run_for(user_files(), run(home), QuietHost())
    with pytest.raises(NotTodayError, match=r"Rest until .*2026-03-04"):
        run_for(user_files(), run(home), QuietHost())


def test_a_simulation_is_not_written_into_the_log(home: Home) -> None:
    """Nobody ran."""
    before = user_files().log_of(NAME).entries
    outcome = run_for(user_files(), run(home, feet="sim"), QuietHost())
    assert user_files().log_of(NAME).entries == before
    assert any("simulation" in note for note in outcome.notes)


def test_without_a_baseline_nothing_begins(home: Home) -> None:
    """And what is missing is said."""
    log = home.athlete(NAME) / "log.jsonl"
    kept = [line for line in log.read_text(encoding="utf-8").splitlines() if '"baseline"' not in line]
    log.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="athlete's baseline"):
        run_for(user_files(), run(home), QuietHost())


def test_a_baseline_at_several_speeds_is_a_curve(home: Home) -> None:
    """It is fitted to the runs and stands in the header."""
    more = BaselineTaken(at=AT, day=DAY, cadence_spm=164.0, duration_s=720.0, speed_mps=3.0, surface="belt")
    user_files().add_entries(NAME, more, replace(more, cadence_spm=170.5, speed_mps=4.0))
    before = run(home, surface="belt")
    run_for(user_files(), replace(before, request=replace(before.request, surface="belt")), QuietHost())
    curve = lines_of(home)[0]["speed_curve"]
    assert (curve["c0_spm"], curve["slope_spm_per_mps"], curve["surface"]) == (167.25, 6.5, "belt")


def test_a_session_whose_program_was_killed_is_put_into_the_log(home: Home) -> None:
    """Its journal says of what it was; it is done once, and a rehearsal never."""
    about = {"name": "Tiny", "sha256": "0", "item": 0}
    home.journal("2026-03-03", NAME, programme=about, shoes="Blue")
    home.journal("2026-03-04", NAME, programme=about, rehearsal=True)
    home.journal("2026-03-05", NAME)
    (note,) = mend_log(user_files(), NAME)
    assert "2026-03-03T080000Z" in note
    last = user_files().log_of(NAME).entries[-1]
    assert isinstance(last, SessionRun)
    assert (last.session, last.item, last.shoes) == ("2026-03-03T080000Z", 0, "Blue")
    assert mend_log(user_files(), NAME) == ()


@pytest.mark.parametrize(("day", "n_missed"), [("2026-03-01", 0), ("2026-03-02", 1), ("2026-03-03", 1)])
def test_a_session_killed_before_the_programme_was_set_again_is_missed_too(
    tmp_path: Path, home: Home, day: str, n_missed: int
) -> None:
    """Exchanging the text, or counting anew, makes no run undone; one before the first programme is none of it."""
    raw, programme = open_programme(tmp_path / "tiny.yaml")
    later = date(2026, 3, 5)
    begin(
        user_files(),
        ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because="anew", at=AT, day=later),
    )
    home.journal(day, NAME, programme={"name": "Tiny", "sha256": "0", "item": 0})
    assert len(mend_log(user_files(), NAME)) == n_missed


PRESSED = {"t": 3.0, "what": "note", "about": "pain", "text": "pain key pressed"}
TEN = {"t": 4.0, "what": "note", "about": "pain", "text": "pain 10 of 10", "level": 10}
WRONG = {"t": 8.0, "what": "note", "about": "pain", "text": "something is wrong", "answer": "unwell"}
BACK = {"t": 9.0, "what": "note", "about": "pain", "text": "something is wrong: taken back", "answer": "taken back"}
SHORT_END = {"t": 12.0, "what": "end", "reason": "stopped"}


def said_in_the_run() -> list[tuple[str, int | None, frozenset[Flag]]]:
    """What the log holds of pain by key."""
    entries = (entry for entry in user_files().log_of(NAME).entries if isinstance(entry, CheckIn))
    return [(entry.session, entry.pain, entry.flags) for entry in entries if entry.moment is Moment.DURING]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((PRESSED, TEN, SHORT_END), [(10, frozenset())]),
        ((PRESSED, TEN, WRONG, SHORT_END), [(10, frozenset()), (None, frozenset({Flag.UNWELL}))]),
        ((PRESSED, TEN), [(10, frozenset())]),
        ((WRONG, BACK, SHORT_END), [(None, frozenset())]),
        ((SHORT_END,), []),
    ],
)
def test_pain_of_a_session_whose_program_was_killed_is_put_into_the_log(
    home: Home, lines: tuple[dict[str, Any], ...], said: list[tuple[int | None, frozenset[Flag]]]
) -> None:
    """However short it was, of the programme or not, and once."""
    keep_journal(home.sessions, "2026-03-03", *lines, athlete=NAME)
    mend_log(user_files(), NAME)
    assert said_in_the_run() == [("2026-03-03T080000Z", pain, flags) for pain, flags in said]
    mend_log(user_files(), NAME)
    assert len(said_in_the_run()) == len(said)


def test_soreness_said_of_a_killed_session_does_not_hide_its_pain(home: Home) -> None:
    """The 10 reaches the log, with the label of the session's start: another machine would write the same entry."""
    path = keep_journal(home.sessions, "2026-03-03", PRESSED, TEN, athlete=NAME)
    user_files().add_entries(
        NAME, CheckIn(at=AT, day=DAY, moment=Moment.DURING, session=path.stem, soreness=2, note="stiff")
    )
    mend_log(user_files(), NAME)
    last = user_files().log_of(NAME).entries[-1]
    assert isinstance(last, CheckIn)
    assert (last.at, last.pain) == ("2026-03-03T08:00:00Z", 10)
    assert mend_log(user_files(), NAME) == ()


def test_pain_of_a_short_run_reaches_the_log_and_stops_the_programme(home: Home) -> None:
    """The program's own way from key to log: under half of the plan, and so no run of the programme."""
    outcome = run_for(user_files(), run(home), QuietHost(pressed=("p", "1", "0", "q")))
    ((session, pain, _),) = said_in_the_run()
    assert (session, pain) == ("2026-03-02T070000Z", 10)
    assert not any(isinstance(entry, SessionRun) for entry in user_files().log_of(NAME).entries)
    assert any("what you reported about pain is" in note for note in outcome.notes)
    assert any("Pain 10 of 10, above 5. Stop" in note for note in outcome.notes)
    with pytest.raises(NotTodayError, match="ask the clinician"):
        run_for(user_files(), run(home), QuietHost())


def test_new_shoes_are_remembered(home: Home) -> None:
    """So that the next time they are none."""
    run_for(user_files(), run(home, shoes="Red"), QuietHost())
    assert user_files().read_profile(NAME).shoes == ("Blue", "Red")


@pytest.mark.parametrize("is_made_anew", [False, True])
def test_an_athlete_deleted_by_hand_in_a_run_is_not_written_anew(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    is_made_anew: bool,  # noqa: FBT001  # of the parametrisation
) -> None:
    """The run ends with a word and keeps its journal; another athlete of the same name gets nothing of it."""

    def run_and_delete(*told: Any) -> None:  # noqa: ANN401  # as it is called
        run_live(*told)
        shutil.rmtree(home.athlete(NAME))
        if is_made_anew:
            make_athlete(user_files(), Profile(athlete=NAME, created=DAY))

    monkeypatch.setattr("cadencecoach.live.live_session.run_live", run_and_delete)
    outcome = run_for(user_files(), run(home, shoes="Red"), QuietHost())
    assert outcome.notes[-1] == "r7 was deleted during the run: nothing was written into the log"
    assert home.athlete(NAME).exists() is is_made_anew
    assert (user_files().log_of(NAME).entries, user_files().read_profile(NAME).shoes) == ((), ())
    assert len(lines_of(home)) > 1


def test_in_a_run_nobody_is_forgotten(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The journal may lie anywhere; after the run forgetting takes all of it."""
    refused = list[str]()

    def run_and_forget(*told: Any) -> None:  # noqa: ANN401  # as it is called
        with pytest.raises(UsageError) as error:
            forget(user_files(), NAME)
        refused.append(str(error.value))
        run_live(*told)

    monkeypatch.setattr("cadencecoach.live.live_session.run_live", run_and_forget)
    run_for(user_files(), replace(run(home), journal=tmp_path / "elsewhere.jsonl"), QuietHost())
    assert refused == ["r7 has a run or a check-in in progress; finish that first"]
    assert isinstance(user_files().log_of(NAME).entries[-1], SessionRun)
    forget(user_files(), NAME)
    assert not home.athlete(NAME).exists()


class TappingHost(QuietHost):
    """A runner who taps, and says nothing of the body."""

    can_answer = True

    def asker(self, words: Phrasebook) -> "SkippingAsker":  # noqa: ARG002  # it reads none of them
        """Enter at every question."""
        return SkippingAsker()

    def is_sure(self, question: str, texts: ScreenTexts = ENGLISH_SCREEN) -> bool:  # noqa: ARG002
        """Yes."""
        return True

    def taps(self, seconds: float, done: str) -> list[float]:  # noqa: ARG002  # nobody reads it
        """At 164 steps a minute."""
        return [k * 60.0 / 164.0 for k in range(int(seconds * 164.0 / 60.0))]


class SkippingAsker:
    """Enter at the first question."""

    hint = ""

    def ask(self, question: Any) -> str:  # noqa: ANN401, ARG002  # any question
        """Nothing."""
        return ""

    def complain(self, problem: str) -> None:
        """Nothing is wrong."""
        raise AssertionError(problem)


def test_a_baseline_from_taps_is_kept_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the log, and in the first line of this and of the next journal, which asks for no taps."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    run_for(user_files(), run(home, plan=str(path)), TappingHost())
    header = lines_of(home)[0]
    assert (header["baseline_spm"], header["baseline_from"]) == (164.0, "taps")
    assert targets(home) == [pytest.approx(164.0 * 1.075)]
    (taken,) = [one for one in user_files().log_of(NAME).entries if isinstance(one, BaselineTaken)]
    assert (taken.cadence_spm, taken.taken_by, taken.session) == (164.0, "taps", "2026-03-02T070000Z")
    next_run = prepare(user_files(), replace(run(home).request, plan_name=str(path)), {})
    assert {"baseline_spm": 164.0, "baseline_from": "taps"}.items() <= next_run.header.to_dict().items()
    in_force = stored_baseline(user_files(), NAME, today=DAY)
    assert in_force is not None
    assert "from taps, up to 3 spm off: it starts no programme" in standing_words(in_force, DAY)


def test_an_unread_message_can_be_spoken_and_its_words_are_in_no_journal(home: Home) -> None:
    """The header knows its id and length; a run without sound says so, and the message stays unread."""
    write_message(user_files(), NAME, To.RUNNER, "Land softly, please.")
    (message,) = unread_of(user_files(), NAME)
    host = QuietHost(pressed=("v",))
    outcome = run_for(user_files(), run(home), host)
    lines = lines_of(home)
    assert list(lines[0]["messages"]) == [entry_id(message)]
    assert "softly" not in json.dumps(lines)
    assert outcome.messages_heard == frozenset()
    assert unread_of(user_files(), NAME) == (message,)


@pytest.mark.usefixtures("home")
def test_a_message_that_was_read_before_the_run_can_be_heard_in_it_and_not_in_the_next() -> None:
    """Whoever glanced at it on the page; the clinician sees on which day it was read."""
    write_message(user_files(), NAME, To.RUNNER, "Land softly.")
    unread = unread_of(user_files(), NAME)
    mark_read(user_files(), NAME, unread)
    assert unread_of(user_files(), NAME) == ()
    assert list(messages_to_speak(user_files(), NAME).values()) == ["Land softly."]
    (told,) = listed_messages(user_files().log_of(NAME).entries)
    assert (told["read"], told["read_on"]) == (True, today_here().isoformat())
    user_files().add_entries(NAME, SessionRun(at="2026-03-02T08:00:00Z", day=DAY, session="s"))
    assert messages_to_speak(user_files(), NAME) == {}
    write_message(user_files(), NAME, To.RUNNER, "Well done.")
    assert list(messages_to_speak(user_files(), NAME).values()) == ["Well done."]


@pytest.mark.usefixtures("home")
def test_a_message_that_was_heard_is_read() -> None:
    """The newest is first to be spoken; one that was not heard stays unread."""
    for text in ("Land softly.", "Well done."):
        write_message(user_files(), NAME, To.RUNNER, text)
    first, second = unread_of(user_files(), NAME)
    spoken = messages_to_speak(user_files(), NAME)
    assert sorted(spoken.values()) == ["Land softly.", "Well done."]
    assert next(iter(spoken)) == entry_id(second)
    mark_spoken(user_files(), NAME, {entry_id(second)})
    assert unread_of(user_files(), NAME) == (first,)
    assert words_of_messages(user_files().log_of(NAME).entries, ["gone", entry_id(first)]) == {
        entry_id(first): "Land softly."
    }
