"""A baseline by taps: offered where somebody can answer, explained, refused with a reason, agreed to, and marked."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from each_row import each_row

from cadencecoach.errors import UsageError
from cadencecoach.gait.taps import TappedCadence
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import Prepared, prepare
from cadencecoach.live.opening.tapping import tap_baseline
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.session.host import Nobody
from cadencecoach.store.user_store import user_files

AT_164 = [k * 60.0 / 164.0 for k in range(56)]
AT_82 = [k * 60.0 / 82.0 for k in range(28)]
OWN = Request(plan_name="plus-5-percent", feet_text="none", sound_text="none", started="2026-11-23T07:30:00Z")


@dataclass
class Runner(Nobody):
    """Somebody at a terminal.

    Attributes:
        tries: what is tapped, try by try
        answers: to questions, in turn
    """

    tries: Sequence[Sequence[float]] = ()
    answers: Sequence[bool] = ()
    can_answer: bool = True
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nothing was done yet."""
        self._tries, self._answers = deque(self.tries), deque(self.answers)

    def tell(self, *lines: str) -> None:
        """Keep them."""
        self.told += lines

    def is_sure(self, question: str, texts: ScreenTexts = ENGLISH_SCREEN) -> bool:  # noqa: ARG002
        """The next answer."""
        self.asked.append(question)
        return self._answers.popleft()

    def choose(self, question: str, names: Sequence[str], texts: ScreenTexts = ENGLISH_SCREEN) -> int:  # noqa: ARG002
        """Nothing is to be chosen."""
        raise AssertionError(question, names)

    def presses(self, key: str, question: str) -> bool:
        """No key is asked for."""
        raise AssertionError(key, question)

    def taps(self, seconds: float, done: str) -> Sequence[float]:
        """The next try."""
        self.told.append(done)
        assert seconds == 20.0
        return self._tries.popleft()


def test_it_is_offered_explained_and_agreed_to() -> None:
    """The rail first, then the taps; the result with its error, and what it is good for."""
    runner = Runner([AT_82], [True, True])
    assert tap_baseline(runner, ENGLISH_SCREEN) == TappedCadence(cadence_spm=164.0, each=2)
    text = "\n".join(runner.told)
    for words in (
        "no sensor",
        "Hold the rail",
        "every second step will do",
        "164 steps a minute",
        "3 steps a minute off",
    ):
        assert words in text
    assert "takes the clinician's consent" in text
    assert runner.told.index(ENGLISH_SCREEN.taps_rail) < runner.told.index(ENGLISH_SCREEN.taps_safety)


def test_a_bad_try_is_told_why_and_may_be_made_again() -> None:
    """And so may one that was read and not believed."""
    runner = Runner([AT_164[:5], AT_164, AT_164], [True, True, False, True, True])
    assert tap_baseline(runner, ENGLISH_SCREEN) == TappedCadence(cadence_spm=164.0, each=1)
    assert any("Too few taps" in line for line in runner.told)
    assert runner.asked.count(ENGLISH_SCREEN.taps_again) == 2


@each_row(
    ("tries", "answers"),
    [((), [False]), ([()], [True]), ([AT_164[:3]], [True, False]), ([AT_164], [True, False, False])],
)
def test_nobody_has_to(tries: Sequence[Sequence[float]], answers: list[bool]) -> None:
    """Not wanted, left by q, given up after a bad try, not believed."""
    assert tap_baseline(Runner(tries, answers), ENGLISH_SCREEN) is None


def prepared(runner: Runner, request: Request = OWN, **extra: object) -> Prepared:
    """A session of a plan that measures its baseline, without a sensor."""
    return prepare(user_files(), request, extra, runner)


def test_a_session_counts_from_taps_and_says_so_in_its_journal() -> None:
    """The first line has where it comes from and how far it may be off."""
    session = prepared(Runner([AT_164], [True, True]))
    assert session.baseline_spm == 164.0
    header = session.header.to_dict()
    assert {name: header[name] for name in ("baseline_spm", "baseline_from", "baseline_error_spm")} == {
        "baseline_spm": 164.0,
        "baseline_from": "taps",
        "baseline_error_spm": 3.0,
    }


def test_with_a_sensor_or_a_number_nobody_taps() -> None:
    """Nothing is asked, and nothing is marked."""
    for request in (
        replace(OWN, feet_text="sim"),
        replace(OWN, baseline_spm=164.0),
        replace(OWN, plan_name="own-cadence"),
    ):
        runner = Runner()
        assert "baseline_from" not in prepared(runner, request).header.to_dict()
        assert (runner.told, runner.asked) == ([], [])


@each_row("runner", [Runner(can_answer=False), Runner(answers=[False])], ids=["no terminal", "no"])
def test_without_taps_one_line_says_both_ways(runner: Runner) -> None:
    """A number, or taps."""
    with pytest.raises(UsageError, match=r"--baseline 164.*tap your steps") as caught:
        prepared(runner)
    assert "\n" not in str(caught.value)


def test_a_programme_is_not_begun_by_taps() -> None:
    """A session of one is not even offered them."""
    runner = Runner()
    with pytest.raises(UsageError, match="--baseline 164"):
        prepared(runner, programme={"name": "x"})
    assert (runner.told, runner.asked) == ([], [])
