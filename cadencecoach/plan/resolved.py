"""A plan as plain values of JSON and back, complete: it stays with its session, whatever becomes of the file.

Unlike a plan file it holds every default and limit as it was then, so that a later version of the program, another
athlete or a changed file makes no other session of it. Feedback that several stages share is written once.
"""

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from cadencecoach.errors import PlanError
from cadencecoach.plan import model
from cadencecoach.plan.model import Feedback, Plan

KIND = "kind"  # which value it is, where there are several
LATER = {
    "Stage": {"music"},
    "Feedback": {"noise_ratio"},
}  # came with a later version, and is written only where it says something
VALUES = {
    one.__name__: one
    for one in (
        *(model.Free, model.Walk, model.Relative, model.Fixed, model.Between),
        *(model.RatioTolerance, model.SpmTolerance, model.CueAt, model.CueEvery),
        *(model.MeasuredBaseline, model.AthleteBaseline, model.FixedBaseline, model.SpeedsBaseline),
        *(model.Limits, model.Stage, model.Feedback, model.Plan),
    )
}


def json_of_plan(plan: Plan) -> dict[str, object]:
    """A plan as plain values."""
    shared = list(dict.fromkeys(stage.feedback for stage in plan.stages))
    written = _plain(plan)
    assert isinstance(written, dict)
    for stage, told in zip(plan.stages, written["stages"], strict=True):
        told["feedback"] = shared.index(stage.feedback)
    return {"plan": written, "feedback": [_plain(one) for one in shared]}


def plan_of_json(written: object) -> Plan:
    """The plan in plain values.

    Raises:
        PlanError: they are not those of a plan of this version
    """
    try:
        assert isinstance(written, dict)
        shared = [_value(one, Feedback) for one in written["feedback"]]
        told = dict(written["plan"])
        told["stages"] = [{**stage, "feedback": shared[stage["feedback"]]} for stage in told["stages"]]
        plan = _value(told, Plan)
    except (AssertionError, KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise PlanError(f"the plan kept with the session cannot be read by this version: {error}") from error
    assert isinstance(plan, Plan)
    return plan


def _plain(value: object) -> Any:  # noqa: ANN401  # any value of JSON
    if is_dataclass(value) and not isinstance(value, type):
        later = LATER.get(type(value).__name__, set())
        told = {
            one.name: _plain(getattr(value, one.name))
            for one in fields(value)
            if one.compare and (one.name not in later or getattr(value, one.name) != one.default)
        }
        return {KIND: type(value).__name__, **told}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | frozenset | list):
        return [_plain(one) for one in value]
    return value


@cache  # asked for every stage of every session that is folded again
def _hints(kind: type[object]) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(written: Any, wanted: Any) -> Any:  # noqa: ANN401, PLR0911  # by the types of the model
    if is_dataclass(written):
        return written
    if isinstance(written, dict):
        kind = VALUES[written[KIND]]
        if wanted is not Any and kind not in (wanted, *get_args(wanted)):
            raise ValueError(f"{written[KIND]} stands where it cannot")
        hints = _hints(kind)
        missing = {one.name for one in fields(kind) if one.compare} - written.keys() - LATER.get(kind.__name__, set())
        if missing:  # no default of today stands in for what was prescribed then
            raise ValueError(f"{written[KIND]} lacks {', '.join(sorted(missing))}")
        return kind(**{name: _value(one, hints[name]) for name, one in written.items() if name != KIND})
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        if written is None and NoneType in get_args(wanted):
            return None
        return _value(written, next(one for one in get_args(wanted) if one is not NoneType))
    if origin is tuple:
        its = get_args(wanted)
        each = (its[0],) * len(written) if its[-1] is Ellipsis else its
        return tuple(_value(one, type_) for one, type_ in zip(written, each, strict=True))
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(written)
    return written
