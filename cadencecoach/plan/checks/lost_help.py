"""Help that is written and never comes, or comes to something else than is written. One check a question."""

from collections.abc import Iterator

from cadencecoach.plan.checks.written import Check, Clash, Words, fades, has_corrections
from cadencecoach.plan.feedback import CueStyle, Rung
from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.model import Beat, Between, Fixed

LEAST_HELP_S = 1.0  # the coach leaves out a shorter stretch: a click or two is no help


def _only_the_beat(words: Words) -> Iterator[Clash]:
    """A ladder with nothing but the beat, where no beat can come to the rescue."""
    place, feedback = words.setting("ladder"), words.feedback
    is_silent = feedback.is_wordless or words.stage.mean_help_ratio <= 0
    if place is None or is_silent or feedback.cue_rungs or words.stage.beat is Beat.RESCUE:
        return
    yield Clash(
        place,
        f"this ladder has only the beat, and stage '{words.stage.name}' has no rescue beat, so nothing is ever "
        "corrected there; write 'ladder: tone, words', or 'beat: rescue'",
    )


def _no_rung_for_the_beat(words: Words) -> Iterator[Clash]:
    """A rescue beat that the ladder never reaches."""
    place, feedback = words.setting("ladder"), words.feedback
    if place is None or words.stage.beat is not Beat.RESCUE or not feedback.cue_rungs or Rung.BEAT in feedback.ladder:
        return
    if words.stage.mean_help_ratio > 0:
        yield Clash(
            place,
            f"this ladder has no beat, so the rescue beat of stage '{words.stage.name}' never comes; "
            "write 'ladder: tone, beat, words', or 'beat: off'",
        )


def _find_graded_without_a_beat(words: Words) -> Iterator[Clash]:
    """A click that is to tell the error, where nothing clicks."""
    if words.feedback.style is not CueStyle.GRADED or words.stage.beat is not Beat.OFF or words.stage.is_probe:
        return
    place = words.on_stage("feedback") or words.on_stage("beat") or words.setting("style")
    if place is not None:
        yield Clash(
            place,
            f"a graded click needs a beat to be heard in, and stage '{words.stage.name}' has none; write 'beat: on', "
            "or 'feedback: none'",
        )


def _find_graded_music(words: Words) -> Iterator[Clash]:
    """A click that is to tell the error, where music is to sound in its place."""
    place = words.on_stage("music") or words.head.node.get("music")
    if words.feedback.style is CueStyle.GRADED and words.stage.music and place is not None:
        yield Clash(
            place,
            f"a graded click has to be heard, so stage '{words.stage.name}' has the click and no music; write "
            "'feedback: {style: noise}', or 'music: off'",
        )


def _over_before(words: Words) -> Iterator[Clash]:
    """A stage that ends before a correction could come."""
    stage, feedback = words.stage, words.feedback
    if stage.duration_s is None or stage.ramp_s > stage.duration_s or not has_corrections(stage):
        return  # a ramp longer than its stage is an error of its own
    first_s = stage.ramp_s + feedback.settle_s + feedback.dwell_s
    if first_s <= stage.duration_s - feedback.closing_s:
        return
    written = (
        (stage.ramp_s, words.at("ramp")),
        (feedback.settle_s, words.setting("settle")),
        (feedback.dwell_s, words.setting("dwell")),
        (feedback.closing_s, words.setting("closing")),
    )
    placed = [(seconds, place) for seconds, place in written if place is not None and seconds > 0]
    if not placed:
        return
    _, place = max(placed, key=lambda one: one[0])
    ramp = f"ramp {length_words(stage.ramp_s)}, " if stage.ramp_s else ""
    sums = f"{ramp}settle {length_words(feedback.settle_s)} and dwell {length_words(feedback.dwell_s)}"
    yield Clash(
        place,
        f"{sums} leave no time for a correction in stage '{stage.name}' ({length_words(stage.duration_s)}, and none in "
        f"its last {length_words(feedback.closing_s)}); make them shorter, or write 'feedback: none'",
    )


def _walking(words: Words) -> Iterator[Clash]:
    """A target so slow that the coach takes who runs below it, or at it, for a walker."""
    band, walk_spm = words.band, words.feedback.walk_below_spm
    place = words.setting("walk-below") or (words.on_stage("target") if _is_in_spm(words) else None)
    if band is None or place is None or walk_spm < band.low_spm or words.stage.is_probe:
        return
    edges = f"{band.low_spm:.0f} to {band.high_spm:.0f} spm"
    if walk_spm >= band.high_spm:
        comes_to = "the whole run counts as walking and nothing is coached"
    else:
        comes_to = "the runner is never told to step quicker"
    yield Clash(
        place,
        f"below {walk_spm:g} spm is walking, and stage '{words.stage.name}' asks for {edges}, so {comes_to}; "
        f"write a lower 'walk-below' in 'feedback: {{...}}'",
    )


def _is_in_spm(words: Words) -> bool:
    return isinstance(words.stage.target, Fixed | Between)


def _one_cycle(words: Words) -> Iterator[Clash]:
    """A stage too short for one helped and one silent stretch."""
    stage, cycle_s = words.stage, words.feedback.cycle_s
    place = words.setting("cycle") or words.at("help")
    if place is None or stage.duration_s is None or not fades(stage) or cycle_s <= stage.duration_s:
        return
    yield Clash(
        place,
        f"one cycle ({length_words(cycle_s)}) is longer than stage '{stage.name}' ({length_words(stage.duration_s)}), "
        f"so its help is not the part that is written; write 'cycle: {_shorter(stage.duration_s)}' or less",
    )


def _shorter(duration_s: float) -> str:
    """Half a stage, so that there are two cycles; a cycle has at least 10 s."""
    return length_words(max(10.0, duration_s // 2))


def _too_little(words: Words) -> Iterator[Clash]:
    """Help, or silence, of so small a part that it is left out."""
    stage, place = words.stage, words.at("help")
    if place is None or not fades(stage):
        return
    ratios = (stage.help_ratio, stage.help_ratio if stage.help_to_ratio is None else stage.help_to_ratio)
    cycle_s = words.feedback.cycle_s
    of_cycle = f"of a cycle of {length_words(cycle_s)}"
    if max(ratios) * cycle_s < LEAST_HELP_S:
        yield Clash(place, f"this is less than 1 s {of_cycle}, so nothing is helped; write 'help: 0 %', or more")
    elif (1 - min(ratios)) * cycle_s < LEAST_HELP_S:
        yield Clash(place, f"this leaves less than 1 s {of_cycle}, so nothing is silent; write 'help: 100 %', or less")


def _dwell_unhelped(words: Words) -> Iterator[Clash]:
    """Helped stretches that are over before a correction comes: what comes back first is the beat, for a dwell."""
    stage, feedback, place = words.stage, words.feedback, words.at("help")
    if place is None or not fades(stage) or stage.beat is Beat.OFF or not has_corrections(stage):
        return
    longest_s = max(stage.help_ratio, stage.help_to_ratio or 0.0) * feedback.cycle_s
    if LEAST_HELP_S <= longest_s < feedback.dwell_s:
        yield Clash(
            words.setting("dwell") or place,
            f"a helped stretch lasts {longest_s:.3g} s here, less than the dwell ({length_words(feedback.dwell_s)}) a "
            "correction waits in it, so hardly any comes; write a shorter 'dwell', a longer 'cycle', or more 'help'",
        )


def _ramp_unheard(words: Words) -> Iterator[Clash]:
    """A ramp that goes on when the first helped stretch, and the beat with it, is over; not judged of a programme's."""
    stage, place = words.stage, words.at("ramp")
    helped_s = stage.help_ratio * words.feedback.cycle_s
    is_heard = stage.beat in (Beat.ON, Beat.GATED) and helped_s >= LEAST_HELP_S
    if place is None or not fades(stage) or "help" in stage.takes or not is_heard:
        return
    if stage.ramp_s > helped_s:
        yield Clash(
            place,
            f"the first helped stretch of stage '{stage.name}' lasts {length_words(helped_s)}, so the ramp goes on "
            f"in silence; write 'ramp: {length_words(helped_s)}' at most, or more 'help'",
        )


def _gate_never_shut(words: Words) -> Iterator[Clash]:
    """A beat that comes and goes, and never goes."""
    stage, place = words.stage, words.at("beat")
    if place is None or stage.beat is not Beat.GATED or stage.duration_s is None or stage.gate_on_s < stage.duration_s:
        return
    yield Clash(
        place,
        f"the beat is on for {length_words(stage.gate_on_s)} and stage '{stage.name}' lasts "
        f"{length_words(stage.duration_s)}, so it never goes; write a shorter 'on', or 'beat: on'",
    )


def _beat_without_help(words: Words) -> Iterator[Clash]:
    """A beat written on a stage that says that nothing is offered."""
    stage, place = words.stage, words.on_stage("beat")
    is_unhelped = words.turn.part.keys.help == (0.0, 0.0) and stage.mean_help_ratio <= 0
    if place is not None and is_unhelped and stage.beat is not Beat.OFF:
        yield Clash(place, "'help: 0 %' leaves this beat out; write 'beat: off', or more help")


LOST_HELP: tuple[Check, ...] = (
    _only_the_beat,
    _no_rung_for_the_beat,
    _find_graded_without_a_beat,
    _find_graded_music,
    _over_before,
    _walking,
    _one_cycle,
    _too_little,
    _dwell_unhelped,
    _ramp_unheard,
    _gate_never_shut,
    _beat_without_help,
)
