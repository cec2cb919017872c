"""The metronome's screen, drawn for several terminals and read back."""

from dataclasses import replace

from each_row import each_row
from rich.console import Console

from cadencecoach.coach.coaching import metronome_alone
from cadencecoach.coach.events import ClockReached, Key, KeyPressed
from cadencecoach.coach.metronome import Metronome, MetronomeSettings
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.thresholds import TrackerSettings
from cadencecoach.gait.tracker import Tracker
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.record.fold.beats import Beats
from cadencecoach.view.metronome_screen import difference, metronome_end, metronome_line, render_metronome
from cadencecoach.view.model import ViewModel
from cadencecoach.view.moment import Surroundings, moment


def shown(*keys: Key) -> tuple[ViewModel, Metronome]:
    """A metronome on its way from 165 to 175, a minute old, with some keys pressed."""
    settings = MetronomeSettings(from_spm=165.0, to_spm=175.0, over_s=600.0, for_s=1200.0)
    coaching = metronome_alone(settings)
    state, _ = coaching.react(coaching.begun, ClockReached(0.0))
    for key in keys:
        state, _ = coaching.react(state, KeyPressed(60.0, key))
    assert state.metronome is not None
    tracker = Tracker.with_settings(TrackerSettings(walk_below_spm=140.0))
    return moment(state, tracker, 60.0, Surroundings()), state.metronome


def lines(model: ViewModel, metronome: Metronome, width: int = 80, height: int = 24) -> list[str]:
    """What stands on the screen."""
    console = Console(width=width, height=height, color_system=None, force_terminal=True)
    with console.capture() as captured:
        console.print(render_metronome(model, metronome, width, height))
    return captured.get().splitlines()


@each_row(("width", "height"), [(80, 24), (200, 50), (40, 10), (20, 3), (1, 1)])
def test_it_fills_the_terminal_exactly(width: int, height: int) -> None:
    """Not a line or a column more."""
    drawn = lines(*shown(), width=width, height=height)
    assert len(drawn) == height
    assert all(len(line) == width for line in drawn)


def test_it_says_tempo_time_sound_and_where_it_goes() -> None:
    """In words beside the figures."""
    text = "\n".join(lines(*shown()))
    for part in ("19:00 to go", "TEMPO", "ONE BEAT, ONE STEP", "sound click", "moving to 175", "q stop"):
        assert part in text
    assert "CADENCE" not in text


def test_with_a_sensor_the_cadence_stands_beside_the_tempo() -> None:
    """And by how much it is off."""
    model, metronome = shown()
    model = replace(model, cadence_spm=169.0, feet=Feet.LIVE, quality=1.0)
    assert difference(model) == "+3"
    assert "YOUR CADENCE +3" in "\n".join(lines(model, metronome))
    assert metronome_line(model) == "01:00  tempo 166; cadence 169 (+3)"


def test_without_colour_a_pause_and_a_silence_are_words() -> None:
    """Banner and details."""
    model, metronome = shown(Key.PAUSE, Key.MUTE, Key.ACCENT)
    text = "\n".join(lines(model, metronome))
    assert "PAUSED" in text
    assert "accent left" in text
    assert "voice off" in text
    assert "KEEP THE TEMPO" in "\n".join(lines(shown()[0], replace(metronome, is_open=False)))


def test_where_figures_have_no_room_there_are_words() -> None:
    """Three lines of forty columns."""
    assert any("TEMPO 166" in line for line in lines(*shown(), width=40, height=3))


@each_row(
    ("beats", "time_s", "where", "is_whole", "said"),
    [
        (Beats(number=6800, from_spm=170, to_spm=170), 2400.0, "a.mp3", True, "a.mp3: 40:00, 6800 beats, 170 spm"),
        (Beats(number=1, from_spm=165, to_spm=175.5), 0.3, "USB", True, "USB: 00:00, 1 beat, 165 to 175.5 spm"),
        (Beats(number=2, from_spm=170, to_spm=170), 1.0, "", True, "no sound: 00:01, 2 beats, 170 spm"),
        (Beats(number=2, from_spm=170, to_spm=170), 1.0, "a.wav", False, "a.wav, incomplete: 00:01, 2 beats, 170 spm"),
        (None, 0.0, "a.wav", True, "a.wav: 00:00, 0 beats, - spm"),
    ],
)
def test_its_end_is_one_line(beats: Beats | None, time_s: float, where: str, *, is_whole: bool, said: str) -> None:
    """Where it went, how long it lasted, how many beats, from which tempo to which."""
    assert metronome_end(beats, time_s, ENGLISH_SCREEN, where=where, is_whole=is_whole) == said


@each_row(("width", "height"), [(80, 24), (40, 12)])
def test_all_keys_are_told_under_the_banner(width: int, height: int) -> None:
    """In place of the figures."""
    model, metronome = shown()
    drawn = lines(replace(model, shows_keys=True), metronome, width, height)
    text = "\n".join(drawn)
    assert len(drawn) == height
    assert "ONE BEAT, ONE STEP" in drawn[0]
    for words in ("tap", "accent", "h/j beat" if width < 80 else "beat softer, louder", "? goes back"):
        assert words in text


def test_signal_and_sensor_are_details() -> None:
    """Told when they are asked for, and only of a sensor that was heard."""
    model, metronome = shown()
    heard = replace(model, cadence_spm=169.0, feet=Feet.LIVE, quality=1.0, unit="counting both feet")
    for one, is_told in (
        (heard, False),
        (replace(heard, shows_detail=True), True),
        (replace(model, shows_detail=True), False),
    ):
        assert ("signal 100 %" in "\n".join(lines(one, metronome))) is is_told
