"""Where speech begins: between two beats, so that the first word and the beat leave each other clear."""

import math

from cadencecoach.plan.timeline import Timeline


def between_beats(timeline: Timeline | None, at_s: float) -> float:
    """The first moment at or after `at_s` that is half-way, in beats, between two beats; `at_s` where none sounds."""
    if timeline is None:
        return at_s
    half_way = math.ceil(timeline.beat_at(at_s) - 0.5) + 0.5
    return max(at_s, timeline.time_of(half_way))
