"""How loud a session begins, and that nothing gets past the limiter at the loudest."""

import numpy as np
from each_row import each_row

from cadencecoach.coach.actions import SetVolume
from cadencecoach.coach.volume import Volume
from cadencecoach.devices.assets import asset
from cadencecoach.live.audio.loudness import volume_of
from cadencecoach.live.audio.performer import Performer, SameClock
from cadencecoach.sound.bank import load_bank
from cadencecoach.sound.commands import Bus, Play, SetBeat
from cadencecoach.sound.engine import Engine
from cadencecoach.sound.limiter import THRESHOLD
from cadencecoach.store.settings import SoundSettings


@each_row(
    ("sound", "remembered_db", "volume"),
    [
        (SoundSettings(), (0.0, 0.0), Volume()),
        (SoundSettings(), (3.0, -9.0), Volume(beat=9, words=5)),
        (SoundSettings(), (50.0, 50.0), Volume(beat=10, words=10)),
        (SoundSettings(click_db=6.0, earcon_db=4.0), (6.0, 6.0), Volume(beat_most=8, words_most=8)),
        (SoundSettings(voice_db=2.0), (6.0, 6.0), Volume(beat=10, words=9, words_most=9)),
    ],
)
def test_a_session_begins_as_loud_as_it_was_and_as_the_settings_allow(
    sound: SoundSettings, remembered_db: tuple[float, float], volume: Volume
) -> None:
    """Of words and tones the louder one is what counts."""
    assert volume_of(sound, remembered_db) == volume


def test_nothing_is_louder_than_the_limiter_allows() -> None:
    """Beat, words and tones at once, all as loud as keys and settings can make them."""
    bank = load_bank(asset("sounds"))
    sound = SoundSettings(click_db=0.0, voice_db=0.0, earcon_db=0.0)
    most = volume_of(sound, (99.0, 99.0))
    engine = Engine(clips=bank, gains=sound.gains())
    performer = Performer(send=engine.tell, length_s=lambda _: None, gains=sound.gains(), clock=SameClock())
    performer.perform(SetVolume(time_s=0.0, beat_db=most.beat_db, words_db=most.words_db))
    assert (most.beat_db, most.words_db) == (6.0, 6.0)
    engine.tell(SetBeat.steady(at_s=0.05, tempo_spm=200.0))
    for k in range(20):
        engine.tell(Play(at_s=0.05 + 0.2 * k, clip="click", bus=Bus.VOICE))
        engine.tell(Play(at_s=0.05 + 0.2 * k, clip="click", bus=Bus.EARCON))
    peak = float(np.abs(engine.render(4 * 48_000)).max())
    assert 0.9 * THRESHOLD < peak <= THRESHOLD
