"""The first line of a session's journal: what was asked for, and what was opened."""

from collections.abc import Mapping

from cadencecoach.devices.clock import local_offset_s
from cadencecoach.live.opening.opened import OpenedFeet
from cadencecoach.live.opening.request import Request, check_started, day_label
from cadencecoach.plan.model import Plan
from cadencecoach.record.journal import Header
from cadencecoach.record.rows import SIMULATION
from cadencecoach.session.recorder import APP


def header_of(request: Request, plan: Plan, opened: OpenedFeet, *, unit: str, extra: Mapping[str, object]) -> Header:
    """The first line of a session's journal.

    Raises:
        UsageError: the start time is none
    """
    units = {name: vote.unit.name.lower() for name, vote in opened.votes.items() if vote.unit is not None}
    given = [name for name, vote in opened.votes.items() if vote.is_given]
    counted = unit if opened.vote.unit is None else opened.vote.unit.name.lower()
    return Header(
        app=APP,
        started=check_started(request.started),
        plan_name=plan.name,
        plan_sha256=plan.sha256,
        athlete=request.athlete,
        feet=opened.label,
        sound=_sound_label(request.sound_text),
        extra={
            "day": day_label(request),
            "utc_offset_s": local_offset_s(None if request.day else request.started),  # of a run now: of this place
            "baseline_spm": request.baseline_spm,
            "seed": request.seed,
            "unit": counted,
            **({"units": units} if units else {}),
            **({"replayed": SIMULATION} if opened.is_simulation_again else {}),
            **({"units_given": given} if given else {}),
            **extra,
        },
    )


def _sound_label(text: str) -> str:
    """Without the name of a file: two rehearsals of one session are the same session wherever the sound went."""
    return "file" if text.startswith("file:") else text
