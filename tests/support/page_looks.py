"""Pages as a person sees them: every page of a server on every screen, drawn, and what is wrong with each.

A new page is found by itself: it stands in the navigation, or a page that does has a link to it.
"""

import importlib.util
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from chromium import Browser
from page_rig import Server
from route_roles import WHO_MAY

from cadencecoach.web.site import LINKS

VIOLATIONS = """(told) => told.violations.flatMap((one) => one.nodes.map((node) =>
    `${one.id}: ${node.html.slice(0, 80)}: ${node.any.concat(node.all).map((why) => why.message).join(" ")}`))"""
SCREENS = ((390, 844), (844, 390), (768, 1024), (1024, 768), (1920, 1080))
SCHEMES = ("dark", "light")
LEAST_TOUCH_PX = 56
OURS = "Boolean(document.querySelector('link[href=\"/static/style.css\"]'))"
# Nothing that moves, no file, and no report: it has a look of its own, and takes a second to be made.
IS_PAGE = re.compile(r"/(?!/|static/|api/|live/|sessions/[^/]+/(?:report|export))")
LINKED = "[...document.querySelectorAll('a[href]')].map((one) => one.getAttribute('href'))"
DIALOGS = "[...document.querySelectorAll('dialog')].map((one) => one.id)"
FRAME = "new Promise((begun) => requestAnimationFrame(() => begun(0)))"  # by then a page has taken note of its size
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"

# A text that is cut off on purpose is a name somebody has chosen; its element says so by `text-overflow: ellipsis`.
FAULTS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Screen:
    """What a page is looked at on.

    Attributes:
        width: in points of the device
        height: likewise
        zoom: 2 is 200 %: half as many points for the page
        scheme: colours for a light or a dark room
    """

    width: int
    height: int
    zoom: int
    scheme: str

    @property
    def name(self) -> str:
        """For a file."""
        return f"{self.width}x{self.height}{f'@{self.zoom}' if self.zoom > 1 else ''}-{self.scheme}"


def all_screens(schemes: tuple[str, ...] = SCHEMES) -> Iterator[Screen]:
    """Every screen, at its own size and at 200 %."""
    for width, height in SCREENS:
        for zoom in (1, 2):
            for scheme in schemes:
                yield Screen(width, height, zoom, scheme)


def in_turn(screens: Iterable[Screen]) -> Iterator[Sequence[Screen]]:
    """For each thing that is looked at: the narrowest screen, where most goes wrong, and the next one of the others."""
    narrowest, *others = sorted(screens, key=lambda screen: screen.width / screen.zoom)
    return ((narrowest, other) for other in cycle(others))


def place_of(address: str) -> str:
    """What an address shows: ids in it are one, and so are the names asked for."""
    path, asks, _ = address.partition("?")
    return re.sub(r"/[^/]*\d[^/]*(?=/|$)", "/{}", path) + asks


def route_of(address: str) -> str:
    """The route that answers an address, whatever is asked for: all plans are one."""
    path = address.partition("?")[0]
    routes = [route.removeprefix("GET ") for route in WHO_MAY if route.startswith("GET ")]
    named = (route for route in routes if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", route), path))
    return path if path in routes else next(named, path)


def kind_of(address: str) -> str:
    """The same, with what else is asked for: a page of nobody, where a link leads to it, is one of its own."""
    asked = parse_qs(address.partition("?")[2], keep_blank_values=True)
    names = [name if any(values) else f"no {name}" for name, values in asked.items()]
    return " ".join([route_of(address), *sorted(name for name in names if name != "athlete")])


def show(page: Browser, screen: Screen) -> None:
    """Give the page a screen, and wait for its next frame; what is measured need not be drawn."""
    page.resize(screen.width // screen.zoom, screen.height // screen.zoom, screen.scheme)
    page.evaluate(FRAME)


def faults(page: Browser) -> list[str]:
    """What is wrong with what is shown now."""
    found: Any = page.evaluate(f"({FAULTS})({LEAST_TOUCH_PX}, {page.width})")
    return [str(one) for one in found]


def axe_script() -> str | None:
    """The script of axe-core; None where it is not installed."""
    spec = importlib.util.find_spec("axe_playwright_python")
    folders = [] if spec is None else [Path(one) for one in spec.submodule_search_locations or ()]
    found = [path for folder in folders if (path := folder / "axe.min.js").exists()]
    return found[0].read_text(encoding="utf-8") if found else None


def violations(page: Browser, script: str, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core says keeps people out of what is shown now, by some of its rules or by all."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{script}; undefined")
    asked = {"resultTypes": ["violations"], **({"runOnly": [*rules]} if rules else {})}
    found: Any = page.evaluate(f"axe.run(document, {json.dumps(asked)}).then({VIOLATIONS})")
    return [str(one) for one in found]


def found_pages(page: Browser, server: Server, sort_of: Callable[[str], str] = place_of) -> Iterator[str]:
    """Every page of ours that is in the navigation or linked, shown; the first of each sort, and none that moves."""
    waiting, seen = [link.path for link in LINKS], set[str]()
    while waiting:
        address = waiting.pop(0)
        if sort_of(address) in seen:
            continue
        seen.add(sort_of(address))
        page.visit(f"http://127.0.0.1:{server.port}{address}", width=1024, height=768)
        if not page.evaluate(OURS):
            continue
        waiting += [link for link in page.evaluate(LINKED) if IS_PAGE.match(link)]
        yield address


def look(page: Browser, screens: Iterable[Screen], folder: Path | None, name: str) -> list[str]:
    """What is wrong with what is shown on which screen; with a folder, each is drawn as a picture too."""
    found = []
    for screen in screens:
        show(page, screen)
        if folder is not None:
            page.picture(folder / f"{name}-{screen.name}.png", height=screen.height // screen.zoom)
        found += [f"{name} {screen.name}: {fault}" for fault in faults(page)]
    return found


def look_at_dialogs(page: Browser, screens: Iterator[Sequence[Screen]], folder: Path | None, name: str) -> list[str]:
    """The same for each dialog of a page, opened by itself, on the screens that are next."""
    found = []
    for dialog in page.evaluate(DIALOGS):
        page.evaluate(f"document.getElementById({dialog!r}).showModal()")
        found += look(page, next(screens), folder, f"{name}-{dialog}")
        page.evaluate(f"document.getElementById({dialog!r}).close()")
    return found


def look_at_pages(
    page: Browser,
    server: Server,
    screens: Iterator[Sequence[Screen]],
    folder: Path | None = None,
    sort_of: Callable[[str], str] = place_of,
) -> Iterator[tuple[str, list[str]]]:
    """The same for every page that is found, with its details open, and its dialogs; each is shown until the next."""
    for address in found_pages(page, server, sort_of):
        page.evaluate(OPEN_ALL)
        name = re.sub(r"\W+", "-", address).strip("-") or "start"
        yield address, [*look(page, next(screens), folder, name), *look_at_dialogs(page, screens, folder, name)]
