"""When the sessions of a programme fall if all goes well: day numbers from the start."""

from collections.abc import Sequence

from cadencecoach.programme.model import Session

DAYS_A_WEEK = 7


def planned_days(sessions: Sequence[Session], sessions_a_week: int, lead_days: int = 0) -> tuple[int, ...]:
    """The day of each session, from 0: as early as rest and the limit of sessions a week let it be."""
    planned: list[int] = []
    day = lead_days
    for session in sessions:
        day = _free_from(planned, day, sessions_a_week)
        planned.append(day)
        day += 1 + session.rest_days
    return tuple(planned)


def _free_from(planned: Sequence[int], day: int, sessions_a_week: int) -> int:
    """The first day from `day` on that is not one too many in its seven days."""
    if len(planned) < sessions_a_week:
        return day
    return max(day, planned[-sessions_a_week] + DAYS_A_WEEK)
