"""A plan before it is run: a table of its stages."""

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from cadencecoach.plan.lengths import duration_words
from cadencecoach.plan.model import Beat, CueStyle, FixedBaseline, Free, Plan, Relative, SpmTolerance, Stage, Walk
from cadencecoach.plan.targets import band_of, target_words, widest_ratio
from cadencecoach.view.narrow import TableOrLines, row_words

HEADINGS = ("Target", "Band", "Ramp", "Beat", "Cues")
NAME_COLUMNS = 12  # longer names are wrapped


def known_baseline_spm(plan: Plan, baseline_spm: float | None) -> float | None:
    """The baseline that is asked about, or else the one written in the plan."""
    if baseline_spm is None and isinstance(plan.baseline, FixedBaseline):
        return plan.baseline.spm
    return baseline_spm


def plan_stages(plan: Plan, baseline_spm: float | None) -> TableOrLines:
    """The stages as a table, or a line each where that is too wide."""
    known_spm = known_baseline_spm(plan, baseline_spm)
    lines = tuple(Text(_line(number, stage, known_spm)) for number, stage in enumerate(plan.stages, start=1))
    longest = max(cell_len(stage.name) for stage in plan.stages)
    return TableOrLines(
        table=plan_table(plan, baseline_spm), lines=lines, n_spare_columns=max(0, longest - NAME_COLUMNS)
    )


def _line(number: int, stage: Stage, baseline_spm: float | None) -> str:
    length = duration_words(stage.duration_s)
    said = row_words(zip(("", *(h.lower() for h in HEADINGS[1:])), _cells(stage, baseline_spm), strict=True))
    return f"{number} {stage.name}: {length}, {said}"


def plan_table(plan: Plan, baseline_spm: float | None) -> Table:
    """One row a stage; with a baseline the targets are also given in spm."""
    known_spm = known_baseline_spm(plan, baseline_spm)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", justify="right")
    table.add_column("Stage", overflow="fold")
    table.add_column("Length", justify="right", no_wrap=True)
    for heading in HEADINGS:
        table.add_column(heading, no_wrap=True)
    for number, stage in enumerate(plan.stages, start=1):
        table.add_row(str(number), Text(stage.name), duration_words(stage.duration_s), *_cells(stage, known_spm))
    return table


def _cells(stage: Stage, baseline_spm: float | None) -> tuple[str, ...]:
    band = band_of(stage.target, stage.tolerance, baseline_spm)
    fading = _fading(stage)
    is_coached = not isinstance(stage.target, Free | Walk)
    is_corrected = is_coached and stage.feedback.style is not CueStyle.NONE
    return (
        _target(stage),
        f"{band.low_spm:.0f}-{band.high_spm:.0f} spm" if band else _width(stage) if is_coached else "",
        duration_words(stage.ramp_s) if stage.ramp_s else "",
        stage.beat.value + fading if stage.beat is not Beat.OFF else "off",
        stage.feedback.style.value + fading if is_corrected else "none",
    )


def _fading(stage: Stage) -> str:
    """How much of the time is helped, where it is not all of it."""
    if stage.help_to_ratio is not None:
        return f" {stage.help_ratio * 100:.3g}..{stage.help_to_ratio * 100:.3g} %"
    return f" {stage.help_ratio * 100:.3g} %" if stage.help_ratio < 1 else ""


def _target(stage: Stage) -> str:
    if stage.measures_baseline:
        return "measured"
    return "drill" if stage.drill else target_words(stage.target)


def _width(stage: Stage) -> str:
    """The band of a target whose baseline is not known yet."""
    if isinstance(stage.tolerance, SpmTolerance):
        return f"+-{stage.tolerance.spm:g} spm"
    widest = widest_ratio(stage.target) if isinstance(stage.target, Relative) else stage.tolerance.ratio
    return f"+-{min(widest, stage.tolerance.ratio) * 100:.3g} %"


def length_words(plan: Plan) -> str:
    """How long a plan takes; stages until a key are counted, not guessed."""
    known_s = sum(stage.duration_s or 0.0 for stage in plan.stages)
    n_open = sum(stage.duration_s is None for stage in plan.stages)
    if not n_open:
        return duration_words(known_s)
    until = "1 stage until a key" if n_open == 1 else f"{n_open} stages until a key"
    return f"{duration_words(known_s)} and {until}" if known_s else until
