"""What an athlete is offered today: the session of the programme with its why, or the reason why there is none."""

from dataclasses import dataclass
from datetime import date

from cadencecoach.desk.checkin.meaning import is_on_programme
from cadencecoach.desk.today.choosing import session_of_today
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.model import Plan
from cadencecoach.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One athlete's day.

    Attributes:
        has_programme: whether the athlete is on one; without, any plan may be chosen
        plan: to be run today, with the day's values; None where there is no run
        lines: what the programme says, the most important first
    """

    has_programme: bool
    plan: Plan | None = None
    lines: tuple[str, ...] = ()


def offer_today(store: Store, athlete: str, today: date) -> Offer:
    """What an athlete is offered; nothing is written down, and whoever starts it is asked again."""
    try:
        if not is_on_programme(store.log_of(athlete).entries):
            return Offer(has_programme=False)
        chosen = session_of_today(store, athlete, today, surface="", baseline_spm=None)
    except CadencecoachError as error:  # rest, a stop, the end; or something that cannot be read, which says so
        return Offer(has_programme=True, lines=tuple(str(error).split("\n")))
    return Offer(has_programme=True, plan=chosen.plan, lines=chosen.lines)
