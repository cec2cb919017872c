"""A page read back strictly: as XML, in which nothing may be left open and nothing half escaped."""

import re
from xml.etree import ElementTree as ET

NOT_LOADED = {"http://www.w3.org/2000/svg"}  # names, not places


def parsed(page: str) -> ET.Element:
    """The root of a page.

    Raises:
        ParseError: an element is left open, or text is not escaped
    """
    return ET.fromstring(page.removeprefix("<!doctype html>\n"))  # noqa: S314  # our own page


def texts(page: str) -> str:
    """Everything a reader may see, without the style sheet."""
    root = parsed(page)
    words = [text for node in root.iter() if node.tag != "style" for text in (node.text, node.tail) if text]
    return " ".join(" ".join(words).split())


def loads_something(page: str) -> list[str]:
    """Whatever would make a browser fetch or run something; empty for a page of ours."""
    root = parsed(page)
    found = [
        node.tag for node in root.iter() if node.tag in {"script", "link", "img", "iframe", "object", "embed", "base"}
    ]
    for node in root.iter():
        found += [f"{name}={value}" for name, value in node.attrib.items() if _fetches(name, value)]
    return found + re.findall(r"@import|url\((?!#)[^)]*\)", page)


def _fetches(name: str, value: str) -> bool:
    return name in {"src", "href", "xlink:href", "srcset", "action", "data"} or name.startswith("on") or "://" in value
