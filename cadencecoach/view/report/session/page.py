"""The page of one session, put together."""

from collections.abc import Iterator

from cadencecoach.plan.forms import day_words, fill
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.figures import Part, Split, Summary
from cadencecoach.units import Measures
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.moved import moved_section
from cadencecoach.view.report.page import Fact, bullets, facts, page, paragraph, tie_units
from cadencecoach.view.report.session import tables
from cadencecoach.view.report.session.chart import session_chart
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.session.stayed import help_section
from cadencecoach.view.report.story import LEAST_JUDGED_S, headline, lead, minutes
from cadencecoach.view.words import clean, percent


def session_page(sheet: SessionSheet, *, above: Markup | None = None) -> str:
    """The whole file, as text.

    Args:
        sheet: the session; no text in it is trusted
        above: the way back, where the page is one of several
    """
    summary, texts = sheet.summary, sheet.words.report
    said = headline(summary, sheet.words)
    parts = [
        _header(sheet, said),
        facts(_facts(summary, texts, sheet.words.measures)),
        session_chart(sheet.trace, summary.shown_own_spm, said, texts),
        help_section(summary, texts),
        tables.stages(summary, sheet.words),
        moved_section(summary, sheet.words),
        element(
            "div",
            *filter(None, (tables.cues(summary, texts), tables.check_ins(sheet), tables.data(sheet))),
            class_="two",
        ),
        tables.definitions(summary, texts),
    ]
    return page(
        sheet.words,
        fill(texts.page_title, name=_title(sheet)),
        *(part for part in parts if part is not None),
        above=above,
    )


def _title(sheet: SessionSheet) -> str:
    return clean(sheet.summary.session.name) or sheet.words.report.unnamed


def _header(sheet: SessionSheet, said: str) -> Markup:
    claim = [paragraph(sheet.origin, "claim")] if sheet.origin else []
    forms, started = sheet.words.report.forms, sheet.started
    began = "" if started is None else f"{day_words(started.day, forms)}, {started.clock}"
    about = " · ".join(filter(None, (_title(sheet), clean(sheet.athlete), began)))
    return element(
        "header",
        *claim,
        paragraph(about, "about"),
        element("h1", tie_units(said)),
        bullets(lead(sheet.summary, sheet.trace, sheet.words, is_session=sheet.is_session)),
    )


def _facts(summary: Summary, texts: ReportTexts, measures: Measures) -> Iterator[Fact]:
    whole = summary.session
    splits = ((whole.helped, texts.fact_helped), (whole.silent, texts.fact_alone))
    shown = [(split, text) for split, text in splits if split.band_s >= LEAST_JUDGED_S]
    for split, text in shown:
        yield _in_band(split, text)
    if not shown and whole.band_s and whole.in_band_ratio is not None:
        yield _fact_of(percent(whole.in_band_ratio), fill(texts.fact_on_target, time=minutes(whole.band_s)))
    if whole.mean_cadence_spm is not None:
        yield Fact(f"{whole.mean_cadence_spm:.0f}", "spm", _mean_words(summary, texts))
    if whole.covered_s:
        yield _fact_of(minutes(whole.running_s), _running_words(whole, texts, measures))
    if whole.band_s:
        yield Fact(
            str(whole.n_corrections), "", texts.fact_correction if whole.n_corrections == 1 else texts.fact_corrections
        )
    if whole.covered_s and whole.coverage_ratio is not None:
        yield _fact_of(percent(whole.coverage_ratio), texts.fact_heard)


def _in_band(split: Split, text: str) -> Fact:
    return _fact_of(percent(split.in_band_s / split.band_s), fill(text, time=minutes(split.band_s)))


def _fact_of(number: str, words: str) -> Fact:
    """A number with its unit behind a space."""
    value, _, unit = number.partition(" ")
    return Fact(value, unit, words)


def _mean_words(summary: Summary, texts: ReportTexts) -> str:
    own_spm = summary.shown_own_spm
    return texts.fact_mean if own_spm is None else fill(texts.fact_mean_own, cadence=f"{own_spm:.0f}")


def _running_words(whole: Part, texts: ReportTexts, measures: Measures) -> str:
    if whole.distance_m is None:
        return texts.fact_running
    return fill(texts.fact_running_distance, distance=measures.distance(whole.distance_m))
