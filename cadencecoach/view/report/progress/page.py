"""The page of an athlete, put together."""

from collections.abc import Iterator

from cadencecoach.plan.forms import day_words, decimal, fill
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.entries import is_practice
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.page import Fact, bullets, facts, page, paragraph, tie_units
from cadencecoach.view.report.progress import tables
from cadencecoach.view.report.progress.chart import progress_chart
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import headline, lead, signed_text
from cadencecoach.view.words import clean, percent


def progress_page(sheet: ProgressSheet) -> str:
    """The whole file, as text.

    Args:
        sheet: the athlete; no text in it is trusted
    """
    texts = sheet.words.progress
    said, name = headline(sheet.progress, texts), clean(sheet.athlete) or texts.unnamed
    parts = [_header(sheet, said, name), _next(sheet), *_body(sheet, said)]
    parts += [paragraph(remark, "note") for remark in sheet.remarks]
    return page(sheet.words, fill(texts.page_title, name=name), *(part for part in parts if part is not None))


def _body(sheet: ProgressSheet, said: str) -> Iterator[Markup | None]:
    if not sheet.progress.sessions:
        yield tables.report_table(sheet)
        return
    yield facts(_facts(sheet))
    yield progress_chart(sheet, said)
    halves = (tables.changes(sheet.progress, sheet.words), tables.done(sheet), tables.baselines(sheet))
    yield element("div", *(half for half in halves if half is not None), class_="two")
    yield tables.decisions(sheet)
    yield tables.report_table(sheet)
    yield tables.sessions(sheet.progress, sheet.words)
    yield tables.definitions(sheet.words, has_moved=bool(sheet.progress.moved))


def _header(sheet: ProgressSheet, said: str, name: str) -> Markup:
    texts = sheet.words.progress
    rows = [session.row for session in sheet.progress.sessions]
    n_uncoached = sum(not row.was_coached for row in rows)
    some = fill(texts.some_uncoached, uncoached=n_uncoached, number=len(rows)) if n_uncoached else ""
    claim = texts.all_uncoached if n_uncoached and n_uncoached == len(rows) else some
    if is_practice(sheet.entries):
        claim = texts.practice
    days = (day_words(rows[0].day, texts.forms), day_words(rows[-1].day, texts.forms)) if rows else None
    time = fill(texts.from_day_to_day, first=days[0], last=days[1]) if days is not None else ""
    about = " · ".join(filter(None, (texts.progress, name, time, _n_sessions(len(rows), texts) if rows else "")))
    return element(
        "header",
        *([paragraph(claim, "claim")] if claim else []),
        paragraph(about, "about"),
        element("h1", tie_units(said)),
        bullets(lead(sheet)),
    )


def _n_sessions(number: int, texts: ProgressTexts) -> str:
    return texts.session if number == 1 else fill(texts.n_sessions, number=number)


def _next(sheet: ProgressSheet) -> Markup | None:
    if not sheet.next_words:
        return None
    words = (paragraph(clean(line)) for line in sheet.next_words)
    return element("section", element("h2", sheet.words.progress.next_session), *words, class_="next")


def _facts(sheet: ProgressSheet) -> Iterator[Fact]:
    progress, texts = sheet.progress, sheet.words.progress
    if progress.change is not None:
        change = progress.change
        yield Fact(
            signed_text(change.change_spm, texts.forms),
            "spm",
            fill(texts.fact_change, chance=decimal(change.mdc_spm, forms=texts.forms)),
        )
    if progress.retained is not None:
        change = progress.retained
        yield Fact(
            signed_text(change.change_spm, texts.forms),
            "spm",
            fill(texts.fact_before_help, chance=decimal(change.mdc_spm, forms=texts.forms)),
        )
    running = texts.fact_running_one if len(progress.sessions) == 1 else texts.fact_running
    yield Fact(f"{progress.dose.running_min / 60:.0f}", "h", fill(running, number=len(progress.sessions)))
    if progress.in_field_ratio is not None:
        value, _, unit = percent(progress.in_field_ratio).partition(" ")
        yield Fact(value, unit, texts.fact_reached)
    pains = [session.pain for session in progress.sessions if session.pain is not None]
    pains += [one.pain for one in sheet.check_ins if one.pain is not None]
    if pains:
        yield Fact(str(max(pains)), texts.of_10, texts.fact_pain)
