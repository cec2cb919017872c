"""Keys that are written and change nothing beside what else is written. One check a question."""

from collections.abc import Iterator

from cadencecoach.plan.checks.written import Check, Clash, Words
from cadencecoach.plan.feedback import Start
from cadencecoach.plan.language import SpeedsText
from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.model import AthleteBaseline, Between, RatioTolerance, Relative
from cadencecoach.plan.targets import widest_ratio

EPSILON = 1e-9
HOLDING = ("hold-reach", "hold-over", "hold-every")


def _above_its_limit(words: Words) -> Iterator[Clash]:
    """A time that is to grow up to a limit, and is above it from the start."""
    feedback = words.feedback
    growing = (
        ("spacing", feedback.spacing_s, "spacing-limit", feedback.spacing_limit_s, ("growth",)),
        ("rest", feedback.rest_s, "rest-limit", feedback.rest_limit_s, ("back-off",)),
        ("lost-spacing", feedback.lost_spacing_s, "lost-limit", feedback.lost_limit_s, ()),
    )
    for key, seconds, limit_key, limit_s, by in growing:
        place = words.first_of(limit_key, *by)
        if seconds > limit_s and place is not None:
            asked, limit = length_words(seconds), length_words(limit_s)
            yield Clash(
                place,
                f"'{key}' ({asked}) is above '{limit_key}' ({limit}), so it never grows and the limit does nothing; "
                f"write '{limit_key}: {asked}' or more, or a shorter '{key}'",
            )


def _wider_than_the_band(words: Words) -> Iterator[Clash]:
    """A `clear` that says the runner is back where `edge` does not let it."""
    feedback, place, half = words.feedback, words.setting("clear"), _half_ratio(words)
    if place is None or half is None or feedback.clear_ratio <= feedback.edge_ratio * half + EPSILON:
        return
    nearest = _percent(feedback.edge_ratio * half)
    yield Clash(
        place,
        f"the band of stage '{words.stage.name}' is {_percent(half)} to either side, and 'edge' has the runner back at "
        f"{nearest}, so this does nothing; write {nearest} or less, or a wider 'tolerance'",
    )


def _half_ratio(words: Words) -> float | None:
    """Half the width of the band as a part of the target; None where the text does not give it away."""
    stage, band = words.stage, words.band
    if band is not None:
        return (band.high_spm - band.target_spm) / band.target_spm
    if isinstance(stage.target, Relative) and isinstance(stage.tolerance, RatioTolerance):
        return min(stage.tolerance.ratio, widest_ratio(stage.target))
    return None


def _percent(ratio: float) -> str:
    return f"{ratio * 100:.3g} %"


def _follows_in_halves(words: Words) -> Iterator[Clash]:
    """A target that moves only when it is far off, and then by less than that."""
    feedback, place = words.feedback, words.first_of("follow", "follow-step")
    if place is not None and feedback.follow_ratio > feedback.follow_step_ratio:
        off, step = _percent(feedback.follow_ratio), _percent(feedback.follow_step_ratio)
        yield Clash(
            place,
            f"'follow' ({off}) is above 'follow-step' ({step}), "
            "so the target moves and is still off; write a smaller 'follow', or a larger 'follow-step'",
        )


def _nothing_to_follow(words: Words) -> Iterator[Clash]:
    """A target that is to follow speed, without cadences at several speeds. Steps of the beat keep to `follow-step`."""
    place, given = words.setting("follow"), words.head.keys.baseline
    if place is not None and not isinstance(given, AthleteBaseline | SpeedsText):
        yield Clash(
            place,
            "a target follows speed only with a baseline at several speeds, so this does nothing; write "
            "'baseline: {speeds: {8 km/h: 158 spm, 10 km/h: 163 spm}}', or delete the key",
        )


def _phase_of_nothing(words: Words) -> Iterator[Clash]:
    """A phase for a beat that does not begin in step, nor is held there."""
    place, feedback = words.setting("phase"), words.feedback
    if place is not None and feedback.start is Start.AT_ONCE and feedback.hold_phase_ratio <= 0:
        yield Clash(place, "with 'start: at once' a beat has no phase; write 'start: in step', or delete the key")


def _holds_nothing(words: Words) -> Iterator[Clash]:
    """How a beat is held, where it is not held."""
    place = words.first_of(*HOLDING)
    if place is not None and words.feedback.hold_phase_ratio <= 0:
        yield Clash(
            place, "with 'hold-phase: 0 %' no beat is held, so this does nothing; write 'hold-phase: 1 %' beside it"
        )


def _tolerance_of_a_range(words: Words) -> Iterator[Clash]:
    """A width beside a range, which has its own."""
    place, target = words.at("tolerance"), words.stage.target
    if place is not None and isinstance(target, Between):
        yield Clash(
            place,
            f"the target is a range already ({target.low_spm:g} to {target.high_spm:g} spm), so this does nothing; "
            "delete it, or write the range wider",
        )


IDLE_KEYS: tuple[Check, ...] = (
    _above_its_limit,
    _wider_than_the_band,
    _follows_in_halves,
    _nothing_to_follow,
    _phase_of_nothing,
    _holds_nothing,
    _tolerance_of_a_range,
)
