"""The words of `cadencecoach metronome`: what they mean, and what is refused."""

import math

import pytest
from each_row import each_row

from cadencecoach.coach.clicks import Accent, Click, Every
from cadencecoach.coach.metronome import MetronomeSettings
from cadencecoach.errors import UsageError
from cadencecoach.live.opening.metronome import MetronomeRequest, click_sounds, metronome_settings
from cadencecoach.store.settings import Settings, SoundSettings


def settings_of(asked: MetronomeRequest) -> MetronomeSettings:
    """Checked, on a machine without settings of its own."""
    return metronome_settings(asked, Settings(), seed=3)


def test_nothing_asked_for_is_a_plain_beat() -> None:
    """170, every step, for as long as it takes, never silent."""
    assert settings_of(MetronomeRequest()) == MetronomeSettings(
        from_spm=170.0, to_spm=170.0, on_s=math.inf, click=Click(seed=3), sounds=click_sounds()
    )


def test_everything_asked_for_is_there() -> None:
    """Durations as in a plan, percent as a ratio."""
    asked = MetronomeRequest(
        from_spm=165.0, to_spm=175.0, over="20min", for_text="1 h", every="stride", accent="left", pan=0.5,
        on="1min", off="30 s", silent=20.0, say_every="5 min", click="wood",
    )  # fmt: skip
    assert settings_of(asked) == MetronomeSettings(
        from_spm=165.0,
        to_spm=175.0,
        over_s=1200.0,
        for_s=3600.0,
        on_s=60.0,
        off_s=30.0,
        marks_s=300.0,
        click=Click(sound="wood", every=Every.STRIDE, accent=Accent.LEFT, pan=0.5, silent_ratio=0.2, seed=3),
        sounds=click_sounds(),
    )


def test_the_settings_choose_the_sound_and_the_command_wins() -> None:
    """Of those there are: nine, the default first."""
    machine = Settings(sound=SoundSettings(click="clave"))
    assert metronome_settings(MetronomeRequest(), machine, seed=1).click.sound == "clave"
    assert metronome_settings(MetronomeRequest(click="glass"), machine, seed=1).click.sound == "glass"
    assert len(click_sounds()) >= 8
    assert click_sounds()[0] == "click"


def test_trying_sounds_plays_each_and_ends() -> None:
    """Four seconds a sound."""
    tried = settings_of(MetronomeRequest(try_sounds="each"))
    assert (tried.each_s, tried.for_s) == (4.0, 4.0 * len(click_sounds()))


@each_row(
    ("asked", "said"),
    [
        (MetronomeRequest(spm=500.0), "choose 60 to 260"),
        (MetronomeRequest(spm=float("nan")), "choose 60 to 260"),
        (MetronomeRequest(spm=170.0, from_spm=165.0), "not both"),
        (MetronomeRequest(from_spm=165.0, to_spm=175.0), "over what time? Add for example --over 20min"),
        (MetronomeRequest(from_spm=165.0, to_spm=17.5, over="1min"), "17.5 is too slow"),
        (MetronomeRequest(over="soon", from_spm=160.0, to_spm=170.0), "--over soon"),
        (MetronomeRequest(for_text="10"), "--for 10"),
        (MetronomeRequest(on="1min"), "go together"),
        (MetronomeRequest(on="1min", off="0.1 s"), "--off: 0.1 s is too short"),
        (MetronomeRequest(silent=101.0), "0 to 100 percent"),
        (MetronomeRequest(pan=-0.1), "0 (middle) to 1"),
        (MetronomeRequest(say_every="10 s"), "--say-every: 10 s is too short"),
        (MetronomeRequest(click="gong"), "choose from click, "),
    ],
)
def test_what_cannot_be_is_one_line(asked: MetronomeRequest, said: str) -> None:
    """It names the option and what is allowed."""
    with pytest.raises(UsageError) as caught:
        settings_of(asked)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@each_row(
    "asked",
    [
        MetronomeRequest(spm=0.0),
        MetronomeRequest(from_spm=0.0, to_spm=170.0, over="1min"),
        MetronomeRequest(to_spm=0.0, over="1min"),
        MetronomeRequest(from_spm=170.0, to_spm=0.0, over="1min"),
    ],
)
def test_a_tempo_of_0_is_given_and_refused(asked: MetronomeRequest) -> None:
    """It is not the same as none, which is 170."""
    with pytest.raises(UsageError, match=r"^0 is too slow; choose 60 to 260 beats a minute$"):
        settings_of(asked)


def test_a_sound_without_a_name_is_refused() -> None:
    """It is not the same as none, which is that of the settings."""
    with pytest.raises(UsageError, match=r"^--click : no such sound"):
        settings_of(MetronomeRequest(click=""))
