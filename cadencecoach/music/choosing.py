"""Which songs may be played next, the best first."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from cadencecoach.music.song import Song, octave_for


def next_songs(
    songs: Sequence[Song], *, after: int, tempo_spm: float, goal_spm: float, without: AbstractSet[int] = frozenset()
) -> list[int]:
    """The songs that fit the tempo now, in turn; first those that also fit the tempo to come.

    Args:
        songs: in the order they are played in
        after: the one played last; it comes last of its kind
        tempo_spm: of the beat now
        goal_spm: that it comes to
        without: those that cannot be read, or are not wanted now
    """
    turn = [(after + step) % len(songs) for step in range(1, len(songs) + 1)] if songs else []
    fitting = [one for one in turn if one not in without and octave_for(songs[one], tempo_spm) is not None]
    lasting = {one for one in fitting if octave_for(songs[one], goal_spm) is not None and one != after}
    return sorted(fitting, key=lambda one: one not in lasting)
