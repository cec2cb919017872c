"""The metronome alone: what each key and each moment does, as lists of actions."""

from dataclasses import replace
from typing import Any

import pytest
from beats import asked_for
from each_row import each_row

from cadencecoach.coach.actions import (
    Action,
    EndReason,
    EndSession,
    GiveCue,
    SetClick,
    SetGate,
    SetTempo,
    SetVoice,
    WriteNote,
)
from cadencecoach.coach.clicks import Accent, Click, Every
from cadencecoach.coach.coaching import metronome_alone
from cadencecoach.coach.events import CadenceEstimated, ClockReached, Event, FeetChanged, Interrupted, Key, KeyPressed
from cadencecoach.coach.metronome import HIGH_SPM, LOW_SPM, MetronomeSettings
from cadencecoach.coach.phrases import metronome_vocabulary, sentences
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.plan.model import Limits
from cadencecoach.plan.phrasebook import ENGLISH

STEADY = MetronomeSettings(from_spm=170.0, to_spm=170.0)


def with_the_beat_after(time_s: float) -> Any:  # noqa: ANN401  # what pytest compares with is of no public type
    """A moment less than a step after another."""
    return pytest.approx(time_s + 0.2, abs=0.2)


class Bench:
    """A metronome fed in order of time, its timers fired as a session does, every action kept."""

    def __init__(self, settings: MetronomeSettings = STEADY) -> None:
        """Begun at 0 s."""
        self.coaching = metronome_alone(settings)
        self.state = self.coaching.begun
        self.actions: list[Action] = []
        self.asked: list[SetTempo] = []  # a tempo that waits for its beat in place of the way to it
        self.until(0.0)

    def until(self, time_s: float) -> "Bench":
        """What is due up to and with `time_s` happens at its own moment."""
        while self.coaching.due_s(self.state) <= time_s:
            self._react(ClockReached(self.coaching.due_s(self.state)))
        return self

    def take(self, event: Event) -> "Bench":
        """One event, after what was due before it."""
        self.until(event.time_s)
        self._react(event)
        return self

    def press(self, time_s: float, *keys: Key) -> "Bench":
        """Keys at one moment."""
        for key in keys:
            self.take(KeyPressed(time_s, key))
        return self

    def of(self, kind: type[Any]) -> list[Any]:
        """Actions of one type."""
        return [action for action in self.actions if isinstance(action, kind)]

    def tempos(self) -> list[tuple[float, float | None, float]]:
        """(time_s, tempo_spm, ramp_s) of every order to the beat."""
        return [(a.time_s, a.tempo_spm, a.ramp_s) for a in self.asked]

    def _react(self, event: Event) -> None:
        before = self.state.beat
        self.state, actions = self.coaching.react(self.state, event)
        self.actions.extend(actions)
        self.asked.extend(asked_for(before, self.state.beat, actions))


def test_it_starts_at_once() -> None:
    """The click, then the beat, at 0 s; nothing is said."""
    bench = Bench()
    assert bench.tempos() == [(0.0, 170.0, 0.0)]
    assert bench.of(SetClick) == [SetClick(time_s=0.0, click=Click())]
    assert bench.of(GiveCue) == []


@each_row(("key", "want_spm"), [(Key.UP, 171.0), (Key.DOWN, 169.0), (Key.FASTER, 175.0), (Key.SLOWER, 165.0)])
def test_keys_move_the_tempo(key: Key, want_spm: float) -> None:
    """By one and by five, with the next beat."""
    assert Bench().press(3.0, key).tempos()[1:] == [(with_the_beat_after(3.0), want_spm, 0.0)]


def test_the_tempo_stays_among_those_people_run_at() -> None:
    """A key at the edge does nothing; one near it goes to the edge."""
    high = Bench(replace(STEADY, from_spm=HIGH_SPM - 2, to_spm=HIGH_SPM - 2)).press(1.0, Key.FASTER, Key.FASTER)
    low = Bench(replace(STEADY, from_spm=LOW_SPM, to_spm=LOW_SPM)).press(1.0, Key.DOWN)
    assert high.tempos()[1:] == [(with_the_beat_after(1.0), HIGH_SPM, 0.0)]
    assert low.tempos()[1:] == []


def test_a_ramp_goes_from_one_tempo_to_the_other() -> None:
    """165 to 175 over 20 minutes is one order from silence and one ramp."""
    bench = Bench(MetronomeSettings(from_spm=165.0, to_spm=175.0, over_s=1200.0))
    assert bench.tempos() == [(0.0, 165.0, 0.0), (0.0, 175.0, 1200.0)]


def test_a_key_on_a_ramp_is_heard_at_once_and_moves_its_end() -> None:
    """Half-way from 160 to 170: now 166, and 171 in the time that was left."""
    bench = Bench(MetronomeSettings(from_spm=160.0, to_spm=170.0, over_s=100.0)).press(50.0, Key.UP)
    assert bench.tempos()[2:] == [(50.0, pytest.approx(166.0), 0.0), (50.0, 171.0, pytest.approx(50.0))]


@each_row("at_s", [50.0 + n / 20 for n in range(20)])
def test_a_ramp_goes_on_from_its_own_tempo_wherever_in_a_step_the_key_is_pressed(at_s: float) -> None:
    """The tempo that carries a pending beat to its place, up to ten times quicker, is never where a ramp begins."""
    bench = Bench(MetronomeSettings(from_spm=160.0, to_spm=170.0, over_s=100.0)).press(at_s, Key.UP)
    timeline = bench.state.beat.timeline
    assert timeline is not None
    assert timeline.tempo_at(at_s) == pytest.approx(161.0 + at_s / 10)


def test_four_taps_set_the_tempo() -> None:
    """Three do nothing; four at 0.375 s are 160; a fifth goes on refining."""
    bench = Bench()
    for n in range(3):
        bench.press(10.0 + 0.375 * n, Key.TAP)
    assert bench.tempos()[1:] == []
    bench.press(11.125, Key.TAP)
    assert bench.tempos()[1:] == [(with_the_beat_after(11.125), 160.0, 0.0)]


def test_taps_far_apart_do_not_belong_together() -> None:
    """After two seconds a tap is the first of a new try."""
    bench = Bench()
    for time_s in (1.0, 1.375, 1.75, 4.0, 4.375, 4.75):
        bench.press(time_s, Key.TAP)
    assert bench.tempos()[1:] == []


def test_who_hears_strides_taps_strides() -> None:
    """With a click on every other step, 0.75 s between taps is 160 steps a minute."""
    bench = Bench(replace(STEADY, click=Click(every=Every.STRIDE)))
    for n in range(4):
        bench.press(1.0 + 0.75 * n, Key.TAP)
    assert bench.tempos()[1:] == [(with_the_beat_after(3.25), 160.0, 0.0)]


def test_a_pause_stops_the_beat_and_the_clock() -> None:
    """Resumed, a ramp goes on from where it was, for the time it had left."""
    bench = Bench(MetronomeSettings(from_spm=160.0, to_spm=170.0, over_s=100.0, for_s=200.0))
    bench.press(50.0, Key.PAUSE).press(80.0, Key.PAUSE)
    assert bench.tempos()[2:] == [(50.0, None, 0.0), (80.0, 165.0, 0.0), (80.0, 170.0, 50.0)]
    assert bench.until(1000.0).of(EndSession) == [EndSession(time_s=230.0, reason=EndReason.FINISHED)]


def test_while_paused_tempo_keys_do_nothing() -> None:
    """Neither arrows nor taps."""
    bench = Bench().press(1.0, Key.PAUSE).press(2.0, Key.UP, Key.SLOWER)
    for n in range(5):
        bench.press(3.0 + 0.4 * n, Key.TAP)
    assert bench.tempos()[2:] == []


def test_sound_accent_and_voice_by_key() -> None:
    """Each key takes the next; sounds and accents come round; the voice goes off and on."""
    bench = Bench(replace(STEADY, sounds=("click", "wood"))).press(1.0, *[Key.SOUND] * 2, *[Key.ACCENT] * 3)
    clicks = [action.click for action in bench.of(SetClick)[1:]]
    assert [click.sound for click in clicks] == ["wood", "click", "click", "click", "click"]
    assert [click.accent for click in clicks[2:]] == [Accent.LEFT, Accent.RIGHT, Accent.NONE]
    voice = bench.press(2.0, Key.MUTE, Key.MUTE).of(SetVoice)
    assert [action.is_muted for action in voice] == [True, False]


def test_clicks_come_and_go_and_the_beat_keeps_its_phase() -> None:
    """A minute on, a minute off: no order to the beat, and each change stands half-way between two beats."""
    bench = Bench(replace(STEADY, on_s=60.0, off_s=60.0)).until(300.0)
    gates = bench.of(SetGate)
    assert [gate.is_open for gate in gates] == [False, True, False, True]
    assert [gate.time_s for gate in gates] == pytest.approx([60.0, 120.0, 180.0, 240.0], abs=0.36)
    assert [gate.time_s * 170 / 60 % 1 for gate in gates] == pytest.approx([0.5] * 4)
    assert len(bench.tempos()) == 1


def test_the_time_is_said_where_somebody_wants_it() -> None:
    """Every five minutes; the clock of a pause does not count."""
    bench = Bench(replace(STEADY, marks_s=300.0)).press(100.0, Key.PAUSE).press(200.0, Key.PAUSE).until(710.0)
    assert [(cue.time_s, cue.text) for cue in bench.of(GiveCue)] == [(400.0, "5 minutes."), (700.0, "10 minutes.")]


def test_the_first_minute_is_one() -> None:
    """In words of its own."""
    assert [cue.text for cue in Bench(replace(STEADY, marks_s=60.0)).until(130.0).of(GiveCue)] == [
        "1 minute.",
        "2 minutes.",
    ]


def test_all_it_says_was_known_before() -> None:
    """An hour with minutes said, to its end."""
    bench = Bench(replace(STEADY, marks_s=60.0, for_s=3600.0)).until(4000.0)
    said = {sentence for cue in bench.of(GiveCue) for sentence in sentences(cue.text)}
    assert said <= set(metronome_vocabulary(ENGLISH, 60.0, 3600.0))
    assert len(said) == 60


def test_feet_are_noted_and_nothing_is_done_about_them() -> None:
    """Walking, standing, lost, far from the tempo: the beat goes on and nobody is corrected."""
    bench = Bench()
    before = list(bench.actions)
    for n, feet in enumerate(Feet):
        bench.take(FeetChanged(10.0 + n, feet))
    estimate = Estimate(time_s=60.0, cadence_spm=120.0, age_s=0.0, quality=1.0, n_readings=9)
    bench.take(CadenceEstimated(60.0, estimate)).until(600.0)
    assert bench.actions == before
    assert bench.state.cadence_spm == 120.0


@each_row(
    ("event", "reason"),
    [(KeyPressed(5.0, Key.STOP), EndReason.STOPPED), (Interrupted(5.0), EndReason.INTERRUPTED)],
)
def test_it_ends_when_told_to(event: Event, reason: EndReason) -> None:
    """The beat stops, the end is said, and nothing comes after it."""
    bench = Bench().take(event)
    assert bench.tempos()[-1] == (5.0, None, 0.0)
    assert bench.actions[-1] == EndSession(time_s=5.0, reason=reason)
    n_actions = len(bench.actions)
    assert len(bench.press(6.0, Key.UP).until(100.0).actions) == n_actions


def test_every_sound_can_be_tried_in_turn() -> None:
    """A new one by itself every four seconds."""
    bench = Bench(replace(STEADY, sounds=("click", "wood", "clave"), each_s=4.0, for_s=12.0)).until(20.0)
    heard = [(action.time_s, action.click.sound) for action in bench.of(SetClick)]
    assert heard == [(0.0, "click"), (4.0, "wood"), (8.0, "clave")]


LIMITED = MetronomeSettings(from_spm=171.0, to_spm=171.0, limits=Limits(target_ratio=0.075, baseline_spm=160.0))
HELD = "target not raised: +7.5 % is the limit of the programme"


def notes(bench: Bench) -> list[str]:
    """What was written down about a limit."""
    return [note.text for note in bench.of(WriteNote) if note.about == "limit"]


def test_no_key_goes_past_the_limit_of_the_programme() -> None:
    """172 here: up to it, at it nothing but the reason, and down as ever."""
    bench = Bench(LIMITED).press(1.0, Key.UP)
    assert (bench.tempos()[-1][1], notes(bench)) == (172.0, [])
    n_orders = len(bench.press(2.0, Key.UP, Key.FASTER).tempos())
    assert (len(bench.tempos()), notes(bench)) == (n_orders, [HELD, HELD])
    assert bench.press(3.0, Key.DOWN).tempos()[-1][1] == 171.0
    assert bench.press(4.0, Key.FASTER).tempos()[-1][1] == 172.0


def test_a_key_held_over_the_first_baseline_is_told_so() -> None:
    """Also where targets count from a lower one by now, of which the beat alone is no part."""
    limits = Limits(most_spm=176.0, baseline_spm=150.0)
    bench = Bench(replace(LIMITED, from_spm=176.0, to_spm=176.0, limits=limits)).press(1.0, Key.UP)
    assert notes(bench) == ["target not raised: 176.0 spm is the limit over the programme's first baseline"]


@each_row(("each_s", "tempo_spm", "said"), [(60 / 171, 171.0, []), (60 / 172, 172.0, []), (0.3, 172.0, [HELD])])
def test_no_tapped_tempo_is_past_the_limit(each_s: float, tempo_spm: float, said: list[str]) -> None:
    """A quicker hand gets the highest tempo there is, and the reason."""
    bench = Bench(replace(LIMITED, from_spm=165.0, to_spm=165.0))
    for n in range(4):
        bench.press(10.0 + each_s * n, Key.TAP)
    assert (bench.state.current.tempo.to_spm if bench.state.current.tempo else None) == tempo_spm
    assert notes(bench) == said


def test_a_ramp_is_moved_no_further_than_the_limit() -> None:
    """Its end stays under it, and so does the tempo now."""
    bench = Bench(replace(LIMITED, from_spm=160.0, to_spm=171.0, over_s=100.0)).press(90.0, Key.FASTER)
    tempo = bench.state.current.tempo
    assert tempo is not None
    assert tempo.to_spm == 172.0
    assert tempo.from_spm == pytest.approx(170.9)
