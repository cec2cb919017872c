"""With help and without: where the runner was against own cadence and target, as a picture and a table."""

from collections.abc import Iterator
from typing import NamedTuple

from cadencecoach.plan.forms import decimal, fill, joined_facts
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.figures import Part, Split, Summary
from cadencecoach.record.progress.noise import USUAL_CV_RATIO, mdc95_ratio
from cadencecoach.view.drawing.form import WIDE, Form, draw_twice, svg, text
from cadencecoach.view.drawing.legend import Key, legend
from cadencecoach.view.drawing.markup import Markup, element, group
from cadencecoach.view.drawing.patterns import fill_of, patterns
from cadencecoach.view.drawing.scale import Scale, rounded_range, ticks
from cadencecoach.view.report.page import MINUS, NOTHING, Cell, paragraph, section, table
from cadencecoach.view.report.story import (
    LEAST_JUDGED_S,
    made_ratio,
    minutes,
    own_spm,
    own_words,
)
from cadencecoach.view.words import clean, percent

ROW = 34.0
DOT = 6.0


class Row(NamedTuple):
    """One line: what it is of, and its numbers."""

    words: str
    is_helped: bool
    band_s: float
    in_band_s: float
    mean_spm: float
    target_spm: float
    own_spm: float | None
    low_spm: float | None
    high_spm: float | None
    kept: float | None


def help_section(summary: Summary, texts: ReportTexts) -> Markup | None:
    """The section; None where nothing was asked for, or too little of it was run."""
    rows = rows_of(summary, texts)
    if not rows:
        return None
    heading = texts.with_and_without if any(not row.is_helped for row in rows) else texts.with_help
    return section(
        heading,
        element(
            "figure",
            draw_twice(lambda form: _draw(rows, form, texts)),
            legend(_keys(rows, own_words(summary, texts), texts), "stayed"),
        ),
        table(_headings(texts), (_cells(row, texts) for row in rows)),
        paragraph(fill(texts.help_note, limit=f"{decimal(100 * _MDC, forms=texts.forms)} %"), "note"),
    )


_MDC = mdc95_ratio(USUAL_CV_RATIO, n_before=1, n_after=1)


def _headings(texts: ReportTexts) -> tuple[str, ...]:
    """What the numbers of a row are, in the order of `_cells`."""
    return (
        "",
        texts.judged,
        texts.mean_spm,
        texts.target,
        texts.target_change,
        texts.change_made,
        texts.share_made,
        texts.in_band,
    )


def rows_of(summary: Summary, texts: ReportTexts) -> tuple[Row, ...]:
    """With help, without, and each probe: those of which there are seconds enough."""
    return tuple(_rows(summary, texts))


def _rows(summary: Summary, texts: ReportTexts) -> Iterator[Row]:
    whole = summary.session
    yield from _row(texts.with_help, whole.helped, summary, is_helped=True)
    probes = [(n, stage) for n, stage in enumerate(summary.stages, 1) if stage.is_probe]
    probed_s = sum(stage.silent.band_s for _, stage in probes)
    if whole.silent.band_s - probed_s >= LEAST_JUDGED_S or len(probes) > 1:
        yield from _row(texts.without_help, whole.silent, summary, is_helped=False)
    for n, stage in probes:
        yield from _row(f"{n} {clean(stage.name)}", stage.silent, summary, is_helped=False, part=stage)


def _row(words: str, split: Split, summary: Summary, *, is_helped: bool, part: Part | None = None) -> Iterator[Row]:
    if split.mean_cadence_spm is None or split.mean_target_spm is None or split.band_s < LEAST_JUDGED_S:
        return
    yield Row(
        words=words,
        is_helped=is_helped,
        band_s=split.band_s,
        in_band_s=split.in_band_s,
        mean_spm=split.mean_cadence_spm,
        target_spm=split.mean_target_spm,
        own_spm=own_spm(split, summary),
        low_spm=None if part is None else part.low_spm,
        high_spm=None if part is None else part.high_spm,
        kept=made_ratio(split, summary),
    )


def _cells(row: Row, texts: ReportTexts) -> tuple[Cell, ...]:
    def change(spm: float) -> str:
        if row.own_spm is None:
            return NOTHING
        return decimal(spm - row.own_spm, "+.1f", texts.forms).replace("-", MINUS)

    return (
        Cell(row.words),
        Cell(minutes(row.band_s)),
        Cell(decimal(row.mean_spm, forms=texts.forms)),
        Cell(decimal(row.target_spm, forms=texts.forms)),
        Cell(change(row.target_spm)),
        Cell(change(row.mean_spm)),
        Cell(NOTHING if row.kept is None else percent(row.kept).replace("-", MINUS)),
        Cell(percent(row.in_band_s / row.band_s)),
    )


def _keys(rows: tuple[Row, ...], own: str, texts: ReportTexts) -> Iterator[Key]:
    yield Key("disc", "mean", texts.mean_cadence)
    yield Key("tick", "target-mark", texts.target)
    if own:
        yield Key("line", "baseline", own)
        yield Key("line", "trend", texts.change_made)
    if any(row.low_spm is not None for row in rows):
        yield Key("hatch", "alone", texts.band_of_stage)


def _draw(rows: tuple[Row, ...], form: Form, texts: ReportTexts) -> Markup:
    labels_above = form is not WIDE
    left = 18.0 if labels_above else 200.0
    row_height = ROW + (form.font if labels_above else 0.0)
    values = [
        spm
        for row in rows
        for spm in (row.mean_spm, row.target_spm, row.low_spm, row.high_spm, row.own_spm)
        if spm is not None
    ]
    low, high = rounded_range(min(values) - 2, max(values) + 2, form.n_x)
    x = Scale(low=low, high=high, start=left, end=form.width - 48)
    bottom = row_height * len(rows)
    parts = [patterns(form.name + "s", "alone")]
    for spm in ticks(low, high, form.n_x):
        parts.append(element("path", d=f"M{x(spm):.1f} 0V{bottom:g}", class_="grid"))
        parts.append(text(x(spm), bottom + form.font + 4, f"{spm:g}", anchor="middle"))
    parts.append(text(form.width - 4, bottom + form.font + 4, "spm", anchor="end"))
    for n, row in enumerate(rows):  # by speed, each has its own
        if row.own_spm is not None:
            d = f"M{x(row.own_spm):.1f} {n * row_height:g}v{row_height:g}"
            parts.append(element("path", d=d, class_="baseline"))
    parts += [_line(row, n * row_height, row_height, x, form) for n, row in enumerate(rows)]
    return svg(
        form, bottom + form.font + 10, joined_facts((_row_words(row, texts) for row in rows), texts.forms), *parts
    )


def _line(row: Row, top: float, height: float, x: Scale, form: Form) -> Markup:
    above = form is not WIDE
    middle = top + (form.font + ROW / 2 + 2 if above else height / 2)
    name = form.fit(row.words, form.width - 16 if above else x.start - 16)
    parts = [
        text(
            0 if above else x.start - 12,
            top + form.font if above else middle + 4.5,
            name,
            class_="label strong halo",
            anchor="start" if above else "end",
        )
    ]
    if row.low_spm is not None and row.high_spm is not None:
        place = {"x": x(row.low_spm), "y": middle - 9, "width": x(row.high_spm) - x(row.low_spm), "height": 18}
        parts.append(element("rect", fill=fill_of(form.name + "s", "alone"), **place))
        parts.append(element("rect", class_="band-alone", **place))
    if row.own_spm is not None:
        parts.append(element("path", d=f"M{x(row.own_spm):.1f} {middle}H{x(row.mean_spm):.1f}", class_="trend"))
    parts.append(element("path", d=f"M{x(row.target_spm):.1f} {middle - 11}v22", class_="target-mark"))
    parts.append(element("circle", cx=x(row.mean_spm), cy=middle, r=DOT, class_="mean"))
    return group(parts)


def _row_words(row: Row, texts: ReportTexts) -> str:
    mean, target = f"{row.mean_spm:.0f}", f"{row.target_spm:.0f}"
    return fill(texts.mean_of_target, name=row.words, mean=mean, target=target)
