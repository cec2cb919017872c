"""The page of an athlete, put together."""

from collections import Counter
from collections.abc import Iterator

from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.page import Fact, bullets, facts, page, paragraph, tied
from cadencecoach.view.report.progress import tables
from cadencecoach.view.report.progress.chart import progress_chart
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import day_words, headline, lead, signed
from cadencecoach.view.words import clean, counted, percent


def progress_page(sheet: ProgressSheet) -> str:
    """The whole file, as text.

    Args:
        sheet: the athlete; no text in it is trusted
    """
    said = headline(sheet.progress)
    name = clean(sheet.athlete) or "Athlete"
    parts = [_header(sheet, said, name), _next(sheet), *_body(sheet, said)]
    parts += [paragraph(remark, "note") for remark in sheet.remarks]
    return page(f"{name} \u2013 progress", *(part for part in parts if part is not None))


def _body(sheet: ProgressSheet, said: str) -> Iterator[Markup | None]:
    if not sheet.progress.sessions:
        yield tables.reported(sheet)
        return
    yield facts(_facts(sheet))
    yield progress_chart(sheet, said)
    halves = (tables.changes(sheet.progress), tables.done(sheet), tables.baselines(sheet))
    yield element("div", *(half for half in halves if half is not None), class_="two")
    yield tables.decisions(sheet)
    yield tables.reported(sheet)
    yield tables.sessions(sheet.progress)
    yield tables.definitions()


def _header(sheet: ProgressSheet, said: str, name: str) -> Markup:
    rows = [session.row for session in sheet.progress.sessions]
    origins = Counter(row.origin for row in rows if row.origin)
    kinds = ", ".join(counted(n, kind) for kind, n in sorted(origins.items()))
    claim = f"Nobody was coached in {origins.total()} of {counted(len(rows), 'session')}: {kinds}." if origins else ""
    time = f"{day_words(rows[0].day)} to {day_words(rows[-1].day)}" if rows else ""
    about = " · ".join(filter(None, ("Progress", name, time, counted(len(rows), "session") if rows else "")))
    return element(
        "header",
        *([paragraph(claim, "claim")] if claim else []),
        paragraph(about, "about"),
        element("h1", tied(said)),
        bullets(lead(sheet)),
    )


def _next(sheet: ProgressSheet) -> Markup | None:
    if not sheet.next_words:
        return None
    words = (paragraph(clean(line)) for line in sheet.next_words)
    return element("section", element("h2", "Next session, and why"), *words, class_="next")


def _facts(sheet: ProgressSheet) -> Iterator[Fact]:
    progress = sheet.progress
    if progress.change is not None:
        change = progress.change
        yield Fact(signed(change.change_spm), "spm", f"cadence, first to last runs; chance up to {change.mdc_spm:.1f}")
    if progress.retained is not None:
        change = progress.retained
        yield Fact(signed(change.change_spm), "spm", f"before any help; chance up to {change.mdc_spm:.1f}")
    yield Fact(
        f"{progress.dose.running_min / 60:.0f}", "h", f"of running in {counted(len(progress.sessions), 'session')}"
    )
    if progress.in_field_ratio is not None:
        value, _, unit = percent(progress.in_field_ratio).partition(" ")
        yield Fact(value, unit, "of sessions with a target reached it")
    pains = [session.pain for session in progress.sessions if session.pain is not None]
    pains += [one.pain for one in sheet.check_ins if one.pain is not None]
    if pains:
        yield Fact(str(max(pains)), "of 10", "highest pain rated")
