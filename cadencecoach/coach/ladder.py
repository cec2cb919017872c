"""Which correction is given next, and how long the coach waits before it: the numbers of `feedback`, as arithmetic.

An excursion begins with the first correction and ends when the runner has been back in the band. Its corrections climb
the plan's ladder: a tone, then the beat where the stage has a rescue beat, then words; the last rung is kept. After
as many as the plan's patience the coach rests, each time longer.
"""

from dataclasses import dataclass, field, replace

from cadencecoach.coach.actions import BandState
from cadencecoach.coach.events import NEVER
from cadencecoach.plan.feedback import Rung
from cadencecoach.plan.model import Beat, Feedback, Free, Stage, Target, Walk

MOST_STEPS = 20  # of growth; any limit is reached long before


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What the runner has been told about the cadence.

    Attributes:
        at_r: when the last correction was given, in running time
        n_in_row: corrections without a confirmed return to the band
        n_recent: corrections since the last calm
        n_words: corrections in words, in the whole session: they are said in turn
        rung: of the last correction; None before the first, and after a return
        side: of the last correction for this target; None before it, and after a long calm
        calm_from_r: when the runner was last corrected or came back from it, moved on by what was not judged since
        left_r: since when nothing is judged, while that is so
        praised_r: when the word for being back was last given
        rescue_r: when the rescue beat begins, if nothing changes; infinite when it does not
        is_slow_said: in this excursion the runner was told to keep the speed
        explained: the sides whose tone has been heard in this session, with its words
        target: what the stage asks for, or the last that asked for anything
    """

    at_r: float = -NEVER
    n_in_row: int = 0
    n_recent: int = 0
    n_words: int = 0
    rung: Rung | None = None
    side: BandState | None = None
    calm_from_r: float = -NEVER
    left_r: float = 0.0
    praised_r: float = -NEVER
    rescue_r: float = NEVER
    is_slow_said: bool = False
    explained: frozenset[BandState] = frozenset()
    target: Target = field(default_factory=Free)

    def begin_anew(self) -> "Corrections":
        """Before another excursion: back in the band, or another stage."""
        return replace(self, n_in_row=0, rung=None, rescue_r=NEVER, is_slow_said=False)

    def with_target(self, target: Target) -> "Corrections":
        """As a stage begins: another target is another chance; a walk between two runs at one target is not."""
        if isinstance(target, Free | Walk) or target == self.target:
            return self
        return replace(self.begin_anew(), target=target, side=None)

    def leave_band(self, now_r: float, feedback: Feedback) -> "Corrections":
        """The memory as the runner leaves the band: after a long calm the coach begins anew."""
        return replace(self.begin_anew(), n_recent=0, side=None) if now_r - self.calm_from_r > feedback.calm_s else self

    def stop_judging(self, now_r: float) -> "Corrections":
        """From now on nothing is judged."""
        return replace(self, left_r=now_r)

    def judge_again(self, now_r: float) -> "Corrections":
        """From now on the runner is judged again."""
        return replace(self, calm_from_r=self.calm_from_r + now_r - self.left_r)


def rung_of(feedback: Feedback, n_before: int) -> Rung | None:
    """How a correction is given after `n_before` in a row; None: not heard."""
    rungs = feedback.cue_rungs
    return rungs[min(n_before, len(rungs) - 1)] if rungs else None


def n_before_beat(beat: Beat, feedback: Feedback) -> int | None:
    """After how many corrections the rescue beat comes: 0 is with the first; None: it never does."""
    if beat is not Beat.RESCUE:
        return None
    if not feedback.cue_rungs:
        return 0
    return feedback.ladder.index(Rung.BEAT) if Rung.BEAT in feedback.ladder else None


def spacing_s(feedback: Feedback, corrections: Corrections, side: BandState | None = None) -> float:
    """Least time from the last correction to the next: it grows with each, and again with each that went unheeded.

    Args:
        feedback: of the stage
        corrections: up to now
        side: where the runner is out of the band now. Who was sent to this side by the last correction has heeded it,
            and has a step of growth more to find the middle
    """
    is_crossed = side is not None and corrections.side is not None and corrections.side is not side
    n_grown = max(0, corrections.n_recent - 1) + is_crossed
    grown_s = feedback.spacing_s * feedback.growth_times ** min(n_grown, MOST_STEPS)
    own_s = max(feedback.spacing_s, min(grown_s, feedback.spacing_limit_s))
    n_in_row = corrections.n_in_row + (is_crossed and is_spent(feedback, corrections))
    return max(own_s, rest_s(feedback, n_in_row))


def rest_s(feedback: Feedback, n_in_row: int) -> float:
    """How long the coach rests after so many corrections in a row; 0 while its patience lasts."""
    n_over = n_in_row - feedback.patience_cues
    if n_over < 0:
        return 0.0
    return max(
        feedback.rest_s,
        min(feedback.rest_s * feedback.back_off_times ** min(n_over, MOST_STEPS), feedback.rest_limit_s),
    )


def is_spent(feedback: Feedback, corrections: Corrections) -> bool:
    """Whether the runner has been told as often as the plan's patience."""
    return corrections.n_in_row >= feedback.patience_cues


def after_correction(stage: Stage, corrections: Corrections, rung: Rung | None, now_r: float) -> Corrections:
    """The memory after a correction now, on a rung; the rescue beat follows it a while after, if it is next."""
    n_in_row = corrections.n_in_row + 1
    is_beat_next = n_before_beat(stage.beat, stage.feedback) == n_in_row
    return replace(
        corrections,
        at_r=now_r,
        calm_from_r=now_r,
        n_in_row=n_in_row,
        n_recent=corrections.n_recent + 1,
        n_words=corrections.n_words + (rung is Rung.WORDS),
        rung=rung,
        rescue_r=now_r + stage.feedback.rescue_after_s if is_beat_next else NEVER,
    )
