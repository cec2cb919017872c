"""What may be heard in a session, known before its start."""

from dataclasses import dataclass

from cadencecoach.coach.phrases import counted_vocabulary, vocabulary
from cadencecoach.live.audio.music import NO_MUSIC, Music
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a session may sound like.

    Attributes:
        words: what is said, in one language
        sentences: every one that can be said
        counted: those among them that stand for every number there may be
        n_channels: of the sound: two where something is panned, or music has two sides
        music: the songs that are played instead of the click
    """

    words: Phrasebook
    sentences: tuple[str, ...]
    counted: frozenset[str] = frozenset()
    n_channels: int = 1
    music: Music = NO_MUSIC


def score_of(plan: Plan, words: Phrasebook = ENGLISH, music: Music = NO_MUSIC) -> Score:
    """What a guided session of this plan may sound like."""
    return Score(
        words=words,
        sentences=vocabulary(plan, words),
        counted=frozenset(counted_vocabulary(words)),
        n_channels=2 if music.songs else 1,
        music=music,
    )
