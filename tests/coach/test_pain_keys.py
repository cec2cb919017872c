"""The pain key, the digit behind it, the key for something wrong, and Backspace: what each comes to, at each edge."""

from dataclasses import replace

from coach_rig import AT_170, CORRECTIONS, STAGE, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import AnswerKey, CueReason, EndReason, EndSession, EnterStage, SetTempo, WriteNote
from cadencecoach.coach.events import Key, PainRated
from cadencecoach.coach.pain import QUESTION_S, SHOWN_S, STOPS_ABOVE, WORST
from cadencecoach.gait.reading import Feet
from cadencecoach.plan.model import Beat, MeasuredBaseline, Relative
from cadencecoach.plan.phrasebook import ENGLISH

STOP = (ENGLISH.stop_for_pain, CueReason.PAIN)


def rated(level: int, *, at_s: float = 20.0) -> CoachRig:
    """A runner on target who answers the pain key."""
    return CoachRig(AT_170).runs((1, 20, 170.0)).press(at_s - 1.0, Key.PAIN).take(PainRated(at_s, level))


def notes(rig: CoachRig) -> list[tuple[float, int | None, str]]:
    """When, level and answer of each note about pain."""
    return [(n.time_s, n.level, n.answer) for n in rig.all_of(WriteNote) if n.about == "pain"]


def answers(rig: CoachRig) -> list[str]:
    """What the keys came to."""
    return [action.text for action in rig.all_of(AnswerKey)]


def stops_s(rig: CoachRig) -> list[float]:
    """When the beat was told to stop."""
    return [time_s for time_s, tempo_spm, _ in rig.tempos() if tempo_spm is None]


def test_the_numbers_of_the_question() -> None:
    """Ten seconds to answer, three to change the answer; above 5 of 10 the beat stops."""
    assert (QUESTION_S, SHOWN_S, STOPS_ABOVE, WORST) == (10.0, 3.0, 5, 10)


@each_row("level", range(11))
def test_six_and_more_stop_the_beat_at_that_key(level: int) -> None:
    """0 to 5 are noted and the beat goes on; 6 to 10 stop it and say what to do, at once and once."""
    rig = rated(level)
    assert notes(rig) == [(19.0, None, ""), (20.0, level, "")]
    assert stops_s(rig) == ([20.0] if level > 5 else [])
    said = [(cue.text, cue.reason) for cue in rig.cues() if cue.time_s >= 19.0]
    assert said == ([STOP] if level > 5 else [])


def test_a_stop_asks_nobody_to_step_off() -> None:
    """The belt is slowed first."""
    assert ENGLISH.stop_for_pain == "Slow the belt to a walk, then stop it."


@each_row(("after_s", "is_answer"), [(0.0, True), (9.9, True), (10.0, True), (10.1, False)])
def test_a_digit_answers_for_ten_seconds(after_s: float, *, is_answer: bool) -> None:
    """A later one is a key without a question, and says so."""
    rig = CoachRig(AT_170).until(0.0).press(5.0, Key.PAIN).take(PainRated(5.0 + after_s, 7))
    assert (len(notes(rig)) == 2) is is_answer
    assert bool(stops_s(rig)) is is_answer
    assert answers(rig)[-1].startswith("pain 7 of 10" if is_answer else "7: no question is open")


@each_row(("after_s", "is_ten"), [(0.1, True), (2.9, True), (3.0, True), (3.1, False)])
def test_a_nought_after_a_one_makes_a_ten_while_the_one_is_shown(after_s: float, *, is_ten: bool) -> None:
    """The 1 alone stops nothing, the 0 stops at once; after 3 s it is too late, and that is said."""
    rig = rated(1)
    assert stops_s(rig) == []
    rig.take(PainRated(20.0 + after_s, 0))
    assert notes(rig)[1:] == [(20.0, 1, ""), *([(20.0 + after_s, 10, "corrected")] if is_ten else [])]
    assert stops_s(rig) == ([20.0 + after_s] if is_ten else [])
    assert answers(rig)[-1].startswith("pain 10 of 10" if is_ten else "0: too late")


@each_row(("first", "second"), [(2, 0), (6, 0), (1, 1), (0, 0), (1, 5), (10, 0)])
def test_no_other_two_digits_are_one_answer(first: int, second: int) -> None:
    """The second is a key without a question, and says so."""
    rig = rated(first).take(PainRated(21.0, second))
    assert [level for _, level, _ in notes(rig)] == [None, first]
    assert answers(rig)[-1] == f"{second}: no question is open; press p to rate pain"


def test_ten_is_a_key_of_its_own() -> None:
    """Without a question it is told by its name."""
    rig = rated(3).take(PainRated(21.0, 10))
    assert answers(rig)[-1] == "x: no question is open; press p to rate pain"


@each_row(("after_s", "is_back"), [(0.0, True), (2.9, True), (3.0, True), (3.1, False)])
def test_backspace_takes_an_answer_back_while_it_is_shown(after_s: float, *, is_back: bool) -> None:
    """It is noted as taken back; later it is told that it is too late, and the stop stays."""
    rig = rated(8).press(20.0 + after_s, Key.TAKE_BACK).until(30.0)
    assert notes(rig)[2:] == ([(20.0 + after_s, None, "taken back")] if is_back else [])
    assert rig.state.pain.is_stopped is not is_back
    assert (rig.tempos()[-1][1] == 170.0) is is_back
    assert answers(rig)[-1].startswith("pain 8 of 10 taken back" if is_back else "Backspace: too late")


def test_the_window_of_a_ten_begins_with_its_nought() -> None:
    """1 at 20 s, 0 at 22 s, Backspace at 24.9 s: nothing counts, and the beat is back."""
    rig = rated(1).take(PainRated(22.0, 0)).press(24.9, Key.TAKE_BACK).until(30.0)
    assert [answer for _, _, answer in notes(rig)] == ["", "", "corrected", "taken back"]
    assert rig.tempos()[-1][1] == 170.0


def test_backspace_closes_an_open_question() -> None:
    """A slip on the key: a digit after it is no answer."""
    rig = CoachRig(AT_170).until(0.0).press(5.0, Key.PAIN).press(6.0, Key.TAKE_BACK).take(PainRated(7.0, 9))
    assert [(level, answer) for _, level, answer in notes(rig)] == [(None, ""), (None, "taken back")]
    assert stops_s(rig) == []


def test_backspace_with_nothing_to_take_back_says_so() -> None:
    """Nothing was said, and nothing is noted."""
    rig = CoachRig(AT_170).until(0.0).press(5.0, Key.TAKE_BACK)
    assert answers(rig) == ["Backspace: nothing to take back"]
    assert notes(rig) == []


def test_something_wrong_stops_as_severe_pain_does_and_can_be_taken_back() -> None:
    """Without a digit, at the key."""
    rig = CoachRig(AT_170).runs((1, 20, 170.0)).press(20.0, Key.UNWELL)
    assert stops_s(rig) == [20.0]
    assert (rig.cues()[-1].text, rig.cues()[-1].reason) == STOP
    rig.press(22.0, Key.TAKE_BACK).until(30.0)
    assert notes(rig) == [(20.0, None, "unwell"), (22.0, None, "taken back")]
    assert rig.tempos()[-1][1] == 170.0


def test_an_answer_taken_back_brings_back_no_beat_that_an_earlier_one_stopped() -> None:
    """9, then, asked again, 2 taken back: stopped. 9, then 7 taken back: stopped too."""
    for second in (2, 7):
        rig = rated(9).press(21.0, Key.PAIN).take(PainRated(22.0, second)).press(23.0, Key.TAKE_BACK).until(60.0)
        assert rig.state.pain.is_stopped
        assert rig.tempos()[-1][1] is None


def test_a_lower_answer_afterwards_starts_nothing() -> None:
    """The pain went down: the session stays stopped, and the runner ends it."""
    rig = rated(9).press(60.0, Key.PAIN).take(PainRated(61.0, 0)).until(300.0)
    assert rig.tempos()[-1] == (20.0, None, 0.0)


def stopped_in(*stages: object) -> CoachRig:
    """A run stopped at 20 s in the first of these stages, and let go on to 400 s with a runner far out of the band."""
    rig = CoachRig(*stages).runs((1, 20, 170.0)).press(20.0, Key.UNWELL)  # type: ignore[arg-type]
    return rig.run(20, 400, 150.0)


@each_row(
    "then",
    [
        AT_170,
        replace(AT_170, beat=Beat.RESCUE),
        replace(AT_170, beat=Beat.GATED, gate_on_s=30.0, gate_off_s=30.0),
        replace(AT_170, help_ratio=0.5),
        replace(STAGE, target=Relative(0.1), ramp_s=30.0),
    ],
)
def test_no_stage_brings_the_beat_or_a_word_back(then: object) -> None:
    """Whatever the next stages want: no tempo, no correction, no opening; time goes on."""
    rig = stopped_in(replace(AT_170, duration_s=60.0), replace(then, duration_s=200.0), AT_170)  # type: ignore[type-var]
    assert [order for order in rig.tempos() if order[0] > 20.0] == []
    assert [cue for cue in rig.cues() if cue.time_s > 20.0] == []
    assert [a.index for a in rig.all_of(EnterStage)] == [0, 1, 2]


def test_walking_losing_the_sensor_pausing_and_resuming_bring_nothing_back() -> None:
    """All that starts a beat otherwise."""
    rig = CoachRig(AT_170).runs((1, 20, 170.0)).press(20.0, Key.UNWELL).feet(25.0, Feet.WALKING).feet(40.0, Feet.LIVE)
    rig.press(50.0, Key.PAUSE).press(60.0, Key.PAUSE).feet(70.0, Feet.LOST).until(90.0).feet(95.0, Feet.LIVE)
    rig.run(96, 200, 150.0)
    assert [order for order in rig.tempos() if order[0] > 20.0] == []
    assert rig.cues(*CORRECTIONS, CueReason.SENSOR_LOST, CueReason.SENSOR_BACK) == []


def test_a_baseline_is_not_measured_on_a_runner_who_slows_down() -> None:
    """Stopped while measuring: none is found."""
    own = replace(STAGE, measures_baseline=True, duration_s=300.0)
    rig = CoachRig(own, baseline=MeasuredBaseline()).runs((1, 20, 160.0)).press(20.0, Key.UNWELL).run(20, 320, 130.0)
    assert rig.state.baseline_spm is None


def test_the_end_of_the_plan_is_no_finish_after_a_stop() -> None:
    """The runner stopped."""
    rig = rated(6).until(700.0)
    assert rig.all_of(EndSession) == [EndSession(time_s=600.0, reason=EndReason.STOPPED)]


@each_row("key", [Key.NEXT, Key.UP, Key.DOWN])
def test_keys_that_change_a_stage_say_that_it_is_stopped(key: Key) -> None:
    """And change nothing."""
    rig = rated(6).press(30.0, key)
    assert answers(rig)[-1] == "stopped: press q to end and save the session"
    assert len(rig.all_of(EnterStage)) == 1


def test_pain_is_asked_in_a_pause_too() -> None:
    """The question, the stop, and no beat when the session goes on."""
    rig = CoachRig(AT_170).runs((1, 20, 170.0)).press(20.0, Key.PAUSE).press(30.0, Key.PAIN).take(PainRated(31.0, 7))
    assert (rig.cues()[-1].text, rig.cues()[-1].reason) == STOP
    rig.press(40.0, Key.PAUSE).run(40, 100, 170.0)
    assert [order for order in rig.tempos() if order[0] > 20.0] == []


def test_taken_back_in_a_pause_the_beat_waits_for_its_end() -> None:
    """As every beat does."""
    rig = CoachRig(AT_170).runs((1, 20, 170.0)).press(20.0, Key.PAUSE).press(30.0, Key.UNWELL)
    rig.press(31.0, Key.TAKE_BACK).until(50.0)
    assert rig.tempos()[-1] == (20.0, None, 0.0)
    assert rig.press(50.0, Key.PAUSE).tempos()[-1] == (50.0, 170.0, 0.0)


def test_who_took_it_back_is_coached_again() -> None:
    """After time to settle."""
    rig = rated(9).press(21.0, Key.TAKE_BACK).run(21, 120, 150.0)
    assert rig.cues(*CORRECTIONS)


def test_an_order_to_the_beat_is_given_only_where_it_sounded() -> None:
    """In a stage without a beat a stop has none to stop."""
    rig = CoachRig(replace(AT_170, beat=Beat.OFF)).runs((1, 20, 170.0)).press(20.0, Key.UNWELL)
    assert rig.all_of(SetTempo) == []
