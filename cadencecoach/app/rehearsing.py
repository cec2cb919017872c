"""A whole rehearsal: from a request to its outcome."""

from contextlib import ExitStack, closing
from pathlib import Path

from cadencecoach.app.ears import Ear, open_ear
from cadencecoach.app.notebook import Notebook, free_for_rehearsal
from cadencecoach.app.outcome import Outcome
from cadencecoach.app.progress import progress_bar
from cadencecoach.app.rehearsal import rehearse
from cadencecoach.app.session import Session
from cadencecoach.app.setup import Prepared, Request, prepare
from cadencecoach.coach.actions import Action
from cadencecoach.devices.journal_file import JournalFile
from cadencecoach.errors import UsageError
from cadencecoach.plan.values import ValueFault, duration_s


def rehearsed(request: Request, *, journal: Path | None, open_stage: str) -> Outcome:
    """Run a session in virtual time.

    Args:
        request: which session
        journal: where to write it down; None is nowhere
        open_stage: a duration as in a plan: how long a stage lasts that waits for a key
    Raises:
        CadencecoachError: whatever is wrong with the request
    """
    open_stage_s = _open_stage_s(open_stage)
    prepared = prepare(request, {"rehearsal": True})
    with ExitStack() as stack:
        file = None
        if journal is not None:
            free_for_rehearsal(journal, feet_text=request.feet_text)
            file = stack.enter_context(closing(JournalFile(journal)))
        notebook = Notebook(file, prepared.plan, prepared.baseline_spm)
        notebook.begin(prepared.header)
        ear = open_ear(request.sound_text, prepared.settings)
        session = _session(prepared, ear, notebook)
        try:
            with progress_bar(prepared.plan, open_stage_s) as progress:
                rehearse(session, prepared.opened.feet, recorder=ear, open_stage_s=open_stage_s, progress=progress)
        except KeyboardInterrupt:
            session.interrupt(session.now_s)
        trouble = ear.finish(session.now_s)
    notes = (*prepared.opened.notes, trouble, None if file is None else file.trouble)
    return Outcome(
        plan=prepared.plan,
        summary=notebook.summary(),
        unit_text=prepared.opened.unit_text or (session.unit.text if session.unit is not None else ""),
        journal=None if file is None else file.path,
        notes=tuple(note for note in notes if note),
    )


def _session(prepared: Prepared, ear: Ear, notebook: Notebook) -> Session:
    """A session whose actions are heard by the ear, and then by the feet."""

    def perform(action: Action) -> float | None:
        actual_s = ear.perform(action)
        prepared.opened.feet.hear(action)
        return actual_s

    return Session(
        prepared.plan,
        baseline_spm=prepared.baseline_spm,
        vote=prepared.opened.vote,
        perform=perform,
        write=notebook.write,
    )


def _open_stage_s(text: str) -> float:
    try:
        return duration_s(text)
    except ValueFault as error:
        raise UsageError(f"--open-stage {text}: {error}") from error
