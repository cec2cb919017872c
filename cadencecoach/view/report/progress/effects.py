"""What changed, asked for or not: own cadence, pain by place, other answers, and what a sensor told of the step."""

from collections.abc import Iterator

from cadencecoach.plan.forms import decimal, fill
from cadencecoach.record.progress.felt import Levels, shift_of
from cadencecoach.view.drawing.markup import Markup
from cadencecoach.view.report.moved import entrainment_words, progress_lines
from cadencecoach.view.report.page import NOTHING, Cell, pairs, paragraph, section, small_table
from cadencecoach.view.report.progress.sheet import Finding, ProgressSheet
from cadencecoach.view.report.progress.story import chance_words, signed_text
from cadencecoach.view.words import clean


def effects(sheet: ProgressSheet) -> Markup | None:
    """A row each with what it was at first and lately; None where nothing can be compared."""
    texts = sheet.words.progress
    rows = [*_change_rows(sheet), *_felt(sheet)]
    moved = [*progress_lines(sheet.progress.moved, sheet.words), *_in_step(sheet)]
    if not rows and not moved:
        return None
    parts = []
    if rows:
        parts.append(small_table((texts.what, texts.at_first, texts.lately, texts.seen), rows))
    if moved:
        parts.append(pairs(moved))
    return section(texts.effects, *parts, paragraph(texts.no_cause, "note"))


def findings(sheet: ProgressSheet) -> Markup | None:
    """What a person saw or measured, before and after, side by side; None where nobody looked."""
    texts, own = sheet.words.progress, sheet.progress.own
    before = own.baseline.seen if own.baseline is not None else {}
    after = own.reassessed.seen if own.reassessed is not None else {}
    names = dict.fromkeys((*before, *after))
    every = [*(Finding(name, before.get(name, ""), after.get(name, "")) for name in names), *sheet.findings]
    if not every:
        return None
    rows = (
        (
            Cell(clean(one.what)),
            Cell(clean(one.before) or NOTHING, is_words=True),
            Cell(clean(one.after) or NOTHING, is_words=True),
        )
        for one in every
    )
    return section(texts.findings, small_table((texts.what, texts.before, texts.after), rows))


def _change_rows(sheet: ProgressSheet) -> Iterator[tuple[Cell, ...]]:
    texts, change = sheet.words.progress, sheet.progress.own.told
    if change is None:
        return
    yield (
        Cell(texts.own_asked_for),
        Cell(decimal(change.before_spm, forms=texts.forms)),
        Cell(decimal(change.after_spm, forms=texts.forms)),
        Cell(f"{signed_text(change.change_spm, texts.forms)} spm, {chance_words(change, texts)}", is_words=True),
    )


def _in_step(sheet: ProgressSheet) -> Iterator[tuple[str, str]]:
    texts, name = sheet.words.progress, sheet.words.report.in_step
    names = (f"{name}, {texts.at_first}", f"{name}, {texts.lately}") if len(sheet.progress.in_step) > 1 else (name,)
    for label, told in zip(names, sheet.progress.in_step, strict=False):
        yield label, entrainment_words(told, sheet.words.report)


def _felt(sheet: ProgressSheet) -> Iterator[tuple[Cell, ...]]:
    texts, felt = sheet.words.progress, sheet.felt
    for site in sorted(felt.pain, key=lambda one: "" if one is None else one.value):
        place = texts.place_not_named if site is None else sheet.words.of_log(site.value)
        yield _row(fill(texts.pain_at, place=place), felt.at(site), sheet)
    if felt.no_pain and not felt.pain:
        yield _row(texts.pain, felt.worst, sheet)
    asked = ((texts.soreness, felt.soreness), (texts.mood, felt.mood), (texts.readiness, felt.readiness))
    for name, levels in asked:
        if levels:
            yield _row(name, levels, sheet)


def _row(name: str, levels: Levels, sheet: ProgressSheet) -> tuple[Cell, ...]:
    texts = sheet.words.progress
    shift = shift_of(levels)
    if shift is None:
        return Cell(name), Cell(NOTHING), Cell(NOTHING), Cell(texts.too_few, is_words=True)
    said = texts.more if shift.is_more else texts.less if shift.is_less else texts.no_clear_shift
    first, last = (Cell(decimal(value, forms=texts.forms)) for value in (shift.first, shift.last))
    return Cell(name), first, last, Cell(said, is_words=True)
