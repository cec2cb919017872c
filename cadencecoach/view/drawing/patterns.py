"""Hatchings: what stands apart by colour on a page stands apart by its texture too."""

from cadencecoach.view.drawing.markup import Markup, element

# name -> (size of the tile, path in it)
_TILES = {
    "alone": (7, "M-1 8L8 -1M-1 1L1 -1M6 8L8 6"),  # slanted lines: without help
    "lost": (6, "M0 0L6 6M6 0L0 6"),  # crosses: nothing known
    "walk": (6, "M1.5 1.5h.01M4.5 4.5h.01"),  # dots: walking or standing
    "rest": (5, "M0 2.5H5"),  # level lines: paused, or no session for weeks
}


def patterns(prefix: str, *names: str) -> Markup:
    """Hatchings, each under its name with the prefix of the picture; without names, all of them."""
    tiles = (
        element(
            "pattern",
            element("path", d=path, class_=f"tile-{name}"),
            id=f"{prefix}-{name}",
            width=size,
            height=size,
            patternUnits="userSpaceOnUse",
        )
        for name, (size, path) in _TILES.items()
        if not names or name in names
    )
    return element("defs", *tiles)


def fill_of(prefix: str, name: str) -> str:
    """What an element's `fill` says to be hatched."""
    return f"url(#{prefix}-{name})"
