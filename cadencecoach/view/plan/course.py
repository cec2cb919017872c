"""A plan laid along the axis of time, as the course of a session without a runner: what its pictures are drawn from."""

from collections.abc import Iterator

from cadencecoach.coach.fading import is_helped, next_edge_s
from cadencecoach.plan.model import Beat, CueAt, CueEvery, Plan, Stage, Walk
from cadencecoach.plan.targets import band_of
from cadencecoach.record.trace import CueMark, HelpSpan, Span, SpanKind, StageSpan, Trace

ASSUMED_SPM = 165.0  # the runner's own cadence, where a picture needs one and it is not known
OPEN_SHARE = 0.15  # of the length, for a stage that lasts until a key
LEAST_OPEN_S = 60.0
MAX_CUES = 300  # marks closer than this are one line anyway


def course_of(plan: Plan, zero_spm: float) -> Trace:
    """The plan as if it had been run to the letter, without a runner."""
    known_s = sum(stage.duration_s or 0.0 for stage in plan.stages)
    open_s = max(OPEN_SHARE * known_s, LEAST_OPEN_S)
    stages: list[StageSpan] = []
    start_s, before_spm = 0.0, zero_spm
    for index, stage in enumerate(plan.stages):
        end_s = start_s + (open_s if stage.duration_s is None else stage.duration_s)
        stages.append(_span(stage, index, (start_s, end_s), before_spm=before_spm, zero_spm=zero_spm))
        start_s, before_spm = end_s, stages[-1].target_spm or zero_spm
    pairs = tuple(zip(plan.stages, stages, strict=True))
    return Trace(
        end_s=start_s,
        stages=tuple(stages),
        help=tuple(one for stage, span in pairs for one in _helps(stage, span)),
        spans=tuple(
            Span(kind=SpanKind.WALKING, start_s=span.start_s, end_s=span.end_s)
            for stage, span in pairs
            if isinstance(stage.target, Walk)
        ),
        cues=tuple(mark for stage, span in pairs for mark in _cues(stage, span))[:MAX_CUES],
    )


def _span(stage: Stage, index: int, times_s: tuple[float, float], *, before_spm: float, zero_spm: float) -> StageSpan:
    band = band_of(stage.target, stage.tolerance, zero_spm)
    has_ramp = band is not None and stage.ramp_s > 0 and stage.beat in {Beat.ON, Beat.GATED}
    return StageSpan(
        index=index,
        name=stage.name,
        start_s=times_s[0],
        end_s=times_s[1],
        target_spm=band.target_spm if band else None,
        low_spm=band.low_spm if band else None,
        high_spm=band.high_spm if band else None,
        from_spm=before_spm if has_ramp else None,
        ramp_s=stage.ramp_s if has_ramp else 0.0,
        is_probe=stage.is_probe,
    )


def _helps(stage: Stage, span: StageSpan) -> Iterator[HelpSpan]:
    """Helped and silent stretches, as the coach will have them."""
    if span.target_spm is None:
        return
    if stage.is_probe:
        yield HelpSpan(is_helped=False, start_s=span.start_s, end_s=span.end_s)
        return
    since_s, length_s = 0.0, span.end_s - span.start_s
    while since_s < length_s:
        edge_s = min(next_edge_s(stage, since_s), length_s)
        yield HelpSpan(is_helped=is_helped(stage, since_s), start_s=span.start_s + since_s, end_s=span.start_s + edge_s)
        since_s = edge_s


def _cues(stage: Stage, span: StageSpan) -> Iterator[CueMark]:
    for cue in stage.cues:
        match cue:
            case CueAt(at_s=at_s, say=say):
                yield CueMark(time_s=span.start_s + at_s, reason="plan", text=say)
            case CueEvery(every_s=every_s, say=say):
                n_times = min(int((span.end_s - span.start_s) / every_s), MAX_CUES)
                yield from (
                    CueMark(time_s=span.start_s + every_s * (n + 1), reason="plan", text=say) for n in range(n_times)
                )
