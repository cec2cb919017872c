from dataclasses import replace

import pytest
from beats import orders, set_beats
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.coach.actions import (
    Action,
    CueKind,
    CueReason,
    EndReason,
    EndSession,
    GiveCue,
    Pause,
    Resume,
    SayMessage,
    SetGate,
    SetMuted,
    SetNoise,
    SetVolume,
    WriteNote,
)
from cadencecoach.live.audio.performer import GAP_S, Performer, SameClock, StreamClock
from cadencecoach.live.audio.waking import LEAD_IN
from cadencecoach.sound.commands import Bus, Command, Cut, MakeNoise, Play, SetBeat, SetGain

GAINS = {Bus.CLICK: 0.5, Bus.VOICE: 0.8, Bus.EARCON: 0.4}
LENGTHS_S = {"Quicker.": 1.0, "172.": 2.0, "quicker": 0.3, "count": 0.1}


class BehindClock:
    """A stream that runs a constant behind the session, as a sound card does."""

    def stream_s(self, session_s: float) -> float:
        """Later by 100.25 s: a card that played a while before the session began."""
        return session_s + 100.25

    def session_s(self, stream_s: float) -> float:
        """The inverse."""
        return stream_s - 100.25

    def cue_s(self, session_s: float) -> float:
        """As everything else."""
        return self.stream_s(session_s)


class FastClock(BehindClock):
    """A card that plays 100 parts in a million fast; measured again, it may be less."""

    def __init__(self, *, shrinks: bool = False) -> None:
        """Begun together with the session."""
        self._fast, self._shrinks = 1e-4, shrinks

    def stream_s(self, session_s: float) -> float:
        """A little more."""
        stream_s = session_s * (1.0 + self._fast)
        self._fast *= 0.9 if self._shrinks else 1.0
        return stream_s


class Bench:
    """A performer, and the commands it has sent."""

    def __init__(
        self, clock: StreamClock | None = None, lengths_s: dict[str, float] | None = None, *, lead_in_s: float = 0.0
    ) -> None:
        """Nothing sent."""
        self.sent: list[Command] = []
        self.performer = Performer(
            send=self.sent.append,
            length_s=(LENGTHS_S if lengths_s is None else lengths_s).get,
            gains=GAINS,
            clock=clock or SameClock(),
            lead_in_s=lead_in_s,
            messages={"short": "Quicker.", "two": "Quicker. 172.", "unsayable": "Quicker. Who says this?"},
        )

    def perform(self, *actions: Action) -> list[float | None]:
        """The answers to some actions."""
        return [self.performer.perform(action) for action in actions]

    def plays(self) -> list[tuple[float, str, Bus]]:
        """What was ordered to sound, without the beat."""
        return [(one.at_s, one.clip, one.bus) for one in self.sent if isinstance(one, Play)]

    def click_gain(self) -> float:
        """How loud the engine was last told the click is."""
        return [one.gain for one in self.sent if isinstance(one, SetGain) and one.bus is Bus.CLICK][-1]


def words(time_s: float, text: str = "Quicker.", *, within_s: float = 5.0) -> GiveCue:
    """Words that must begin within some seconds."""
    return GiveCue(time_s=time_s, kind=CueKind.SPOKEN, text=text, reason=CueReason.BELOW, expires_s=time_s + within_s)


def earcon(time_s: float, *, within_s: float = 1.0) -> GiveCue:
    """One of 3-2-1."""
    return GiveCue(
        time_s=time_s, kind=CueKind.EARCON, text="count", reason=CueReason.COUNTDOWN, expires_s=time_s + within_s
    )


def test_speech_begins_half_way_between_two_beats() -> None:
    """At 180 spm from 10 s beats fall each third of a second; words asked for at 12.05 s begin at 12.167 s."""
    bench = Bench()
    answers = bench.perform(*orders((10.0, 180.0)), words(12.05))
    ((at_s, clip, bus),) = bench.plays()
    assert (clip, bus) == ("Quicker.", Bus.VOICE)
    assert at_s == pytest.approx(12.0 + 1 / 6)
    assert answers == [None, at_s]


@given(st.floats(0.0, 600.0), st.floats(60.0, 240.0), st.floats(60.0, 240.0), st.floats(0.0, 60.0))
def test_no_words_begin_on_a_beat(asked_s: float, first_spm: float, then_spm: float, ramp_s: float) -> None:
    """Whatever the tempo and on any ramp, the words begin half a beat away from the beats around them."""
    bench = Bench()
    bench.perform(*orders((0.0, first_spm), (0.0, then_spm, ramp_s)))
    bench.perform(words(asked_s))
    timeline = bench.performer._timeline
    assert timeline is not None
    assert timeline.beat_at(bench.plays()[0][0]) % 1.0 == pytest.approx(0.5, abs=0.01)


def test_speech_without_a_beat_begins_at_once() -> None:
    """Nothing to keep clear of: before the first tempo, and after the beat has stopped."""
    bench = Bench()
    bench.perform(words(12.05), *orders((20.0, 180.0), (30.0, None)), words(40.05))
    assert [at_s for at_s, _, _ in bench.plays()] == [12.05, 40.05]


def test_words_after_a_long_silence_get_a_lead_in() -> None:
    """Before the first words and six seconds after the last ones; soon after them there is none."""
    bench = Bench(lead_in_s=0.4)
    assert bench.perform(words(10.0), words(12.0), words(20.0)) == [10.4, 12.0, 20.4]
    lead_in = [(10.0, LEAD_IN, Bus.VOICE), (20.0, LEAD_IN, Bus.VOICE)]
    assert [play for play in bench.plays() if play[1] == LEAD_IN] == lead_in


def test_a_lead_in_moves_no_beat_and_no_countdown() -> None:
    """The beat is ordered as without it; words wait for a beat that has just begun, with no noise over it."""
    with_it, without = Bench(lead_in_s=0.4), Bench()
    actions: list[Action] = [earcon(1.0), *orders((10.0, 180.0)), words(10.0), words(30.05), *orders((40.0, None))]
    answers, plain = with_it.perform(*actions), without.perform(*actions)
    beats, plain_beats = ([one for one in bench.sent if isinstance(one, SetBeat)] for bench in (with_it, without))
    assert beats == plain_beats
    assert not [play for play in with_it.plays() if play[1] == LEAD_IN]
    assert answers[0] == plain[0] == 1.0
    assert plain[2] == pytest.approx(10.0 + 1 / 6)
    assert answers[2] == pytest.approx(10.0 + 1 / 2)
    assert answers[3] == plain[3]


def test_a_lead_in_drops_no_words() -> None:
    """Words that could begin in time are said, though the lead-in takes them past it."""
    bench = Bench(lead_in_s=0.4)
    assert bench.perform(words(10.0, within_s=0.1)) == [10.4]


def test_a_muted_beat_wakes_nobody() -> None:
    """Words by gate: silent beats are silence; once it is open again the beat wakes by itself."""
    bench = Bench(lead_in_s=0.4)
    bench.perform(*orders((10.0, 180.0)), SetGate(time_s=20.0, is_open=False), words(30.0))
    assert [play for play in bench.plays() if play[1] == LEAD_IN] == [(30.0, LEAD_IN, Bus.VOICE)]
    bench.perform(SetGate(time_s=40.0, is_open=True), words(50.0))
    assert len([play for play in bench.plays() if play[1] == LEAD_IN]) == 1


def test_sentences_follow_one_another() -> None:
    """Each begins a short gap after the end of the one before; the answer is the first one's beginning."""
    bench = Bench()
    assert bench.perform(words(5.0, "Quicker. 172.")) == [5.0]
    assert bench.plays() == [(5.0, "Quicker.", Bus.VOICE), (6.0 + GAP_S, "172.", Bus.VOICE)]
    assert bench.performer.busy_until_s == pytest.approx(8.0 + 2 * GAP_S)


def test_words_wait_for_the_words_before_them() -> None:
    """Two cues at once are heard in turn."""
    bench = Bench()
    assert bench.perform(words(5.0), words(5.0, "172.")) == [5.0, pytest.approx(6.0 + GAP_S)]


def test_words_that_would_come_too_late_are_dropped() -> None:
    """What could not begin in time is not said, holds up nobody, and is answered with None."""
    bench = Bench()
    answers = bench.perform(words(5.0), words(5.0, "172.", within_s=1.0), words(5.0))
    assert answers == [5.0, None, pytest.approx(6.0 + GAP_S)]
    assert [clip for _, clip, _ in bench.plays()] == ["Quicker.", "Quicker."]


def test_a_tone_does_not_wait_for_words() -> None:
    """3-2-1 sounds at its second, on a bus of its own."""
    bench = Bench()
    assert bench.perform(words(5.0), earcon(5.5)) == [5.0, 5.5]
    assert bench.plays()[-1] == (5.5, "count", Bus.EARCON)


def test_words_do_not_sound_over_a_tone() -> None:
    """A tone and what it means, asked for at one moment: first the one, then the other."""
    bench = Bench()
    tone_s, words_s = bench.perform(earcon(5.0), words(5.0))
    assert tone_s == 5.0
    assert words_s == pytest.approx(5.0 + LENGTHS_S["count"])


def test_what_a_tone_means_is_not_chimed_where_there_is_no_voice() -> None:
    """The tone has sounded already: a second one would be another message."""
    bench = Bench()
    assert bench.perform(replace(words(5.0, "Never prepared."), reason=CueReason.TONE)) == [None]


def test_tones_wait_for_the_tone_before_them_and_expire() -> None:
    """Two at once are heard in turn; a third one is too late."""
    bench = Bench()
    assert bench.perform(*[earcon(5.0, within_s=0.15)] * 3) == [5.0, pytest.approx(5.1), None]


@each_row("text", ["Never prepared.", "Quicker. Never prepared."])
def test_words_without_a_voice_become_the_tone_of_their_reason(text: str) -> None:
    """One sentence that cannot be said is enough: half a message would be worse than a tone."""
    bench = Bench()
    assert bench.perform(words(5.0, text)) == [5.0]
    assert bench.plays() == [(5.0, "quicker", Bus.EARCON)]


def test_a_tone_that_does_not_exist_is_not_heard() -> None:
    """No voice and no such tone: nothing is ordered, and nobody claims that it sounded."""
    bench = Bench(lengths_s={})
    assert bench.perform(words(5.0), earcon(6.0)) == [None, None]
    assert bench.sent == []


def test_mute_silences_every_bus_and_gives_no_cue() -> None:
    """Gain 0 on all of them from that moment, cues unheard; the beat is still kept up with."""
    bench = Bench()
    first, then = orders((0.0, 180.0), (5.0, 170.0))
    bench.perform(first, SetMuted(time_s=3.0, is_muted=True))
    assert bench.sent[1:] == [SetGain(at_s=3.0, bus=bus, gain=0.0) for bus in GAINS]
    assert bench.perform(words(4.0), earcon(4.0), then) == [None, None, None]
    assert bench.sent[4:] == [SetBeat(at_s=5.0, timeline=then.timeline)]


def test_sound_comes_back_as_loud_as_it_was() -> None:
    """Each bus its own gain, and cues are heard again."""
    bench = Bench()
    bench.perform(SetMuted(time_s=3.0, is_muted=True), SetMuted(time_s=9.0, is_muted=False))
    assert bench.sent[3:] == [SetGain(at_s=9.0, bus=bus, gain=gain) for bus, gain in GAINS.items()]
    assert bench.perform(words(10.0)) == [10.0]


def test_a_volume_by_key_holds_for_beat_and_for_words_with_tones() -> None:
    """Decibels over the usual gains, each time counted from those; and after the sound was off."""
    bench = Bench()
    bench.perform(SetVolume(time_s=1.0, beat_db=-20.0, words_db=0.0), SetVolume(time_s=2.0, beat_db=0.0, words_db=20.0))
    assert [command.gain for command in bench.sent if isinstance(command, SetGain)] == pytest.approx(
        [0.05, 0.8, 0.4, 0.5, 8.0, 4.0]
    )
    bench.perform(SetMuted(time_s=3.0, is_muted=True), SetVolume(time_s=4.0, beat_db=-20.0, words_db=-20.0))
    assert {command.gain for command in bench.sent[6:] if isinstance(command, SetGain)} == {0.0}
    bench.perform(SetMuted(time_s=5.0, is_muted=False))
    assert [command.gain for command in bench.sent[12:] if isinstance(command, SetGain)] == pytest.approx(
        [0.05, 0.08, 0.04]
    )


def test_a_pause_cuts_what_sounds_and_frees_the_voice() -> None:
    """Words that were cut off hold up nothing said after them."""
    bench = Bench()
    bench.perform(words(5.0, "Quicker. 172."), Pause(time_s=5.5))
    assert bench.sent[-1] == Cut(at_s=5.5)
    assert bench.perform(words(6.0)) == [6.0]


def test_the_first_tempo_starts_the_beat_and_the_next_ones_change_it() -> None:
    """From silence, on a ramp, into silence, and again: one command for each order."""
    bench = Bench()
    asked = ((10.0, 160.0), (10.0, 168.0, 60.0), (80.0, None), (90.0, 170.0))
    bench.perform(*orders(*asked))
    assert bench.sent == set_beats(*asked)


def test_the_beat_in_the_stream_never_jumps() -> None:
    """A card that plays a little fast has played more beats than the session counts: a change goes on from those."""
    bench = Bench(FastClock())
    bench.perform(*orders((0.0, 180.0), (1000.0, 170.0), (1000.0, 175.0, 30.0)))
    first, then, last = [one.timeline for one in bench.sent if isinstance(one, SetBeat) and one.timeline is not None]
    assert then.start_s == last.start_s == 1000.1
    assert then.start_beat == last.start_beat == first.beat_at(1000.1) == pytest.approx(3000.3)


def test_orders_of_one_moment_stay_in_order() -> None:
    """The map of the clocks is measured anew between the two: none is sent to before the one before it."""
    bench = Bench(FastClock(shrinks=True))
    bench.perform(*orders((1000.0, 160.0), (1000.0, 170.0, 30.0), (1000.0, None), (1000.0, 180.0)))
    assert [one.at_s for one in bench.sent] == [1000.1] * 4


def test_a_clock_that_is_behind_moves_every_command_and_no_answer() -> None:
    """The engine is told stream time, the journal session time."""
    bench = Bench(BehindClock())
    begin, stop = orders((10.0, 180.0), (20.0, None))
    answers = bench.perform(begin, words(12.0), stop, SetMuted(time_s=21.0, is_muted=True))
    assert [one.at_s for one in bench.sent] == pytest.approx([110.25, 112.25 + 1 / 6, 120.25, 121.25, 121.25, 121.25])
    assert answers[1] == pytest.approx(12.0 + 1 / 6)
    assert bench.performer.busy_until_s == pytest.approx(13.0 + 1 / 6 + GAP_S)


def test_words_expire_by_the_sessions_clock_not_the_streams() -> None:
    """A stream far behind makes nothing late."""
    bench = Bench(BehindClock())
    assert bench.perform(words(12.0, within_s=0.5)) == [12.0]


@each_row(
    "action",
    [
        Resume(time_s=1.0),
        WriteNote(time_s=1.0, about="pain", text="pain key pressed"),
        EndSession(time_s=1.0, reason=EndReason.FINISHED),
    ],
)
def test_what_makes_no_sound_sends_nothing(action: Action) -> None:
    """A matter for the screen and the record."""
    bench = Bench()
    assert bench.perform(action) == [None]
    assert bench.sent == []


def test_words_of_a_stop_wait_for_no_others() -> None:
    """What sounds is cut, and they never come too late."""
    lengths_s = {"Quicker.": 1.0, "Slow the belt to a walk, then stop it.": 3.0}
    bench = Bench(lengths_s=lengths_s)
    stop = GiveCue(
        time_s=10.2,
        kind=CueKind.SPOKEN,
        text="Slow the belt to a walk, then stop it.",
        reason=CueReason.PAIN,
        expires_s=float("inf"),
    )
    before = replace(stop, time_s=10.0, text="Quicker.", reason=CueReason.BELOW, expires_s=11.0)
    assert bench.perform(before, stop) == [10.0, 10.2]
    assert bench.sent[1] == Cut(at_s=10.2)  # and the words after it


def test_clicks_are_heard_only_where_neither_the_key_nor_the_gate_silences_them() -> None:
    """A gate that opens while the sound is off leaves it off; sound that comes back leaves a closed gate closed."""
    bench = Bench()
    bench.perform(SetMuted(time_s=1.0, is_muted=True), SetGate(time_s=2.0, is_open=False))
    bench.perform(SetGate(time_s=3.0, is_open=True))
    assert bench.click_gain() == 0.0
    bench.perform(SetMuted(time_s=4.0, is_muted=False))
    assert bench.click_gain() == GAINS[Bus.CLICK]
    bench.perform(SetGate(time_s=5.0, is_open=False), SetMuted(time_s=6.0, is_muted=True))
    bench.perform(SetMuted(time_s=7.0, is_muted=False))
    assert bench.click_gain() == 0.0


@each_row(("levels", "n_ended"), [([], 0), ([3], 1), ([3, 0], 0)])
def test_noise_ends_with_the_session(levels: list[int], n_ended: int) -> None:
    """The last words are heard without it; where there is none, nothing is ordered."""
    bench = Bench()
    bench.perform(*(SetNoise(time_s=10.0 + n, level=level) for n, level in enumerate(levels)))
    n_before = len(bench.sent)
    bench.perform(EndSession(time_s=20.0, reason=EndReason.FINISHED))
    assert bench.sent[n_before:] == [MakeNoise(at_s=20.0, level=0)] * n_ended


@each_row(("id_", "clips"), [("short", ["Quicker."]), ("two", ["Quicker.", "172."]), ("unsayable", []), ("gone", [])])
def test_a_message_is_spoken_whole_or_not_at_all(id_: str, clips: list[str]) -> None:
    """One of which a sentence cannot be said is silent, and so is one whose words are gone: no tone stands for them."""
    bench = Bench()
    (begun_s,) = bench.perform(SayMessage(time_s=1.0, id=id_, length_s=3.0, expires_s=6.0))
    assert [(clip, bus) for _, clip, bus in bench.plays()] == [(clip, Bus.VOICE) for clip in clips]
    assert (begun_s is not None) == bool(clips)


def test_a_stop_for_pain_cuts_a_message() -> None:
    """Its own words follow at once, not after the message."""
    bench = Bench()
    stop = replace(words(1.5), reason=CueReason.PAIN)
    (_, begun_s) = bench.perform(SayMessage(time_s=1.0, id="two", length_s=3.0, expires_s=6.0), stop)
    assert begun_s == pytest.approx(1.5)
    assert any(isinstance(one, Cut) for one in bench.sent)
