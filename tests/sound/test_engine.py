"""The engine's claims: exact onsets, the same samples for every block size, exact moments of change."""

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from beats import set_beats
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sampling import slow_but

from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import Bus, Command, Cut, HushCues, Play, SetBeat, SetGain
from cadencecoach.sound.engine import LEAD_FRAMES, Engine
from cadencecoach.sound.limiter import QUANTUM, THRESHOLD
from cadencecoach.sound.pcm import to_pcm16
from cadencecoach.units import frame_at

FS_HZ = 48_000
Samples = NDArray[np.float32]
IMPULSE = np.array([0.5], np.float32)
UNITY = dict.fromkeys(Bus, 1.0)


def speech(n_frames: int, seed: int) -> Samples:
    """Loud noise that rises and falls: speech, for the engine."""
    noise = np.random.default_rng(seed).normal(0.0, 0.4, n_frames)
    return (noise * np.hanning(n_frames)).astype(np.float32)


CLIPS = {
    "click": np.linspace(1.0, 0.0, 1440, dtype=np.float32),
    "accent": np.linspace(0.7, 0.0, 1440, dtype=np.float32),
    "phrase": speech(30_000, seed=1),
    "earcon": speech(9_000, seed=2),
}


def impulses() -> Engine:
    """An engine whose click is a single sample, so that the output shows the onsets."""
    return Engine(clips={"click": IMPULSE, "long": np.full(20_000, 0.25, np.float32)}, gains=UNITY)


def onsets(samples: Samples) -> list[int]:
    """Frames that are not silent."""
    return np.flatnonzero(samples[:, 0]).tolist()


def beat_frames(timeline: Timeline, n_frames: int) -> list[int]:
    """Where the beats of a Timeline fall, by the rule."""
    last = int(timeline.beat_at(n_frames / FS_HZ)) + 2
    frames = (frame_at(timeline.time_of(beat), FS_HZ) for beat in range(last))
    return [frame for frame in frames if frame < n_frames]


def session() -> list[Command]:
    """Everything that can happen, close together, and loud enough to make the limiter work."""
    first, ramp, step, stop, again = set_beats(
        (0.0101, 171.3), (1.0, 190.0, 1.5), (2.2, 160.0), (3.0, None), (3.3, 180.0)
    )
    return [
        first,
        Play(at_s=0.4, clip="phrase", bus=Bus.VOICE),
        Play(at_s=0.55, clip="earcon", bus=Bus.EARCON),
        Play(at_s=0.6, clip="phrase", bus=Bus.VOICE),
        ramp,
        SetGain(at_s=1.2, bus=Bus.CLICK, gain=1.3),
        SetGain(at_s=1.2031, bus=Bus.CLICK, gain=0.7),
        Play(at_s=1.9, clip="phrase", bus=Bus.VOICE),
        HushCues(at_s=2.05),
        step,
        stop,
        again,
    ]


def rendered(blocks: Iterable[int], *, n_frames: int = 4 * FS_HZ) -> Samples:
    """The session in blocks of the given sizes, commands told at the frames where the blocks allow it."""
    engine = Engine(clips=CLIPS, gains={Bus.CLICK: 0.9, Bus.VOICE: 1.0, Bus.EARCON: 1.0}, clicks=("accent", "click"))
    for command in session():
        engine.tell(command)
    out: list[Samples] = []
    for block in blocks:
        left = n_frames - engine.position_frames
        if left <= 0:
            break
        out.append(played(engine, min(block, left)))
    return np.concatenate(out)


def played(engine: Engine, n_frames: int) -> Samples:
    """As a card's callback does it: silence is gone by, the rest rendered."""
    return np.zeros((n_frames, 2), np.float32) if engine.skip_silence(n_frames) else engine.render(n_frames)


def forever(*sizes: int) -> Iterator[int]:
    """Block sizes in turn, without end."""
    while True:
        yield from sizes


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((1,), marks=pytest.mark.slow),
        *[(64,), (512,), (128, 384), (997,), (48_000,), (127, 128, 129), (0, 5, 256)],
    ],
)
def test_block_size_changes_no_sample(blocks: tuple[int, ...]) -> None:
    """The same bits come out for every way of asking for them."""
    assert np.array_equal(rendered(forever(*blocks)), rendered([4 * FS_HZ]))


@pytest.mark.slow
@settings(max_examples=10)
@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=20))
def test_random_block_sizes_change_no_sample(blocks: list[int]) -> None:
    """Nor for any mixture of sizes."""
    assert np.array_equal(rendered(forever(*blocks)), rendered([4 * FS_HZ]))


@pytest.mark.parametrize("block", slow_but([64, 441, 997, 1], 441))
def test_commands_that_come_while_rendering_change_no_sample(block: int) -> None:
    """A command told in time gives what it gives when told before the start; told in any order."""
    engine = Engine(clips=CLIPS, gains={Bus.CLICK: 0.9, Bus.VOICE: 1.0, Bus.EARCON: 1.0}, clicks=("accent", "click"))
    waiting = session()
    out: list[Samples] = []
    while engine.position_frames < 4 * FS_HZ:
        reach_s = (engine.position_frames + block + LEAD_FRAMES) / FS_HZ
        while waiting and waiting[0].at_s <= reach_s:
            engine.tell(waiting.pop(0))
        out.append(played(engine, min(block, 4 * FS_HZ - engine.position_frames)))
    assert np.array_equal(np.concatenate(out), rendered([4 * FS_HZ]))


@each_row(("n_channels", "n_frames"), [(1, 512), (2, 512), (1, 441)])
def test_most_blocks_of_a_beat_are_gone_by(n_channels: int, n_frames: int) -> None:
    """Four blocks in five of a beat are not rendered, nor any after its end; the samples are the same."""
    engine, whole = Engine(clips=CLIPS, n_channels=n_channels), Engine(clips=CLIPS, n_channels=n_channels)
    for told in (engine, whole):
        told.tell(SetBeat.steady(at_s=0.0, tempo_spm=173.7))
        told.tell(SetGain(at_s=4.0, bus=Bus.CLICK, gain=8.0))  # the limiter is at work, and comes back in silence
        told.tell(SetBeat(at_s=8.0, timeline=None))
    blocks: list[Samples] = []
    rendered_at: list[int] = []
    while (first := engine.position_frames) < 10 * FS_HZ:
        if engine.skip_silence(n_frames):
            blocks.append(np.zeros((n_frames, 2), np.float32))
        else:
            blocks.append(engine.render(n_frames))
            rendered_at.append(first)
    assert np.array_equal(np.concatenate(blocks), whole.render(engine.position_frames))
    assert len([first for first in rendered_at if first < 3 * FS_HZ]) < 0.2 * 3 * FS_HZ / n_frames
    assert max(rendered_at) < 9 * FS_HZ


def test_changes_can_be_told_in_any_order() -> None:
    """Of changes at different times it does not matter which was told first."""
    changes = [command for command in session() if not isinstance(command, Play | HushCues)]
    engine, shuffled = Engine(clips=CLIPS), Engine(clips=CLIPS)
    for command in session():
        if command in changes:
            engine.tell(command)
    for command in changes[1::2] + changes[::-2]:
        shuffled.tell(command)
    assert np.array_equal(engine.render(4 * FS_HZ), shuffled.render(4 * FS_HZ))


def test_both_channels_are_alike_and_within_the_threshold() -> None:
    """Left is right, and what is too loud is held at the threshold."""
    out = rendered([4 * FS_HZ])
    assert np.array_equal(out[:, 0], out[:, 1])
    assert 0.8 * THRESHOLD < np.abs(out).max() <= THRESHOLD


def test_sixteen_bit_is_the_rounded_float() -> None:
    """The fast way to a file gives what rounding gives, over chunk edges too."""
    floats, words = Engine(clips=CLIPS), Engine(clips=CLIPS)
    for command in session():
        floats.tell(command)
        words.tell(command)
    assert np.array_equal(words.render_pcm16(190_001), to_pcm16(floats.render(190_001)[:, 0]))


@pytest.mark.parametrize(
    ("tempo_spm", "n_minutes"),
    slow_but([(173.7, 60), (180.0, 5), (60.01, 5), (239.9, 5)], (60.01, 5), (239.9, 5)),
)
def test_clicks_stand_at_the_nearest_frames_for_an_hour(tempo_spm: float, n_minutes: int) -> None:
    """Each click is at the frame nearest to k * 60 / tempo: no drift over an hour, none lost, none twice."""
    engine, minute = impulses(), 60 * FS_HZ
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=tempo_spm))
    pieces = [np.flatnonzero(engine.render_pcm16(minute)) + minute * k for k in range(n_minutes)]
    want = np.arange(int(n_minutes * tempo_spm) + 1) * 60.0 / tempo_spm * FS_HZ
    want = want[np.floor(want + 0.5) < minute * n_minutes]
    found = np.concatenate(pieces)
    assert len(found) == len(want)
    assert np.abs(found - want).max() <= 0.5 + 1e-6


def test_a_ramp_is_followed_beat_by_beat() -> None:
    """On a ramp and after it the clicks stand where the Timeline says."""
    engine = impulses()
    first = Timeline.steady(start_s=0.25, tempo_spm=160.0)
    ramp = first.retime(at_s=4.0, tempo_spm=180.0, ramp_s=10.0)
    engine.tell(SetBeat(at_s=0.25, timeline=first))
    engine.tell(SetBeat(at_s=4.0, timeline=ramp))
    want = [f for f in beat_frames(first, 20 * FS_HZ) if f < 4 * FS_HZ]
    want += [f for f in beat_frames(ramp, 20 * FS_HZ) if f >= 4 * FS_HZ]
    assert onsets(engine.render(20 * FS_HZ)) == want


@given(
    st.lists(
        st.tuples(st.integers(1, 15), st.floats(60.0, 240.0), st.sampled_from([0.0, 0.3, 2.0])), min_size=1, max_size=8
    )
)
def test_no_beat_is_lost_or_doubled_by_a_change_of_tempo(changes: list[tuple[int, float, float]]) -> None:
    """Changes at the very moments of beats, the worst place for rounding: all are there, and none bunch."""
    engine = impulses()
    timeline = Timeline.steady(start_s=0.0, tempo_spm=180.0)
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=180.0))
    at_s = 0.0
    for n_beats, tempo_spm, ramp_s in changes:
        at_s = max(at_s, timeline.time_of(round(timeline.beat_at(at_s)) + n_beats))
        timeline = timeline.retime(at_s=at_s, tempo_spm=tempo_spm, ramp_s=ramp_s)
        engine.tell(SetBeat(at_s=at_s, timeline=timeline))
    n_frames = frame_at(timeline.time_of(round(timeline.beat_at(at_s)) + 10.5), FS_HZ)
    found = onsets(engine.render(n_frames))
    assert len(found) == round(timeline.beat_at(at_s)) + 11
    assert np.diff(found).min() >= 0.24 * FS_HZ


def test_a_stopped_beat_starts_again_at_beat_zero() -> None:
    """No click begins at the stop or later; from silence the next beat falls on the moment of the start."""
    engine = impulses()
    for command in set_beats((0.0, 180.0), (1.0, None), (1.5, 120.0)):
        engine.tell(command)
    assert onsets(engine.render(FS_HZ * 5 // 2)) == [0, 16_000, 32_000, 72_000, 96_000]


@each_row("rendered_frames", [1000, 20_000, 3_000_000])
def test_a_beat_told_late_keeps_its_phase(rendered_frames: int) -> None:
    """Beats that have gone by are left out; the others fall where they would have fallen."""
    engine = impulses()
    engine.render(rendered_frames)
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=180.0))
    found = [rendered_frames + onset for onset in onsets(engine.render(FS_HZ))]
    assert [onset % 16_000 for onset in found] == [0, 0, 0]


def test_a_change_of_tempo_told_late_is_as_if_it_had_come_in_time() -> None:
    """20 ms after its moment: all onsets from there on are those of the change in time."""
    in_time, late = impulses(), impulses()
    first, change = set_beats((0.0, 180.0), (1.1, 171.3))
    for engine in (in_time, late):
        engine.tell(first)
    in_time.tell(change)
    head = late.render(round(1.12 * FS_HZ))
    late.tell(change)
    assert onsets(np.concatenate((head, late.render(4 * FS_HZ)))) == onsets(in_time.render(len(head) + 4 * FS_HZ))


@each_row("at_s", [0.0, 1.05, 100.0])
def test_a_beat_is_taken_up_where_it_would_be(at_s: float) -> None:
    """A new engine goes on with the Timeline of another: the same places, the same numbers, none from the past."""
    timeline = Timeline(start_s=0.25, start_beat=3.7, from_spm=160.0, to_spm=175.0, ramp_s=30.0)
    clips = {"click": np.array([0.25], np.float32), "accent": IMPULSE}
    engine = Engine(clips=clips, gains=UNITY, clicks=("accent", "click"))
    begin = round(at_s * FS_HZ)
    engine.render(begin)
    engine.tell(SetBeat(at_s=0.0, timeline=timeline))
    heard = engine.render(2 * FS_HZ)[:, 0]
    found = np.flatnonzero(heard) + begin
    first = int(np.ceil(timeline.beat_at((begin + 2 * QUANTUM) / FS_HZ)))
    assert frame_at(timeline.time_of(max(first, 0) + 1), FS_HZ) in found
    for onset in found:
        beat = round(timeline.beat_at(onset / FS_HZ))
        assert onset == frame_at(timeline.time_of(beat), FS_HZ)
        assert heard[onset - begin] == pytest.approx(0.25 if beat % 2 else 0.5, rel=0.6)


def test_a_late_cue_takes_the_first_frame_not_yet_mixed() -> None:
    """A command for the past takes effect at once, less than two quanta after the output, and says where."""
    engine = impulses()
    engine.render(1000)
    reached = engine.mixed_frames
    engine.tell(Play(at_s=0.0, clip="long", bus=Bus.VOICE))
    assert 1000 + onsets(engine.render(500))[0] == reached
    assert reached - 1000 < 2 * QUANTUM


def test_accents_go_by_the_number_of_the_beat() -> None:
    """Clicks are taken in turn, beat 0 first, through a change of tempo."""
    clips = {"click": np.array([0.25], np.float32), "accent": IMPULSE}
    engine = Engine(clips=clips, gains=UNITY, clicks=("accent", "click", "click"))
    for command in set_beats((0.0, 120.0), (1.1, 240.0)):
        engine.tell(command)
    heard = engine.render(3 * FS_HZ)[:, 0]
    assert heard[np.flatnonzero(heard)][:7].tolist() == [0.5, 0.25, 0.25, 0.5, 0.25, 0.25, 0.5]


def test_the_click_makes_room_for_a_phrase() -> None:
    """12 dB down from the phrase's first frame to its last, untouched 10 ms before and 200 ms after."""
    clips = {"click": np.full(FS_HZ, 0.5, np.float32), "phrase": np.zeros(9600, np.float32)}
    engine = Engine(clips=clips, gains=UNITY)
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=60.0))
    engine.tell(Play(at_s=0.5, clip="phrase", bus=Bus.VOICE))
    gain = engine.render(FS_HZ)[:, 0] / np.float32(0.5)
    assert (gain[: 24_000 - 480 + 1] == 1.0).all()
    assert np.allclose(gain[24_000 : 24_000 + 9600], 10 ** (-12 / 20))
    assert (np.diff(gain[24_000 - 480 : 24_000]) < 0).all()
    assert (np.diff(gain[33_600:43_200]) > 0).all()
    assert (gain[43_200:] == 1.0).all()


def test_a_gain_changes_over_a_short_fade() -> None:
    """From the frame asked for, in 5 ms, without a step."""
    clips = {"click": IMPULSE, "long": np.full(9600, 0.5, np.float32)}
    engine = Engine(clips=clips, gains=UNITY)
    engine.tell(Play(at_s=0.0, clip="long", bus=Bus.EARCON))
    engine.tell(SetGain(at_s=0.1, bus=Bus.EARCON, gain=0.0))
    heard = engine.render(9600)[:, 0]
    assert (heard[:4801] == 0.5).all()
    assert (heard[4801 + 240 :] == 0.0).all()
    assert np.abs(np.diff(heard)).max() < 0.5 / 200


def test_a_hush_fades_what_sounds_and_forgets_what_waits() -> None:
    """What was told before is gone, what is told after is heard; the click is not touched by either."""
    engine = impulses()
    engine.tell(Play(at_s=0.0, clip="long", bus=Bus.VOICE))
    engine.tell(Play(at_s=0.3, clip="long", bus=Bus.EARCON))
    engine.tell(HushCues(at_s=0.1))
    engine.tell(Play(at_s=1.0, clip="long", bus=Bus.VOICE))
    heard = engine.render(2 * FS_HZ)[:, 0]
    assert (heard[:4800] == 0.25).all()
    assert (heard[4800 + 240 : FS_HZ] == 0.0).all()
    assert (heard[FS_HZ : FS_HZ + 20_000] == 0.25).all()


@each_row("block", [64, 480, FS_HZ])
def test_a_cut_ends_a_click_that_sounds_the_words_and_the_beat(block: int) -> None:
    """An order to the beat that was to come with it later is gone too; what is told after a cut stands."""
    clips = {"click": np.full(4800, 0.2, np.float32), "long": np.full(20_000, 0.2, np.float32)}
    engine = Engine(clips=clips, gains=UNITY)
    engine.tell(SetBeat.steady(at_s=0.0, tempo_spm=180.0))
    engine.tell(Play(at_s=0.0, clip="long", bus=Bus.VOICE))
    engine.tell(SetBeat.steady(at_s=0.06, tempo_spm=170.0))
    engine.tell(Cut(at_s=0.05))
    engine.tell(SetBeat.steady(at_s=1.0, tempo_spm=170.0))
    heard = np.concatenate([engine.render(block)[:, 0] for _ in range(2 * FS_HZ // block)])
    assert heard[2399] > 0.2
    assert np.abs(np.diff(heard[2390:2660])).max() < 0.5 / 200
    assert (heard[2400 + 240 : FS_HZ] == 0.0).all()
    assert heard[FS_HZ + 100] == pytest.approx(0.2)


def test_too_many_cues_cost_an_earcon_and_never_the_click() -> None:
    """With sixteen earcons over each other the oldest is gone, and the click is there."""
    clips = {"click": IMPULSE, "soft": np.full(4800, 0.01, np.float32)}
    engine = Engine(clips=clips, gains=UNITY)
    for k in range(16):
        engine.tell(Play(at_s=0.001 * k, clip="soft", bus=Bus.EARCON))
    engine.tell(SetBeat.steady(at_s=0.05, tempo_spm=180.0))
    heard = engine.render(4800)[:, 0]
    assert heard[2000] == pytest.approx(0.15, abs=1e-6)
    assert heard[2400] > heard[2399] + 0.1


@each_row(
    "command",
    [
        SetBeat(at_s=float("nan"), timeline=None),
        SetBeat(at_s=float("inf"), timeline=Timeline.steady(start_s=0.0, tempo_spm=170.0)),
        SetBeat.steady(at_s=0.0, tempo_spm=1e9),
        SetBeat(
            at_s=0.0,
            timeline=Timeline.steady(start_s=0.0, tempo_spm=1e9).retime(at_s=0.0, tempo_spm=170.0, ramp_s=9.0),
        ),
        Play(at_s=0.0, clip="nowhere", bus=Bus.VOICE),
        Play(at_s=float("inf"), clip="click", bus=Bus.VOICE),
        SetGain(at_s=0.0, bus=Bus.CLICK, gain=float("nan")),
        SetGain(at_s=0.0, bus=Bus.CLICK, gain=-1.0),
    ],
)
def test_what_means_nothing_is_refused_and_changes_nothing(command: Command) -> None:
    """A bad command fails where it is told, not later in the audio thread."""
    engine = impulses()
    with pytest.raises(ValueError, match=r"finite|tempo|gain|clip"):
        engine.tell(command)
    assert onsets(engine.render(FS_HZ)) == []


@each_row("samples", [np.zeros((2, 2)), np.zeros(0), np.array([np.nan])])
def test_a_clip_is_one_row_of_finite_samples(samples: Samples) -> None:
    """Nothing else is taken."""
    with pytest.raises(ValueError, match="one row of finite samples"):
        impulses().load("bad", samples)


def test_two_engines_know_nothing_of_each_other() -> None:
    """What one is told the other does not play."""
    one, other = impulses(), impulses()
    one.tell(SetBeat.steady(at_s=0.0, tempo_spm=180.0))
    assert onsets(other.render(FS_HZ)) == []
    assert onsets(one.render(FS_HZ)) == [0, 16_000, 32_000]
