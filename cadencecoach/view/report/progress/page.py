"""The page of an athlete, put together."""

from collections.abc import Iterator

from cadencecoach.plan.forms import day_words, fill
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.entries import is_practice
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.page import bullets, facts, page, paragraph, tie_units
from cadencecoach.view.report.progress import tables
from cadencecoach.view.report.progress.chart import progress_chart
from cadencecoach.view.report.progress.effects import effects, findings
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import headline, lead
from cadencecoach.view.report.progress.strip import strip
from cadencecoach.view.words import clean


def progress_page(sheet: ProgressSheet) -> str:
    """The whole file, as text.

    Args:
        sheet: the athlete; no text in it is trusted
    """
    texts = sheet.words.progress
    said, name = headline(sheet), clean(sheet.athlete) or texts.unnamed
    parts = [_header(sheet, said, name), _next(sheet), *_body(sheet, said)]
    parts += [paragraph(remark, "note") for remark in sheet.remarks]
    title = fill(texts.page_title, name=name)
    return page(sheet.words, title, *(part for part in parts if part is not None), class_="progress")


def _body(sheet: ProgressSheet, said: str) -> Iterator[Markup | None]:
    yield facts(strip(sheet))
    if not sheet.progress.sessions:
        yield findings(sheet)
        yield tables.report_table(sheet)
        yield tables.baselines(sheet)
        return
    yield progress_chart(sheet, said)
    halves = (effects(sheet), findings(sheet), tables.report_table(sheet), tables.done(sheet))
    yield element("div", *(half for half in halves if half is not None), class_="two")
    yield tables.sessions(sheet)
    yield tables.baselines(sheet)
    yield tables.decisions(sheet)
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
        element("h1", tie_units(said), class_="stopped" if sheet.stop else None),
        bullets(lead(sheet)),
    )


def _n_sessions(number: int, texts: ProgressTexts) -> str:
    return texts.session if number == 1 else fill(texts.n_sessions, number=number)


def _next(sheet: ProgressSheet) -> Markup | None:
    """What comes next, and why; nothing where nobody plans."""
    following = sheet.next
    if following is None:
        return None
    says = [element("p", element("b", tie_units(clean(following.says))))]
    says += [paragraph(clean(line)) for line in following.details]
    why = [bullets(clean(line) for line in following.why)] if following.why else []
    return element("section", element("h2", sheet.words.progress.next_session), *says, *why, class_="next")
