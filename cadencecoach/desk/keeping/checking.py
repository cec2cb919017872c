"""A store looked at: all that can be read, every journal by its hash, who sees it, and what waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cadencecoach.errors import CadencecoachError
from cadencecoach.store.protocol import UserStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found about one thing.

    Attributes:
        about: which
        is_well: it needs no attention
        text: in words
    """

    about: str
    is_well: bool
    text: str


def check_store(store: UserStore) -> Sequence[Looked]:
    """Look at everything. Nothing is changed but what waits, which is handed over."""
    store.settle()
    return tuple(_look(store))


def _look(store: UserStore) -> Iterator[Looked]:
    where = store.places()["sessions and athletes"]
    yield Looked(about="store", is_well=not isinstance(where, Exception), text=str(where))
    behind = store.behind()
    if behind is not None:
        seen = f"what is shown is as of {behind.seen}" if behind.seen else "nothing of it was seen on this computer yet"
        yield Looked(about="database", is_well=False, text=f"{behind.why}; {seen}")
    yield from (Looked(about=about, is_well=is_well, text=text) for about, is_well, text in store.look())
    names = store.athlete_names()
    broken = [words for name in names for words in _find_broken(store, name)]
    found = "not known" if behind is not None and not behind.seen else f"{len(names)}, each log can be read"
    yield Looked(about="athletes", is_well=not broken, text="; ".join(broken) or found)
    if behind is None:
        with store.sessions() as sessions:
            sessions.refresh()
            unread = sessions.unreadable()
        told = "; ".join(f"{one.id}: {one.problem}" for one in unread)
        n_sessions = len(store.session_ids())
        yield Looked(about="sessions", is_well=not unread, text=told or f"{n_sessions}, each journal can be read")


def _find_broken(store: UserStore, athlete: str) -> Iterator[str]:
    try:
        store.log_of(athlete)
        store.read_profile(athlete)
    except CadencecoachError as error:
        yield f"{athlete}: {error}"
