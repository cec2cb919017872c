"""How loud a session begins: as it was on this sound device last, and never beyond what the settings allow."""

from cadencecoach.coach.volume import Volume, level_of, most_within
from cadencecoach.store.settings import MOST_DB, SoundSettings


def volume_of(sound: SoundSettings, remembered_db: tuple[float, float] = (0.0, 0.0)) -> Volume:
    """Levels to begin with, and how far keys may raise them.

    Args:
        sound: the settings
        remembered_db: of beat and of words, over the settings
    """
    beat_most = most_within(MOST_DB - sound.click_db)
    words_most = most_within(MOST_DB - max(sound.voice_db, sound.earcon_db))
    beat_db, words_db = remembered_db
    return Volume(
        beat=level_of(beat_db, beat_most),
        words=level_of(words_db, words_most),
        beat_most=beat_most,
        words_most=words_most,
    )
