"""What waits on this computer handed over: now, and again and again while a program runs here."""

import contextlib
from collections.abc import Iterator
from typing import Final

from cadencecoach.devices.background.repeating import repeating
from cadencecoach.errors import CadencecoachError
from cadencecoach.store.protocol import UserStore

EVERY_S: Final = 15.0


@contextlib.contextmanager
def handing_over(store: UserStore, every_s: float = EVERY_S) -> Iterator[None]:
    """Hand over what waits every so often, and take into the copy what others wrote; nothing where the store is files.

    In a thread of its own: whatever the database does, nobody waits for it, also not at the end.
    """
    if store.tables() is None:
        yield
        return

    def hand_over() -> None:
        with contextlib.suppress(CadencecoachError):  # whoever writes next, or looks at the store, is told
            store.settle()

    with repeating(hand_over, every_s, name="hand over"):
        yield


def hand_over_now(store: UserStore) -> tuple[str, bool]:
    """Hand over what waits; in words what came of it, and whether all is where it belongs."""
    if store.tables() is None:
        return "the store is files: nothing has to be handed over", True
    n_waiting, behind = store.settle(), store.behind()
    things = f"{n_waiting} thing{'s wait' if n_waiting != 1 else ' waits'} on this computer"
    if behind is not None:
        return f"{behind.why}; {things if n_waiting else 'nothing waits on this computer'}", False
    return (things, False) if n_waiting else ("everything is in the database", True)
