"""docs/coach.md, made from the code; a test keeps it current.

What a runner hears who leaves the band, stays out for minutes and comes back is played through the coach itself.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cadencecoach.coach.actions import Action, CueKind, CueReason, GiveCue, SetTempo
from cadencecoach.coach.attention import TABLE, Act, Attention, Signal
from cadencecoach.coach.events import CadenceEstimated, ClockReached, Event, FeetChanged
from cadencecoach.coach.ladder import n_before_beat, rung_of
from cadencecoach.coach.react import due_s, react
from cadencecoach.coach.state import begin
from cadencecoach.gait.reading import Estimate, Feet
from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.feedback import Rung
from cadencecoach.plan.model import Beat, CueStyle, Feedback, Fixed, FixedBaseline, Plan, Stage
from cadencecoach.plan.phrasebook import ENGLISH

TARGET_SPM, SLOW_SPM = 170.0, 160.0
OUT_S, BACK_S, END_S = 60, 540, 700
HEARD = (CueReason.BELOW, CueReason.TONE, CueReason.BACK)


def play_excursion(beat: Beat, feedback: Feedback) -> Iterator[tuple[float, str]]:
    """Seconds since the runner left the band, and what is heard then."""
    state = begin(_plan(beat, feedback))
    for event in _events():
        while due_s(state) < event.time_s:
            state, actions = react(state, ClockReached(due_s(state)))
            yield from _told(actions)
        state, actions = react(state, event)
        yield from _told(actions)


def _told(actions: tuple[Action, ...]) -> Iterator[tuple[float, str]]:
    for action in actions:
        match action:
            case GiveCue(reason=reason) if reason in HEARD:
                what = f'"{action.text}"' if action.kind is CueKind.SPOKEN else "a high tone"
                yield action.time_s - OUT_S, what
            case SetTempo() if action.time_s > OUT_S:
                yield action.time_s - OUT_S, "the beat begins" if action.tempo_spm else "the beat ends"
            case _:
                pass


def _events() -> Iterator[Event]:
    """On target, 6 % too slow from `OUT_S` on, on target again from `BACK_S` on; an estimate a second."""
    yield FeetChanged(0.0, Feet.LIVE)
    for second in range(1, END_S):
        spm = SLOW_SPM if OUT_S <= second < BACK_S else TARGET_SPM
        estimate = Estimate(time_s=float(second), cadence_spm=spm, age_s=0.0, quality=1.0, n_readings=5)
        yield CadenceEstimated(float(second), estimate)


def _plan(beat: Beat, feedback: Feedback) -> Plan:
    stage = Stage(
        name="Run",
        duration_s=float(END_S),
        target=Fixed(TARGET_SPM),
        tolerance=TOLERANCE,
        ramp_s=0.0,
        beat=beat,
        feedback=feedback,
        help_ratio=1.0,
        cues=(),
        measures_baseline=False,
        drill=None,
    )
    return Plan(name="", about="", sha256="", baseline=FixedBaseline(TARGET_SPM), stages=(stage,))


INTRO = """# The coach: when it speaks, and when not
Made from the code (`python -m tools.coach_page`), so it is what the program does.

The coach's state about the cadence is one word, its *attention*. A signal is something that happened. Each row gives
the next attention and what the coach does. A signal without a row changes nothing. Only three rows give a correction,
and none of them starts from *away* or *settling*: the coach leaves runners alone while they walk, stand, pause, are
still finding a new target, or run at a speed the baseline says nothing about, and while the sensor is silent.
Silence means all is well."""

MEANS: dict[Attention, str] = {
    Attention.IDLE: "nothing is asked for: a free stage, a walk, a drill, or a target that waits for its baseline",
    Attention.SETTLING: "a new target, or a runner who is back: time to find it",
    Attention.WATCHING: "in the band, or not yet judged since settling",
    Attention.DRIFTING: "out of the band, but not long enough to be corrected",
    Attention.CORRECTED: "out of the band, and corrected",
    Attention.RESTING: "out of the band, corrected as often as may help: left alone for a while",
    Attention.RETURNING: "in the band again after a correction, but not long enough to be told so",
    Attention.AWAY: "walking, standing, paused, no fresh reading, or off the known speeds: not coached",
}
DOES: dict[Act, str] = {
    Act.CORRECT: "**a correction**: the next rung of the ladder",
    Act.RESCUE: "**the rescue beat**, if the stage has one",
    Act.CONFIRM: "**the word for being back**, if it has not been said for a while; the rescue beat may end",
}
CALLED = {Rung.TONE: "a tone", Rung.BEAT: "the beat", Rung.WORDS: "words"}


def describe() -> str:
    """The whole page."""
    parts = [
        INTRO,
        "## One excursion",
        *_excursion(),
        "## Attention",
        *_attention(),
        "## Rows",
        *_rows(),
        "## The ladder",
        *_ladders(),
        "## Numbers",
        *_numbers(),
        "## Words",
        *_words(),
    ]
    return "\n".join(parts) + "\n"


def _excursion() -> Iterator[str]:
    """With every number at its default: played through the coach."""
    minutes = (BACK_S - OUT_S) // 60
    yield f"A runner on target at {TARGET_SPM:.0f} spm falls to {SLOW_SPM:.0f}, stays there for {minutes} minutes,"
    yield "and comes back. With the default numbers the runner hears this, in seconds since the fall:"
    yield ""
    rows = {beat: tuple(play_excursion(beat, FULL_FEEDBACK)) for beat in (Beat.ON, Beat.RESCUE)}
    times_s = sorted({time_s for told in rows.values() for time_s, _ in told})
    yield from _table(
        ("seconds", *(f"beat: {beat.value}" for beat in rows)),
        ((f"{time_s:.0f}", *(_at(told, time_s) for told in rows.values())) for time_s in times_s),
    )


def _at(told: tuple[tuple[float, str], ...], time_s: float) -> str:
    return ", ".join(what for at_s, what in told if at_s == time_s)


def _attention() -> Iterator[str]:
    yield from _table(("attention", "means"), ((a.value, MEANS[a]) for a in Attention))


def _rows() -> Iterator[str]:
    yield from _table(
        ("when", "and", "then", "the coach gives"),
        (
            (attention.value, signal.value, TABLE[attention, signal].then.value, _acts(TABLE[attention, signal].acts))
            for attention in Attention
            for signal in Signal
            if (attention, signal) in TABLE
        ),
    )


def _acts(acts: tuple[Act, ...]) -> str:
    return "; ".join(DOES[act] for act in acts) or "nothing"


def _ladders() -> Iterator[str]:
    """What the default ladder comes to, stage by stage: asked of the code that climbs it."""
    yield "Corrections of one excursion, in order, with the default ladder; then the coach rests, and gives one more."
    yield "The first time a high or a low tone sounds in a session, words that explain it follow at once."
    yield ""
    stages = [(f"{style.value}, {beat.value}", beat, style) for style in CueStyle for beat in (Beat.ON, Beat.RESCUE)]
    head = ("feedback, beat", "first", "then", "then", "after the rest")
    yield from _table(head, ((name, *_climb(beat, style)) for name, beat, style in stages))


def _climb(beat: Beat, style: CueStyle) -> tuple[str, ...]:
    feedback = replace(FULL_FEEDBACK, style=style)
    n_beat = n_before_beat(beat, feedback)
    rungs = [rung_of(feedback, n) for n in range(feedback.patience_cues + 1)]
    first, *others = ["nothing" if rung is None else CALLED[rung] for rung in rungs]
    if n_beat == 0:
        return ("the beat", "", "", "")
    middle = "the beat, if that did not help" if n_beat is not None else ""
    return ("", "", "", "") if rungs[0] is None else (first, middle, *others)


def _numbers() -> Iterator[str]:
    yield "Every number the coach uses is a key of `feedback:` in a plan. The meaning, default, limits and source of"
    yield "each are in [the table of plan-file.md](plan-file.md#settings-of-feedback)."
    yield ""
    ratio = f"{TOLERANCE.ratio:.0%}"
    yield f"The band itself: the `tolerance` of the stage, by default {ratio}. Around a change from the baseline it is"
    yield "never wider than half that change plus half a percent, so doing nothing never counts as success."


def _words() -> Iterator[str]:
    yield "Those of `config/phrases.en.yaml`; other languages are beside it."
    yield ""
    rows = (
        ("below", " / ".join(ENGLISH.below)),
        ("above", " / ".join(ENGLISH.above)),
        ("first words while the rescue beat sounds", ENGLISH.follow_the_beat),
        ("below, and slower than when the target was set", ENGLISH.keep_speed),
        ("back", ENGLISH.back),
        ("off the known speeds, once", ENGLISH.off_speed),
        ("at the start of a probe that asks for it", ENGLISH.recall),
    )
    yield from _table(("when", "said, in order"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    sys.stdout.write(describe())
