"""The end of a session: a table for a person, the same numbers for a program. docs/metrics.md defines them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from cadencecoach.plan.forms import fill, heading, joined_facts
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.record.figures import Part, Split, Summary
from cadencecoach.units import METRIC, Measures
from cadencecoach.view.glyphs import Glyphs, glyphs_for
from cadencecoach.view.narrow import TableOrLines, row_words
from cadencecoach.view.words import clock, cue_reason, end_reason, off_speed, pain_words, percent, spm, walking_included

NAME_COLUMNS = 18  # with the widest numbers, 80 columns in all
TITLE_COLUMNS = 76
LONGEST_REMARK = 400  # wrapped, unlike the table
RECKONED = (
    *("moving_cadence_spm", "in_band_ratio", "coverage_ratio"),
    *("cv_ratio", "cues_per_min", "corrections_per_min", "n_corrections"),
)


def summary_table(
    summary: Summary,
    texts: ScreenTexts = ENGLISH_SCREEN,
    measures: Measures = METRIC,
    *,
    already_said: Sequence[str] = (),
) -> RenderableType:
    """A summary as a table, at most 80 columns wide; a remark that stands above it already is not made again."""
    return _SummaryView(summary, texts, measures, tuple(already_said))


def summary_json(summary: Summary) -> dict[str, object]:
    """A summary as plain values: seconds, spm, ratios from 0 to 1; null where there is nothing to say."""
    return {
        "plan": summary.session.name,
        "end": summary.end_reason.value,
        "baseline_spm": summary.baseline_spm,
        "is_own_by_speed": summary.is_own_by_speed,
        "baseline_speed_mps": summary.baseline_speed_mps,
        "highest_pain": summary.highest_pain,
        "is_unwell": any(one.is_unwell and not one.is_taken_back for one in summary.pains),
        "stopped_for_pain_s": summary.stopped_s,
        "paused_s": summary.paused_s,
        "gaps": [{"t": at_s, "gap_s": gap_s} for at_s, gap_s in summary.gaps],
        "session": _part_json(summary.session),
        "stages": [_part_json(part) for part in summary.stages],
    }


def _part_json(part: Part) -> dict[str, object]:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    reckoned = {name: getattr(part, name) for name in RECKONED}
    splits = {"helped": _split_json(part.helped), "silent": _split_json(part.silent)}
    return {**values, **reckoned, **splits, "n_cues": dict(part.n_cues)}


def _split_json(split: Split) -> dict[str, object]:
    return {**asdict(split), "in_band_ratio": split.in_band_ratio}


@dataclass(frozen=True, slots=True)
class _SummaryView:
    """A summary waiting for the console that says which characters there are."""

    summary: Summary
    texts: ScreenTexts
    measures: Measures
    already_said: tuple[str, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        glyphs = glyphs_for(options.encoding)
        yield Text(glyphs.fit(self.summary.session.name, TITLE_COLUMNS), "bold")
        yield TableOrLines(
            table=_table(self.summary, self.texts, glyphs), lines=_lines(self.summary, self.texts, glyphs)
        )
        remarks = (line for line in _remarks(self.summary, self.texts, self.measures) if line not in self.already_said)
        yield from (Text(glyphs.fit(line, LONGEST_REMARK)) for line in remarks)


def _table(summary: Summary, texts: ScreenTexts, glyphs: Glyphs) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_footer=True, footer_style="bold")
    whole = _cells(summary.session)
    table.add_column(texts.summary_stage, footer=texts.summary_session, no_wrap=True, overflow="crop")
    for name, total in zip(_columns(texts), whole, strict=True):
        table.add_column(name, footer=total, justify="right", no_wrap=True, overflow="crop")
    for part in summary.stages:
        table.add_row(Text(glyphs.fit(part.name, NAME_COLUMNS)), *_cells(part))
    return table


def _lines(summary: Summary, texts: ScreenTexts, glyphs: Glyphs) -> tuple[Text, ...]:
    """The rows of the table for a terminal too narrow for it."""
    rows = ((glyphs.fit(part.name, NAME_COLUMNS), part) for part in summary.stages)
    named = [*((name, part, "") for name, part in rows), (texts.summary_session, summary.session, "bold")]
    return tuple(
        Text(f"{heading(name, texts.forms)} {row_words(zip(_columns(texts), _cells(part), strict=True))}", style)
        for name, part, style in named
    )


def _columns(texts: ScreenTexts) -> tuple[str, ...]:
    """What the numbers of a row are."""
    return (
        texts.summary_time,
        texts.summary_running,
        texts.summary_mean,
        texts.summary_target,
        texts.summary_in_band,
        texts.summary_steps,
        texts.summary_corrected,
    )


def _cells(part: Part) -> tuple[str, ...]:
    """The numbers of a row, in the order of `_columns`."""
    return (
        clock(part.duration_s),
        clock(part.running_s),
        spm(part.mean_cadence_spm),
        spm(part.shown_target_spm),
        percent(part.in_band_ratio),
        f"{part.steps:.0f}",
        str(part.n_corrections),
    )


def _sensor_words(session: Part, texts: ScreenTexts) -> str:
    if not session.covered_s:
        return texts.summary_no_sensor
    return fill(texts.summary_heard, percent=percent(session.coverage_ratio))


def _baseline(summary: Summary, texts: ScreenTexts) -> str:
    """What changes are counted from; empty where it is not known."""
    if summary.shown_own_spm is None:
        return ""
    text = texts.summary_baseline_by_speed if summary.is_own_by_speed else texts.summary_baseline
    return fill(text, cadence=spm(summary.shown_own_spm))


def _remarks(summary: Summary, texts: ScreenTexts, measures: Measures) -> Iterator[str]:
    """What stands below the table."""
    said = [
        end_reason(summary.end_reason, texts),
        _baseline(summary, texts),
        _sensor_words(summary.session, texts),
        fill(texts.summary_paused, time=clock(summary.paused_s)) if summary.paused_s else "",
    ]
    yield fill(texts.summary_ended, facts=joined_facts(said, texts.forms))
    if summary.session.distance_m is not None and summary.session.mean_speed_mps is not None:
        distance = measures.distance(summary.session.distance_m)
        yield fill(texts.summary_distance, distance=distance, speed=measures.speed(summary.session.mean_speed_mps))
    if summary.session.n_cues:
        counts = ", ".join(f"{cue_reason(reason, texts)} {n}" for reason, n in summary.session.n_cues.items())
        yield fill(texts.summary_cues, counts=counts)
    yield from filter(
        None,
        [
            walking_included(summary.session, texts),
            off_speed(summary.session, texts),
            pain_words(summary, texts),
        ],
    )
    yield texts.summary_units
