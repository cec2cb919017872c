"""A whole rehearsal: from a request to its outcome."""

from contextlib import ExitStack
from pathlib import Path

from cadencecoach.desk.running.choosing import choose_plan
from cadencecoach.errors import UsageError
from cadencecoach.live.opening.outputs import (
    check_outputs,
    check_replaceable,
    check_sound,
    open_sound_file,
    replace_journal,
)
from cadencecoach.live.opening.request import Request, day_of
from cadencecoach.live.opening.setup import Prepared, prepare_plan, session_of
from cadencecoach.live.opening.sources import LIVE_FEET
from cadencecoach.live.outcome import Outcome, outcome_of
from cadencecoach.plan.model import Plan
from cadencecoach.plan.values import ValueFault, duration_s
from cadencecoach.session.audio_output import AudioOutput, NoAudio
from cadencecoach.session.host import Host
from cadencecoach.session.recorder import SessionRecorder
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.store.protocol import Store

SOUNDS = {"file": "file:PATH (.wav, .flac, .mp3)", "none": "none"}  # a rehearsal runs in virtual time


def rehearse_session(
    store: Store, request: Request, host: Host, *, journal: Path | None, open_stage: str, session: str | None = None
) -> Outcome:
    """Run a session in virtual time.

    Args:
        store: where athletes are kept
        request: which session
        host: who is told, and may stop it
        journal: where to write it down; None is nowhere
        open_stage: a duration as in a plan: how long a stage lasts that waits for a key
        session: of a programme, its number or `refresher`; None for a plan
    Raises:
        CadencecoachError: whatever is wrong with the request
    """
    open_stage_s = _open_stage_s(open_stage)
    kind = request.feet_text.partition(":")[0]
    if kind in LIVE_FEET:
        raise UsageError(f"--feet {kind}: a rehearsal runs in virtual time, a sensor does not; use sim or replay:FILE")
    one = choose_plan(store.machine, request.plan_name, session, request.baseline_spm)
    plan = one.plan if request.athlete is None else _limit_plan(store, one.plan, request)
    prepared = prepare_plan(store, plan, request, {"rehearsal": True, **one.header})
    return rehearse_prepared(prepared, request, host, journal=journal, open_stage_s=open_stage_s)


def rehearse_prepared(
    prepared: Prepared, request: Request, host: Host, *, journal: Path | None, open_stage_s: float
) -> Outcome:
    """Run what is prepared in virtual time; the arguments are those of `rehearse_session`."""
    machine = prepared.machine
    check_outputs(machine, request, journal)
    if journal is not None:  # before a sound file is written over
        check_replaceable(machine, journal, may_replace=request.force)
    check_sound(machine, request, allowed=SOUNDS)
    host.tell(*prepared.opened.notes)
    with ExitStack() as stack:
        file = None
        if journal is not None:
            file = stack.enter_context(
                replace_journal(machine, journal, prepared.header.line, may_replace=request.force)
            )
        output: AudioOutput = NoAudio() if request.sound_text == "none" else open_sound_file(request, prepared)
        recorder = SessionRecorder(file, prepared.plan, prepared.baseline_spm, prepared.curve)
        session = session_of(prepared, output, recorder)
        stop = stack.enter_context(host.stop())
        progress = stack.enter_context(host.progress(prepared.plan, open_stage_s))
        rehearse(
            session,
            prepared.opened.feet,
            output=output,
            open_stage_s=open_stage_s,
            progress=progress,
            should_stop=lambda: stop.is_set,
            write=recorder.write,
        )
        output.close(session.now_s)
    return outcome_of(prepared, session, recorder, file, output)


def _limit_plan(store: Store, plan: Plan, request: Request) -> Plan:
    """The plan under the limits of the athlete's programme."""
    from cadencecoach.desk.today.limiting import limit_plan  # noqa: PLC0415  # a third of a start: programmes, reports

    return limit_plan(store, plan, request.athlete, day_of(request), baseline_spm=request.baseline_spm)


def _open_stage_s(text: str) -> float:
    try:
        return duration_s(text)
    except ValueFault as error:
        raise UsageError(f"--open-stage {text} {error}") from error
