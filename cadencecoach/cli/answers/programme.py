"""What comes next, where the athlete stands, what happened: printed, as lines or as JSON."""

from collections.abc import Collection, Iterator
from datetime import date

from cadencecoach.cli.answers.lines import show_lines
from cadencecoach.cli.printing import show_as_json
from cadencecoach.cli.terminal import TERMINAL
from cadencecoach.desk.athletes.baselines import counting_lines
from cadencecoach.desk.athletes.messages import message_lines
from cadencecoach.desk.checkin.meaning import moment_words, shown_decision
from cadencecoach.desk.checkin.taking import due_moment
from cadencecoach.desk.today.offering import due_lines, due_sessions
from cadencecoach.devices.command_line import command_line
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.programme.load import AS_PRINTED_SPM, target_spm_of
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.baselines import baseline_counted_from, baseline_in_force, first_counted_from
from cadencecoach.record.entries import Entry, Moment, To
from cadencecoach.record.entry_lines import entry_id, line_of_entry
from cadencecoach.record.messages import unread_messages
from cadencecoach.store.athlete_programme import UnderWay
from cadencecoach.view.athlete.baselines import assessment_json
from cadencecoach.view.programme.decisions import decision_json, decision_lines
from cadencecoach.view.programme.standing import log_lines, status_json, status_lines

RUNS = frozenset(Verdict) - {Verdict.REST, Verdict.STOP, Verdict.FINISHED}  # today


def show_decision(now: UnderWay, today: date, words: Phrasebook, *, as_json: bool) -> None:
    """What `next` says, to a person in the words of a language."""
    TERMINAL.tell(*now.notes)
    decision = now.decision(today)
    if as_json:
        in_force, from_ = baseline_in_force(now.log, today=today), baseline_counted_from(now.log, today=today)
        target = _target_spm(now, decision, today)
        told = {
            name: None if one is None else assessment_json(one, today)
            for name, one in (("baseline", in_force), ("counted_from", from_))
        }
        answer = {"athlete": now.athlete, **decision_json(decision, now.programme, today), **told}
        unread = [one.text for one in unread_messages(now.log, To.RUNNER)]
        alongside = {"due": list(due_of(now, decision, today)), "messages": unread}
        _show_json({**answer, "target_spm": None if target is None else round(target[1], 1), **alongside})
    else:
        shown, no_run = shown_decision(decision, now.log, today, words)
        *lines, about = decision_lines(shown, now.programme, today, words)
        if no_run:  # what was said today keeps from every run
            show_lines([no_run, fill(words.programme.not_today, athlete=now.athlete)])
        counted = () if decision.session is None else counting_lines(now.athlete, now.log, today, words)
        more = (*due_lines(decision, today, words), *_due_lines(now, today, words), *_message_lines(now, words))
        show_lines([*lines, *counted, *_target_lines(now, decision, today, words), *more, about])


def due_of(now: UnderWay, decision: Decision, today: date) -> Iterator[str]:
    """What is due, in a word each: `reassessment`, `refresher`, and the check-in of a moment."""
    yield from due_sessions(decision, today)
    moment = due_moment(now.log, today)
    if moment is not None and (moment is not Moment.BEFORE or decision.verdict in RUNS):
        yield f"check-in {moment.value}"


def _due_lines(now: UnderWay, today: date, words: Phrasebook) -> Iterator[str]:
    """The check-in that is due after a run and the morning after; the one before is asked with the run."""
    moment = due_moment(now.log, today)
    if moment is not None and moment is not Moment.BEFORE:
        command = command_line(f"checkin --athlete {now.athlete} --{moment.value}")
        yield fill(words.programme.due_now, moment=moment_words(moment, words.checkin), command=f"`{command}`")


def _message_lines(now: UnderWay, words: Phrasebook) -> Iterator[str]:
    yield from message_lines(unread_messages(now.log, To.RUNNER), now.athlete, words)


def show_status(now: UnderWay, today: date, *, as_json: bool) -> None:
    """What `status` says."""
    TERMINAL.tell(*now.notes)
    decision = now.decision(today)
    status = status_json(now.programme, now.rows, now.log, decision, today)
    if as_json:
        _show_json({"athlete": now.athlete, **status})
    else:
        show_lines(status_lines(status, now.programme, decision))


def show_log(now: UnderWay, *, as_json: bool) -> None:
    """What `log` lists."""
    TERMINAL.tell(*now.notes)
    counting = set(now.log)
    if as_json:
        _show_json({"athlete": now.athlete, "entries": [_entry_json(one, counting) for one in now.every]})
    else:
        show_lines(log_lines(now.programme, now.rows, now.every))


def _target_spm(now: UnderWay, decision: Decision, today: date) -> tuple[float, float] | None:
    """The target of what comes next by its percentage, and as it is held; None where there is none."""
    counted, first = baseline_counted_from(now.log, today=today), first_counted_from(now.log, today=today)
    if decision.session is None or counted is None:
        return None
    first_spm = None if first is None else first.cadence_spm
    return target_spm_of(decision.session, now.programme, counted_spm=counted.cadence_spm, first_spm=first_spm)


def _target_lines(now: UnderWay, decision: Decision, today: date, words: Phrasebook) -> Iterator[str]:
    target, session = _target_spm(now, decision, today), decision.session
    if target is None or session is None or session.target_ratio is None:
        return
    asked_spm, held_spm = target
    texts, forms = words.programme, words.forms
    percent, asked = decimal(session.target_ratio * 100, "+.4g", forms), decimal(asked_spm, forms=forms)
    if asked_spm > held_spm + AS_PRINTED_SPM:
        limit = decimal(held_spm, forms=forms)
        yield fill(texts.target_is_limited, percent=percent, target=asked, limit=limit)
    else:
        yield fill(texts.target_is, percent=percent, target=asked)


def _entry_json(entry: Entry, counting: Collection[Entry]) -> dict[str, object]:
    """An entry with its id, and whether it counts."""
    return {**line_of_entry(entry), "id": entry_id(entry), "counts": entry in counting}


def _show_json(value: object) -> None:
    show_as_json(value)
