"""A real-time audio cadence coach: it runs the session that a plan describes.

What others may build on stands here, and is loaded when it is touched; docs/embedding.md shows a session driven from
outside. The rooms, from the ground up: `units`, `timebase`, `errors`; `plan`, `gait`, `fit`; `coach`, `sound`,
`workouts`; `record`; `session`; `programme`; `view`; `devices`; `store`; `live`; `desk`; `cli`. Imports only go down;
docs/reading-order.md says where to begin.
"""

from importlib import import_module

__version__ = "0.2.0"

_STANDS_IN = {
    "CadencecoachError": "errors",
    "Engine": "sound.engine",
    "Key": "coach.events",
    "Plan": "plan.model",
    "PlanError": "errors",
    "Reading": "gait.reading",
    "Session": "session.session",
    "SetBeat": "sound.commands",
    "Timeline": "plan.timeline",
    "guided": "coach.coaching",
    "load_plan": "plan.checks.reading",
    "read_journal": "record.journal",
    "summarise": "record.fold.summary",
}
__all__ = list(_STANDS_IN)  # one list of names, with where each stands


def __getattr__(name: str) -> object:
    """One of the public names."""
    if name not in _STANDS_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_STANDS_IN[name]}"), name)
