"""The page of one session, put together."""

from collections.abc import Iterator

from cadencecoach.record.figures import Part, Split, Summary
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.page import Fact, bullets, facts, page, paragraph, tied
from cadencecoach.view.report.session import tables
from cadencecoach.view.report.session.chart import session_chart
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.session.stayed import help_section
from cadencecoach.view.report.story import LEAST_JUDGED_S, headline, lead, minutes
from cadencecoach.view.words import clean, percent


def session_page(sheet: SessionSheet) -> str:
    """The whole file, as text.

    Args:
        sheet: the session; no text in it is trusted
    """
    summary = sheet.summary
    said = headline(summary)
    parts = [
        _header(sheet, said),
        facts(_facts(summary)),
        session_chart(sheet.trace, summary.shown_own_spm, said),
        help_section(summary),
        tables.stages(summary),
        element(
            "div", *filter(None, (tables.cues(summary), tables.check_ins(sheet), tables.data(sheet))), class_="two"
        ),
        tables.definitions(summary),
    ]
    return page(f"{_title(sheet)} \u2013 session report", *(part for part in parts if part is not None))


def _title(sheet: SessionSheet) -> str:
    return clean(sheet.summary.session.name) or "Session"


def _header(sheet: SessionSheet, said: str) -> Markup:
    claim = [paragraph(sheet.origin, "claim")] if sheet.origin else []
    about = " · ".join(
        filter(None, (_title(sheet), clean(sheet.athlete), clean(sheet.started).replace("T", " ").replace("Z", " UTC")))
    )
    return element(
        "header",
        *claim,
        paragraph(about, "about"),
        element("h1", tied(said)),
        bullets(lead(sheet.summary, sheet.trace, is_session=sheet.is_session)),
    )


def _facts(summary: Summary) -> Iterator[Fact]:
    whole = summary.session
    splits = ((whole.helped, "on target with help"), (whole.silent, "on target without help"))
    shown = [(split, words) for split, words in splits if split.band_s >= LEAST_JUDGED_S]
    for split, words in shown:
        yield _in_band(split, words)
    if not shown and whole.band_s and whole.in_band_ratio is not None:
        yield _fact_of(percent(whole.in_band_ratio), f"on target, of {minutes(whole.band_s)}")
    if whole.mean_cadence_spm is not None:
        yield Fact(f"{whole.mean_cadence_spm:.0f}", "spm", f"mean cadence, running{_own(summary)}")
    if whole.covered_s:
        yield Fact(f"{whole.running_s / 60:.0f}", "min", f"of running{_distance(whole)}")
    if whole.band_s:
        yield Fact(str(whole.n_corrections), "", "correction" if whole.n_corrections == 1 else "corrections")
    if whole.covered_s and whole.coverage_ratio is not None:
        yield _fact_of(percent(whole.coverage_ratio), "of the time with sensor readings")


def _in_band(split: Split, words: str) -> Fact:
    return _fact_of(percent(split.in_band_s / split.band_s), f"{words}, of {minutes(split.band_s)}")


def _fact_of(number: str, words: str) -> Fact:
    """A number with its unit behind a space."""
    value, _, unit = number.partition(" ")
    return Fact(value, unit, words)


def _own(summary: Summary) -> str:
    return "" if summary.shown_own_spm is None else f"; own cadence {summary.shown_own_spm:.0f}"


def _distance(whole: Part) -> str:
    return "" if whole.distance_m is None else f", {whole.distance_m / 1000:.1f} km"
