"""Numbers of groups as a picture."""

from xml.etree import ElementTree as ET

from cadencecoach.view.drawing.dots import dots_svg

SPACE = "{http://www.w3.org/2000/svg}"


def texts_of(svg: str) -> list[str]:
    """What is written in it."""
    return ["".join(one.itertext()) for one in ET.fromstring(svg.partition("\n")[2]).iter(f"{SPACE}text")]  # noqa: S314


def test_each_group_has_its_name_its_dot_and_its_number() -> None:
    """What is not known is told as that, and has no dot."""
    drawn = dots_svg("pain", "mean of the answers", [("1", 0.0), ("2", 3.25), ("<3>", None)])
    told = texts_of(drawn)
    assert told[:2] == ["pain", "mean of the answers"]
    assert told[-6:] == ["1", "0", "2", "3.25", "<3>", "not known"]
    assert drawn.count("<circle") == 2


def test_one_number_none_and_very_many_are_drawn() -> None:
    """A single value has a scale; without any there is none; above sixty groups the rest is counted."""
    assert dots_svg("a", "b", [("all", 165.0)]).count("<circle") == 1
    assert dots_svg("a", "b", [("all", None)]).count("<circle") == 0
    assert dots_svg("a", "b", []).count("<circle") == 0
    many = dots_svg("a", "b", [(f"P{n}", float(n)) for n in range(61)])
    assert many.count("<circle") == 60
    assert "and 1 more" in texts_of(many)
