"""An adapter that a room names and this computer does not have is told before anything starts."""

import pytest
from each_row import each_row

from cadencecoach.desk.room.checking import check_adapters
from cadencecoach.errors import UsageError
from cadencecoach.live.room.model import Room

ROOM = Room(name="Hall", lanes=(), adapters=("hci0", "hci1"))


@each_row(
    ("here", "told"),
    [
        (("hci0",), "adapters: there is no hci1 on this computer; there are: hci0"),
        ((), "adapters: there is no hci0 on this computer; there is none"),
    ],
)
def test_an_adapter_that_is_not_here_is_told_with_those_that_are(here: tuple[str, ...], told: str) -> None:
    """In one line."""
    with pytest.raises(UsageError) as caught:
        check_adapters(ROOM, here)
    assert str(caught.value) == told


def test_where_they_are_here_or_nobody_can_tell_nothing_is_refused() -> None:
    """The radio says what is wrong then."""
    check_adapters(ROOM, ("hci0", "hci1", "hci2"))
    check_adapters(ROOM, None)
