"""`cadencecoach history`: what happened. Each command stands in a module of its own, loaded when it is called."""

from cadencecoach.app.lazy import LazyCommands, Place

PLACES: dict[str, Place] = {}


class _History(LazyCommands):
    places = PLACES
