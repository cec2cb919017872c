"""Where `--sound` sends a session: a device, a pair of its channels, a sink of the sound server."""

import re
from dataclasses import dataclass
from typing import Final

PAIR: Final = re.compile(r"(.*)@([0-9]{1,2})-([0-9]{1,2})")  # after a device's name
SINK: Final = "sink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A place for sound.

    Attributes:
        device: part of its name; None leaves the choice to what is remembered
        pair: the two channels that are heard, counted from 1
        sink: of PipeWire or PulseAudio
        is_only: no other place stands in for it
    """

    device: str | None = None
    pair: tuple[int, int] | None = None
    sink: str = ""
    is_only: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether others are heard at the same card, so that nothing is remembered of it."""
        return self.is_only or self.pair is not None or bool(self.sink)


ANYWHERE: Final = Destination()


def destination_of(text: str, *, is_only: bool = False) -> Destination:
    """What the words of `--sound` name, where they name a card.

    Args:
        text: `default`, `device:NAME`, `device:NAME@3-4`, `sink:NAME`
        is_only: of a lane: what is not there is waited for
    """
    kind, _, rest = text.partition(":")
    if kind == SINK:
        return Destination(sink=rest, is_only=is_only)
    match = PAIR.fullmatch(rest)
    if match is None:
        return Destination(device=rest or None, is_only=is_only)
    return Destination(device=match[1], pair=(int(match[2]), int(match[3])), is_only=is_only)
