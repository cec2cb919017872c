"""How long a session has been broken off, from what its journal says of clocks and what they say now.

The computer's own clock since it was started (`boot`) cannot be set and counts sleep, but ends with a restart. The wall
clock goes on, and may have been set. What neither can tell is not known, and that is not zero.
"""

from collections.abc import Mapping, Sequence

from cadencecoach.record.lines import GapLine, Line, PlanLine

SLACK_S = 5.0  # labels are whole seconds, and a wall clock is nudged now and then


def break_s(
    lines: Sequence[Line],
    *,
    started_s: float | None,
    now_s: float,
    boot: Mapping[str, object] | None,
) -> float | None:
    """The length of the break since the last line; None where nobody knows.

    Args:
        lines: of the journal
        started_s: wall time of its start, in seconds since 1970; None where it does not say
        now_s: wall time now
        boot: the computer's own clock now; None where there is none
    """
    gaps = [line for line in lines if isinstance(line, GapLine)]
    ended_s = max((line.t for line in lines), default=0.0)
    marked = next((line for line in reversed(lines) if isinstance(line, GapLine | PlanLine)), None)
    mark, marked_s = (None, 0.0) if marked is None else (marked.boot, marked.t)
    uptime_s = _number(boot, "s")
    if boot is not None and uptime_s is not None and isinstance(mark, Mapping) and mark.get("id") == boot.get("id"):
        then_s = _number(mark, "s")
        passed_s = None if then_s is None else uptime_s - then_s - (ended_s - marked_s)
        return None if passed_s is None or passed_s < -SLACK_S else max(0.0, passed_s)
    if started_s is None or any(gap.gap_s is None for gap in gaps):
        return None
    passed_s = now_s - started_s - ended_s - sum(gap.gap_s or 0.0 for gap in gaps)
    least_s = uptime_s if isinstance(mark, Mapping) and uptime_s is not None else 0.0  # it was restarted in between
    return None if passed_s < least_s - SLACK_S else max(0.0, passed_s)


def _number(mark: Mapping[str, object] | None, name: str) -> float | None:
    value = None if mark is None else mark.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
