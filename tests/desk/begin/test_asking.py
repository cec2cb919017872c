"""The first time: whatever somebody answers, it ends in something to do, and every answer has a way back."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from each_row import each_row
from memory_store import MemoryStore
from quiet_host import QuietHost

from cadencecoach.desk.begin.asking import Around, lead_to_first_session
from cadencecoach.desk.begin.steps import ENDINGS, STEPS, Ending, Step, ways_without_questions
from cadencecoach.desk.checkin.questions import Question
from cadencecoach.desk.today.choosing import NotTodayError
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.plan.begin_texts import ENGLISH_BEGIN
from cadencecoach.plan.lesson_texts import ENGLISH_LESSONS
from cadencecoach.plan.phrasebook import ENGLISH

CLAIMS = ("prevent", "avoid injur", "fewer injuries because", "cure", "heal")


@dataclass
class Somebody:
    """Answers from a list; then nobody answers any more."""

    answers: deque[str]
    hint: str = ""

    def ask(self, question: Question) -> str | None:  # noqa: ARG002  # each has one answer here
        """The next answer."""
        return self.answers.popleft() if self.answers else None

    def complain(self, problem: str) -> None:
        """Nothing is complained about here."""
        raise AssertionError(problem)


@dataclass
class FirstTime:
    """A run through the questions.

    Attributes:
        fails: commands that cannot be done
        stops: what is said before a run stops it
        called: commands that were run
    """

    store: MemoryStore = field(default_factory=MemoryStore)
    host: QuietHost = field(default_factory=QuietHost)
    fails: tuple[str, ...] = ()
    stops: bool = False
    called: list[str] = field(default_factory=list)

    def answer(self, *keys: str) -> str:
        """Answer with these keys; what was told."""
        around = Around(
            store=self.store,
            person=self.host,
            asker=Somebody(deque(keys)),
            call=self._call,
            texts=ENGLISH_BEGIN,
            lessons=ENGLISH_LESSONS,
        )
        assert lead_to_first_session(around) == 0
        return "\n".join(self.host.told)

    def _call(self, words: str) -> int:
        self.called.append(words)
        if self.stops:
            raise NotTodayError("No run today.")
        if words.startswith(self.fails) and self.fails:
            raise DeviceError("no foot pod found", Reason.VANISHED)
        return 0


def paths(step: Step = Step.HURTS, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Ending]]:
    """Every way through the questions, by its keys."""
    for choice in STEPS[step].choices:
        if choice.words:
            continue  # the question comes again
        keys = (*before, choice.key)
        if isinstance(choice.leads_to, Ending):
            yield keys, choice.leads_to
        else:
            yield from paths(choice.leads_to, keys)


PATHS = list(paths())


def test_all_four_endings_are_reached() -> None:
    """And no other."""
    assert {ending for _, ending in PATHS} == set(Ending) == set(ENDINGS)


@each_row(("keys", "ending"), PATHS, ids=lambda value: value.name if isinstance(value, Ending) else "-".join(value))
def test_every_way_ends_in_something_to_do(keys: tuple[str, ...], ending: Ending) -> None:
    """The ending is named, has a command that is printed as it is typed, and a way back to the last question."""
    told = FirstTime().answer(*keys, "backspace", "q")
    assert ENDINGS[ending].title(ENGLISH_BEGIN) in told
    assert ENDINGS[ending].offers
    assert told.count(f"  {keys[-1]}  ") >= 2  # the last question came again
    assert command_line("begin") in told


@each_row("keys", [("y",), ("n", "y"), ("n", "n", "y")])
def test_pain_a_sign_or_an_open_injury_is_for_somebody_to_see_first(keys: tuple[str, ...]) -> None:
    """Nothing is asked after it, no run and no beat is on offer there, and what is open is."""
    first = FirstTime()
    told = first.answer(*keys, "enter", "", "s", "p", "d", "q")
    assert "See somebody first" in told
    assert first.called == ["learn stop", "learn pain", "demo"]
    assert not any(offer.is_session for offer in ENDINGS[Ending.SEE_SOMEBODY].offers)
    assert "How often do you run" not in told


def test_a_pain_remembered_later_still_counts() -> None:
    """Somebody goes all the way back from an ending and answers the first question anew."""
    back = ["backspace"] * 6
    first = FirstTime()
    assert "See somebody first" in first.answer(*"nnn32y", *back, "y", "q")


def test_two_runs_of_ones_own_cadence_are_kept_under_a_name() -> None:
    """Enter begins; the athlete is made once, and taken again the next time."""
    first = FirstTime()
    first.answer(*"nnn32y", "", "")
    assert first.called == ["run own-cadence --feet ble --athlete me"]
    assert first.store.athlete_names() == ("me",)
    first.answer(*"nnn12y", "", "me")
    assert first.store.athlete_names() == ("me",)


def test_a_name_that_cannot_be_is_asked_for_again() -> None:
    """With what is allowed."""
    first = FirstTime()
    told = first.answer(*"nnn0", "", "../x", "r7")
    assert first.called == ["run walk-run-start --athlete r7"]
    assert "1 to 40 letters" in told


def test_a_session_that_cannot_begin_leads_back_to_the_ending() -> None:
    """No pod, no dead end: what went wrong is told, and the question about the sensor can be answered anew."""
    first = FirstTime(fails=("run",))
    told = first.answer(*"nnn32y", "", "", "backspace", "n", "")
    assert "no foot pod found" in told
    assert first.called == ["run own-cadence --feet ble --athlete me", "metronome 165"]


def test_pain_told_before_the_run_is_for_somebody_to_see_first_too() -> None:
    """The check-in of the run itself has stopped it: the same run is not offered again."""
    first = FirstTime(stops=True)
    told = first.answer(*"nnn32y", "", "", "enter", "q")
    assert "See somebody first" in told
    assert first.called == ["run own-cadence --feet ble --athlete me"]


def test_who_does_not_know_looks_for_a_sensor_and_is_asked_again() -> None:
    """Also where looking fails."""
    for fails in ((), ("sensors",)):
        first = FirstTime(fails=fails)
        told = first.answer(*"nnn32l", "n", "q")
        assert first.called == ["sensors scan"]
        assert ENDINGS[Ending.METRONOME].title(ENGLISH_BEGIN) in told


def test_how_often_decides_what_comes_after_the_two_runs() -> None:
    """A programme of three runs a week is for who runs three times."""
    assert "programme start field6wk" in FirstTime().answer(*"nnn32y", "q")
    assert "programme start field6wk" not in FirstTime().answer(*"nnn12y", "q")


@each_row("keys", [(), ("q",), ("n", "q"), ("n", "n"), tuple("nnn32y"), (*"nnn32y", "")])
def test_leaving_at_any_point_keeps_nothing(keys: tuple[str, ...]) -> None:
    """By q, or when nobody answers any more."""
    first = FirstTime()
    assert first.answer(*keys).endswith("To begin again: cadencecoach begin")
    assert first.store.athlete_names() == ()
    assert first.called == []


def test_a_key_that_is_no_answer_says_which_are() -> None:
    """Going back from the first question too."""
    told = FirstTime().answer("z", "backspace", "N", "q")
    assert "z is not an answer here; type one of n, y, q" in told
    assert "there is nothing to go back to" in told
    assert "sharp pain" in told  # a capital is the same key


def test_without_a_terminal_every_ending_has_a_line() -> None:
    """With a command to type."""
    lines = list(ways_without_questions(ENGLISH_BEGIN, command_line))
    commands = [line.strip() for line in lines if line.startswith("  ")]
    assert commands == [
        "cadencecoach learn stop",
        "cadencecoach run walk-run-start",
        "cadencecoach run own-cadence --feet ble",
        "cadencecoach metronome 165",
    ]


def test_nothing_claims_to_prevent_injuries() -> None:
    """In no text that is read before the first session, but to deny it."""
    texts = [getattr(table, row) for table in (ENGLISH.begin, ENGLISH.lessons) for row in table.__slots__]
    for text in texts:
        if "nobody knows yet" in text:
            continue
        assert not any(claim in text.lower() for claim in CLAIMS), text
