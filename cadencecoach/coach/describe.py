"""docs/coach.md, made from the code; a test keeps it current."""

import sys
from collections.abc import Iterable, Iterator

from cadencecoach.coach.keys import MAX_OFFSET_SPM
from cadencecoach.coach.policy.attention import TABLE, Act, Attention, Signal
from cadencecoach.coach.policy.judging import BACK_OFF_LIMIT, CLOSING_S, PATIENCE, RETURN_SHARE
from cadencecoach.coach.react import LOST_SPACING_S
from cadencecoach.coach.stages import COUNTDOWN_S, ENOUGH_FOR_BASELINE, SET_OFF_S
from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.phrasebook import ENGLISH

INTRO = """# The coach: when it speaks, and when not
Made from the code (`python -m cadencecoach.coach.describe`); what stands here is what runs.

The coach's state about the cadence is one word, its *attention*. A signal is something that happened. Each row says
what becomes of it and what the coach does. A signal without a row changes nothing. Corrections are given in two rows
only, and no row leads there from AWAY: who walks, stands, pauses, or whose sensor is silent is left alone."""

MEANS: dict[Attention, str] = {
    Attention.IDLE: "nothing is asked for: a free stage, a walk, a drill, or a target that waits for its baseline",
    Attention.SETTLING: "a new target, or a runner who is back: time to find it",
    Attention.WATCHING: "in the band, or not yet judged since settling",
    Attention.DRIFTING: "out of the band, not long enough to be told",
    Attention.CORRECTED: "out of the band, and told",
    Attention.RETURNING: "in the band again after a correction, not yet for long enough to be told so",
    Attention.AWAY: "walking, standing, stale, lost or paused: not coached",
}
DOES: dict[Act, str] = {
    Act.CORRECT: "**a correction**, and the rescue beat where the stage has one",
    Act.CONFIRM: "**the word for being back**; the rescue beat may end",
}


def described() -> str:
    """The whole page."""
    parts = [
        INTRO,
        "## Attention",
        *_attention(),
        "## Rows",
        *_rows(),
        "## Numbers",
        *_numbers(),
        "## Words",
        *_words(),
    ]
    return "\n".join(parts) + "\n"


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


def _numbers() -> Iterator[str]:
    feedback = FULL_FEEDBACK
    yield "Those of the first group are fields of the plan; sources stand in `plan/defaults.py` and docs/plan-file.md."
    yield ""
    yield from _table(
        ("number", "default"),
        (
            ("tolerance: half-width of the band", f"{TOLERANCE.ratio:.0%}, never so wide that the baseline is in it"),
            ("clear: as near to the target counts as back", f"{feedback.clear_ratio:.0%}"),
            ("dwell: out of the band before a correction", f"{feedback.dwell_s:g} s"),
            ("spacing: between two corrections", f"{feedback.spacing_s:g} s"),
            ("settle: after the ramp to a new target", f"{feedback.settle_s:g} s"),
            ("walk-below: slower is walking", f"{feedback.walk_below_spm:g} spm"),
            ("cycle: a helped and a silent stretch, with help below 100 %", f"{feedback.cycle_s:g} s"),
            ("", ""),
            ("corrections in a row at the plan's spacing; then each doubles it", f"{PATIENCE}"),
            ("... up to", f"{BACK_OFF_LIMIT:g} times the spacing"),
            ("in the band before the word for being back", f"{RETURN_SHARE:g} of the dwell"),
            ("no correction before the end of a stage", f"{CLOSING_S:g} s"),
            ("tones before the next stage", ", ".join(f"{left_s:g} s" for left_s in COUNTDOWN_S)),
            ("running readings that make a baseline", f"{ENOUGH_FOR_BASELINE}"),
            ("a runner who still walks hears the beat of a running stage", f"{SET_OFF_S:g} s"),
            ("between two announcements that the sensor is lost", f"{LOST_SPACING_S:g} s, doubled each time"),
            ("the target can be moved by key", f"{MAX_OFFSET_SPM:g} spm either way"),
        ),
    )


def _words() -> Iterator[str]:
    yield "Those of `config/phrases.en.yaml`; other languages stand beside it."
    yield ""
    rows = (
        ("below", " / ".join(ENGLISH.below)),
        ("above", " / ".join(ENGLISH.above)),
        ("first, with a rescue beat", ENGLISH.follow_the_beat),
        ("back", ENGLISH.back),
    )
    yield from _table(("when", "said in turn"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    sys.stdout.write(described())
