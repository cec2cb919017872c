"""What may be heard in a session, known before its start."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cadencecoach.coach.phrases import counted_vocabulary, sentences, vocabulary
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
        messages: words of the messages that may be spoken on a key, by id
        music: the songs that are played instead of the click
    """

    words: Phrasebook
    sentences: tuple[str, ...]
    counted: frozenset[str] = frozenset()
    n_channels: int = 1
    messages: Mapping[str, str] = field(default_factory=dict)
    music: Music = NO_MUSIC

    def with_messages(self, messages: Mapping[str, str]) -> "Score":
        """The same with messages, whose sentences are made ready with the others."""
        said = (sentence for text in messages.values() for sentence in sentences(text))
        return replace(self, messages=messages, sentences=tuple(dict.fromkeys((*self.sentences, *said))))


def score_of(plan: Plan, words: Phrasebook = ENGLISH, music: Music = NO_MUSIC) -> Score:
    """What a guided session of this plan may sound like."""
    return Score(
        words=words,
        sentences=vocabulary(plan, words),
        counted=frozenset(counted_vocabulary(words)),
        n_channels=2 if music.songs else 1,
        music=music,
    )
