"""A runner's playbook: one page to print, and the same in a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cadencecoach.plan.forms import fill, numeric_day
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entries import CheckIn, Entry, Flag, Message, Site, To, is_practice
from cadencecoach.record.playbook import CueWorked, Span, exercises_done, shoes_run, what_hurt
from cadencecoach.view.drawing.markup import element
from cadencecoach.view.report.page import Cell, page, paragraph, section, small_table
from cadencecoach.view.words import clean

MOST_NOTES = 12  # it is one page
_FROM = {To.RUNNER: "clinician", To.CLINICIAN: "runner", To.NOTES: "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookSheet:
    """What the page is made of.

    Attributes:
        athlete: pseudonym
        cues: that worked
        entries: that count
        with_notes: the clinician's notes are on it too
        words: of whoever reads
    """

    athlete: str
    cues: tuple[CueWorked, ...]
    entries: tuple[Entry, ...]
    with_notes: bool
    words: Phrasebook


@dataclass(frozen=True, slots=True)
class _Part:
    """A table with its heading; `nothing` is said where it has no rows, and the last cell is `words` or a figure."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str
    is_words: bool = False


def playbook_page(sheet: PlaybookSheet) -> str:
    """The whole file, as text; no text in it is trusted."""
    texts = sheet.words.progress
    title = f"{texts.playbook} \u00b7 {clean(sheet.athlete)}"
    parts = (
        section(
            part.title,
            small_table(part.columns, ([Cell(clean(text), part.is_words) for text in row] for row in part.rows))
            if part.rows
            else paragraph(part.nothing),
        )
        for part in _parts(sheet)
    )
    claim = [paragraph(texts.practice, "claim")] if is_practice(sheet.entries) else []
    return page(sheet.words, title, element("header", *claim, element("h1", title)), *parts)


def playbook_lines(sheet: PlaybookSheet) -> Iterator[str]:
    """The same for a terminal."""
    if is_practice(sheet.entries):
        yield sheet.words.progress.practice
    for part in _parts(sheet):
        yield part.title
        yield from (f"  {'  '.join(filter(None, row))}" for row in part.rows)
        if not part.rows:
            yield f"  {part.nothing}"


def playbook_json(sheet: PlaybookSheet) -> dict[str, object]:
    """The same for a program."""
    return {
        "athlete": sheet.athlete,
        "practice": is_practice(sheet.entries),
        "cues": [{"text": one.text, "n": one.n, "back_s": one.back_s} for one in sheet.cues],
        "exercises": [_span_json(one) for one in exercises_done(sheet.entries)],
        "shoes": [_span_json(one) for one in shoes_run(sheet.entries)],
        "hurt": [_span_json(one) for one in what_hurt(sheet.entries, _places(None))],
        "notes": [{"day": day.isoformat(), "from": _FROM[to], "text": text} for day, to, text in _notes(sheet)],
    }


def _parts(sheet: PlaybookSheet) -> Iterator[_Part]:
    texts, forms = sheet.words.progress, sheet.words.forms
    times = (texts.times, texts.first_day, texts.last_day)
    cues = tuple((one.text, fill(texts.times_n, number=one.n), f"{one.back_s:.0f} s") for one in sheet.cues)
    yield _Part(texts.cues_worked, (texts.cue, texts.times, texts.back_after), cues, texts.no_cues)
    for title, spans in (
        (texts.exercises_of, exercises_done(sheet.entries)),
        (texts.shoes_of, shoes_run(sheet.entries)),
    ):
        yield _Part(title, (title, *times), tuple(_span_row(one, sheet.words) for one in spans), texts.none_yet)
    hurt = tuple(
        (one.name, "" if one.highest is None else str(one.highest), *_span_row(one, sheet.words)[1:])
        for one in what_hurt(sheet.entries, _places(sheet.words))
    )
    yield _Part(texts.hurt, (texts.place, texts.worst, *times), hurt, texts.nothing_hurt)
    whose = {To.RUNNER: texts.of_clinician, To.CLINICIAN: texts.of_runner, To.NOTES: texts.note_kept}
    notes = tuple((numeric_day(day, forms), whose[to], text) for day, to, text in _notes(sheet))
    yield _Part(texts.notes_of, (texts.day, texts.written_by, ""), notes, texts.none_yet, is_words=True)


def _span_row(one: Span, words: Phrasebook) -> tuple[str, ...]:
    days = (numeric_day(one.first, words.forms), numeric_day(one.last, words.forms))
    return (one.name, fill(words.progress.times_n, number=one.n), *days)


def _span_json(one: Span) -> dict[str, object]:
    told: dict[str, object] = {
        "name": one.name,
        "n": one.n,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
    }
    return told if one.highest is None else told | {"highest": one.highest}


def _places(words: Phrasebook | None) -> dict[str, str]:
    """Places and signs to stop in a reader's words, by those of the log, or in those."""
    known = [*(site.value for site in Site), *(flag.value for flag in Flag)]
    other = Site.OTHER.value if words is None else words.progress.no_place
    return {"": other} | {name: name if words is None else words.of_log(name) for name in known}


def _notes(sheet: PlaybookSheet) -> Sequence[tuple[date, To, str]]:
    """What each wrote to whom, the newest first; the clinician's own notes only where they are wanted."""
    shown = {To.RUNNER, To.CLINICIAN, *({To.NOTES} if sheet.with_notes else ())}
    said = [(one.day, one.to, one.text) for one in sheet.entries if isinstance(one, Message) and one.to in shown]
    said += [(one.day, To.CLINICIAN, one.note) for one in sheet.entries if isinstance(one, CheckIn) and one.note]
    return sorted(said, key=lambda one: one[0], reverse=True)[:MOST_NOTES]
