"""A programme that was run through: a line for each run, below the decision that led to it and its reasons."""

from collections.abc import Iterator, Sequence
from datetime import date

from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.record.row import SessionRow
from cadencecoach.view.programme.decisions import verdict_words
from cadencecoach.view.programme.words import day_words, session_words


def day_lines(day: date, begins: date, decision: Decision, row: SessionRow | None) -> Iterator[str]:
    """One day: the verdict and its reasons, then what was run and what it came to."""
    yield f"day {(day - begins).days + 1}, {day_words(day)}: {verdict_words(decision)}"
    for reason in decision.reasons:
        yield f"    {reason.rule}: {reason.text}"
    if row is not None and decision.session is not None:
        yield f"  {session_words(decision.session)}; {row_words(row)}"


def row_words(row: SessionRow) -> str:
    """What a run came to."""
    told = [
        f"in band {row.in_band_s / row.band_s * 100:.0f} %" if row.band_s and row.in_band_s is not None else "",
        _unaided_words(row) if row.probe_s else "",
        f"mean {row.mean_cadence_spm:.0f} spm" if row.mean_cadence_spm is not None else "",
        "" if row.end == "finished" else row.end,
    ]
    return ", ".join(filter(None, told)) or "no numbers"


def _unaided_words(row: SessionRow) -> str:
    """The part of the probes in the band, and where the rest was."""
    parts = ((row.probe_below_s, " below it"), (row.probe_above_s, " above it"))
    outside = [f"{part_s / row.probe_s * 100:.0f} %{where}" for part_s, where in parts if part_s > 0]
    inside = f"without help {row.probe_in_band_s / row.probe_s * 100:.0f} %"
    return f"{inside} ({', '.join(outside)})" if outside else inside


def reassessed_words(baseline_spm: float, reassessed_spm: float) -> str:
    """Both cadences side by side."""
    change = f"{(reassessed_spm / baseline_spm - 1) * 100:+.1f} %"
    return f"baseline {baseline_spm:.0f} spm, reassessed {reassessed_spm:.0f} spm ({change})"


def day_json(day: date, decision: Decision, row: SessionRow | None, reasons: Sequence[str]) -> dict[str, object]:
    """A day for a program."""
    return {
        "day": day.isoformat(),
        "verdict": decision.verdict.value,
        "level": decision.level,
        "item": decision.item,
        "session": None if decision.session is None else decision.session.name,
        "reasons": list(reasons),
        "in_band_ratio": None if row is None or not row.band_s or row.in_band_s is None else row.in_band_s / row.band_s,
        "probe_ratio": None if row is None or not row.probe_s else row.probe_in_band_s / row.probe_s,
        "probe_above_ratio": None if row is None or not row.probe_s else row.probe_above_s / row.probe_s,
        "mean_cadence_spm": None if row is None else row.mean_cadence_spm,
    }
