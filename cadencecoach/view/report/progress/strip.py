"""The numbers to be seen at once: own cadence in three steps, adherence, the highest pain."""

from collections.abc import Iterator

from cadencecoach.gait.sources import kind_of
from cadencecoach.plan.forms import day_words, decimal, fill, joined_facts
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.baselines import Assessment
from cadencecoach.record.progress.noise import Change
from cadencecoach.view.report.page import NOTHING, Fact
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import chance_words, signed_text


def strip(sheet: ProgressSheet) -> Iterator[Fact]:
    """Baseline, without help now, reassessed; what is not known is a dash, and says so."""
    texts, own = sheet.words.progress, sheet.progress.own
    yield _baseline(sheet)
    if own.now is not None:
        last = day_words(own.unaided[-1].day, texts.forms)
        runs = runs_words(own.now.n_after, sheet.words)
        told = "" if own.baseline is None else _change(own.now, sheet.words)
        words = joined_facts((fill(texts.fact_now, runs=runs, day=last), told), texts.forms)
        yield Fact(decimal(own.now.after_spm, forms=texts.forms), "spm", words)
    else:
        yield Fact(NOTHING, "", texts.fact_not_now)
    yield _reassessment_fact(sheet)
    done = sheet.adherence
    if done is not None and (done.n_planned or done.n_done):
        words = fill(texts.fact_adherence, day=day_words(done.since, texts.forms))
        yield Fact(str(done.n_done), fill(texts.of_planned, planned=done.n_planned), words)
    worst = sheet.felt.worst
    if worst:
        yield Fact(str(max(worst.values())), texts.of_10, texts.fact_pain)


def assessment_words(one: Assessment, words: Phrasebook) -> str:
    """How good a baseline is: how many runs, from which source, whether it is provisional."""
    texts = words.progress
    marked = (
        fill(texts.marked, source=words.of_log(kind_of(one.taken_by)), error=f"{one.error_spm:g}")
        if one.is_marked
        else ""
    )
    provisional = texts.provisional if one.is_provisional else ""
    return joined_facts((runs_words(len(one.counted), words), marked, provisional), texts.forms)


def runs_words(number: int, words: Phrasebook) -> str:
    """How many runs."""
    texts = words.progress
    return texts.one_run if number == 1 else fill(texts.n_runs, number=number)


def _baseline(sheet: ProgressSheet) -> Fact:
    texts, one = sheet.words.progress, sheet.progress.own.baseline
    if one is None:
        return Fact(NOTHING, "", texts.fact_no_baseline)
    words = fill(
        texts.fact_baseline, day=day_words(one.last_day, texts.forms), worth=assessment_words(one, sheet.words)
    )
    return Fact(decimal(one.cadence_spm, forms=texts.forms), "spm", words)


def _reassessment_fact(sheet: ProgressSheet) -> Fact:
    texts, own = sheet.words.progress, sheet.progress.own
    one, change = own.reassessed, own.measured_again
    if one is None or change is None:
        return Fact(NOTHING, "", texts.fact_not_reassessed)
    day, worth = day_words(one.last_day, texts.forms), assessment_words(one, sheet.words)
    words = joined_facts((fill(texts.fact_reassessed, day=day, worth=worth), _change(change, sheet.words)), texts.forms)
    return Fact(decimal(change.after_spm, forms=texts.forms), "spm", words)


def _change(change: Change, words: Phrasebook) -> str:
    texts = words.progress
    return f"{signed_text(change.change_spm, texts.forms)} spm, {chance_words(change, texts)}"
