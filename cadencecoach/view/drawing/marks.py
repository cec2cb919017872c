"""The marks of pictures: what stands apart by colour stands apart by its form too."""

# Each in halves of its width about its middle: moves and lines, closed.
MARKS: dict[str, str] = {
    "square": "-1,-1 1,-1 1,1 -1,1",
    "diamond": "0,-1.2 1.2,0 0,1.2 -1.2,0",
    "peak": "-1.1,0.9 0,-1.1 1.1,0.9",
    "valley": "-1.1,-0.9 0,1.1 1.1,-0.9",
    "hourglass": "-1,-1 1,-1 -1,1 1,1",
    "plus": "-.4,-1.1 .4,-1.1 .4,-.4 1.1,-.4 1.1,.4 .4,.4 .4,1.1 -.4,1.1 -.4,.4 -1.1,.4 -1.1,-.4 -.4,-.4",
    "flat": "-1.2,-0.5 1.2,-0.5 1.2,0.5 -1.2,0.5",
    "disc": "",
}


def mark_path(mark: str, x: float, y: float, half: float) -> str:
    """The path of a mark.

    Args:
        mark: a name of `MARKS`
        x: of its middle
        y: of its middle
        half: half of its width
    """
    if mark == "disc":
        size = f"{half:g} {half:g}"
        return f"M{x - half:.1f} {y:.1f}a{size} 0 1 0 {2 * half:g} 0a{size} 0 1 0-{2 * half:g} 0z"
    corners = (corner.split(",") for corner in MARKS[mark].split())
    places = (f"{x + half * float(right):.1f} {y + half * float(down):.1f}" for right, down in corners)
    return f"M{'L'.join(places)}z"
