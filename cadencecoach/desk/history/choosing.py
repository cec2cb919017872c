"""Which of the kept sessions are looked at, a page at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from cadencecoach.store.listed import Listed

PAGE: Final = 25  # sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; None is whatever there is.

    Attributes:
        athlete: pseudonym; empty is guests
        plan: its title
        kind: a `SessionKind`
        since, until: days, both included
        number: of the page, from 1
    """

    athlete: str | None = None
    plan: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    number: int = 1

    def takes(self, one: Listed) -> bool:
        """Whether a session is looked for."""
        return (
            self.athlete in {None, one.athlete}
            and self.plan in {None, one.plan_name}
            and self.kind in {None, one.kind}
            and (self.since is None or one.day >= self.since)
            and (self.until is None or one.day <= self.until)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was found.

    Attributes:
        sessions: of the page
        n_found: on all pages
        n_visible: of all that may be seen, whatever was looked for
        number, n_pages: of this page, from 1, and how many there are
        athletes, plans, kinds: that there are, to look for
    """

    sessions: tuple[Listed, ...]
    n_found: int
    n_visible: int
    number: int
    n_pages: int
    athletes: tuple[str, ...]
    plans: tuple[str, ...]
    kinds: tuple[str, ...]


def choose_sessions(every: Iterable[Listed], wanted: Wanted, may_see: Callable[[str], bool]) -> Chosen:
    """A page of sessions.

    Args:
        every: the newest first
        wanted: what is looked for
        may_see: whether those of an athlete, or of guests, may be seen at all
    """
    visible = [one for one in every if may_see(one.athlete)]
    found = [one for one in visible if wanted.takes(one)]
    n_pages = max(1, -(-len(found) // PAGE))
    number = min(max(wanted.number, 1), n_pages)
    return Chosen(
        sessions=tuple(found[(number - 1) * PAGE : number * PAGE]),
        n_found=len(found),
        n_visible=len(visible),
        number=number,
        n_pages=n_pages,
        athletes=tuple(sorted({one.athlete for one in visible if one.athlete})),
        plans=tuple(sorted({one.plan_name for one in visible if one.plan_name})),
        kinds=tuple(sorted({one.kind for one in visible if one.kind})),
    )
