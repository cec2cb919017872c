"""How pages look on every screen: drawn, and looked at for what a person would find fault with.

`python -m tools.page_pictures FOLDER` keeps the pictures. Every story is of the desk, at this computer.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, repeat
from pathlib import Path

import pytest
from chromium import Browser, chromium
from longer_words import longer_words
from page_looks import (
    SCHEMES,
    SCREENS,
    Screen,
    all_screens,
    axe_script,
    faults,
    in_turn,
    kind_of,
    look,
    look_at_dialogs,
    look_at_pages,
    place_of,
    route_of,
    show,
    violations,
)
from page_rig import PATIENCE_S, Server, begin, begin_programme, page_server, said, signal_called, wait_until

from tools.phrases import written

PROGRAM, AXE = chromium(), axe_script()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),  # in full
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
N_PAGES = 10  # and more: each kind of page that is linked from another, and no fewer than there are screens
SMALL = [Screen(390, 664, 1, "dark"), *(Screen(width, height, 1, "dark") for width, height in SCREENS)]
DIGITS = """(() => {
  const high = (id) => {
    const svg = document.getElementById(id), box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
    return 94 * Math.min(box.width / view.width, box.height / view.height) / innerHeight;  // 94: a capital of 134
  };
  const keys = [...document.querySelectorAll('.keys .btn')].filter((one) => one.offsetParent);
  return {
    cadence: high('cadence'), others: Math.min(high('target'), high('left')),
    below: Math.max(...keys.map((one) => one.getBoundingClientRect().bottom)) - innerHeight,
    trace: document.getElementById('trace').getBoundingClientRect().height,
  };
})()"""
PLAN = """plan: Rungs
about: Long enough to be looked at.
baseline: 164 spm
allow: {warm-up: nobody runs it}
stages:
  - {name: Warm-up, duration: 21 min, target: free, say: "Run easily."}
  - {name: First rung, duration: 21 min, target: +5 %, tolerance: 1.75 %, ramp: 4 s}
  - {name: On your own, duration: 9 min, target: +5 %, beat: off, feedback: none}
"""
LONG_NAMES = """plan: A very long name of a plan that somebody has written without thinking of screens
about: Nothing fits.
baseline: 164 spm
allow: {warm-up: nobody runs it, short: nobody runs it}
stages:
  - {name: Zweiundzwanzigste Geschwindigkeitsanpassungsstufe mit Atemrhythmus, duration: 61 min, target: 172 spm}
  - {name: Warm-up which is called by an extremely long name that goes on and on and on, duration: 61 min, target: free}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Somebody on a programme is kept here, with a session that is over."""
    home = tmp_path_factory.mktemp("home")
    begin_programme(home)
    with page_server(home) as one:
        session = one.start(plan="today", athlete="r7")
        one.ask("DELETE", f"/api/sessions/{session}")
        wait_until(lambda: one.live() == [])
        yield one


@dataclass(frozen=True)
class Breadth:
    """How much is looked at.

    In short each kind of page, each dialog and each state of the live page on the narrowest screen and the next of the
    others, dark and light by turns. With `--long` every page on every screen in both: each plan, each lesson, of
    somebody and of nobody.

    Attributes:
        sort_of: of the pages of one sort the first is looked at
        page_of: likewise, where it is all one whose page it is
        screens: of what is looked at next
        small: likewise, where only small screens are asked for
        schemes: in which it is looked at by axe-core
    """

    sort_of: Callable[[str], str]
    page_of: Callable[[str], str]
    screens: Iterator[Sequence[Screen]]
    small: Iterator[Sequence[Screen]]
    schemes: Iterator[Sequence[str]]


@pytest.fixture(scope="module")
def breadth(request: pytest.FixtureRequest) -> Breadth:
    """Of all looks of this file."""
    if request.config.getoption("--long"):
        return Breadth(place_of, place_of, repeat([*all_screens()]), repeat(SMALL), repeat(SCHEMES))
    by_turns = cycle([(scheme,) for scheme in SCHEMES])
    return Breadth(kind_of, route_of, in_turn(all_screens(("dark",))), in_turn(SMALL), by_turns)


@dataclass(frozen=True)
class Seen:
    """What is wrong with a page: as a person sees it, and as axe-core says."""

    faults: list[str]
    violations: list[str]


@pytest.fixture(scope="module")
def seen(page: Browser, server: Server, breadth: Breadth) -> dict[str, Seen]:
    """All pages, looked at in one walk; somebody is chosen, who has more on a page than nobody has."""
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=r7", width=390, height=844)
    seen, asked = dict[str, Seen](), set[str]()
    for address, found in look_at_pages(page, server, breadth.screens, sort_of=breadth.sort_of):
        is_asked = breadth.page_of(address) in asked
        seen[address] = Seen(found, [] if is_asked else ask_axe(page, breadth))
        asked.add(breadth.page_of(address))
    return seen


def ask_axe(page: Browser, breadth: Breadth) -> list[str]:
    """What axe-core says keeps people out of what is shown now."""
    found = list[str]()
    for scheme in next(breadth.schemes) if AXE is not None else ():
        show(page, Screen(1024, 768, 1, scheme))
        found += [f"{scheme} {one}" for one in violations(page, AXE or "")]
    return found


def watch(page: Browser, server: Server, session: str) -> None:
    """Open the live page, and wait for its figures."""
    page.visit(f"http://127.0.0.1:{server.port}/live/{session}", width=390, height=844)
    page.wait_for("!document.body.classList.contains('connecting')")


def too_small(page: Browser, screens: Sequence[Screen]) -> list[str]:
    """Where the digits are less than a fifth of the height (an eighth on a phone), or a key is off the screen."""
    found = []
    for screen in screens:
        show(page, screen)
        measured = page.evaluate(DIGITS)
        is_phone = screen.width < 600 and screen.height > screen.width
        least = {"cadence": 0.2, "others": 0.125 if is_phone else 0.2, "trace": screen.height / 8 if is_phone else 30}
        found += [f"{screen.name} {name} {measured[name]:.3f}" for name in least if measured[name] < least[name]]
        found += [f"{screen.name} keys below"] if measured["below"] > 0 else []
    return found


@contextmanager
def of_terminal(server: Server, folder: Path, plan: str) -> Iterator[str]:
    """A session of a plan that is in no list, started in a terminal."""
    path = folder / "plan.yaml"
    path.write_text(plan, encoding="utf-8")
    terminal = begin(server.home, "run", str(path), "--feet", "sim", "--sound", "none")
    assert terminal.stdout is not None
    with terminal.stdout:
        wait_until(lambda: len(server.live()) == 1)
        (session,) = server.live()
        try:
            yield session
        finally:
            server.ask("DELETE", f"/api/sessions/{session}")
            terminal.wait(PATIENCE_S)


@contextmanager
def held(page: Browser, server: Server) -> Iterator[None]:
    """The server says nothing, until the page has greyed and goes on."""
    server.process.send_signal(signal_called("SIGSTOP"))
    try:
        page.wait_for("document.body.classList.contains('stale')")
        yield
    finally:
        server.process.send_signal(signal_called("SIGCONT"))
    page.wait_for("!document.body.classList.contains('stale')")


@pytest.fixture(scope="module")
def live(page: Browser, server: Server, tmp_path_factory: pytest.TempPathFactory, breadth: Breadth) -> dict[str, Seen]:
    """The live page in each of its states, of one session, looked at as it goes through them."""
    seen = dict[str, Seen]()

    def see(state: str, screens: Sequence[Screen], digits: Sequence[Screen] = ()) -> None:
        found = [*look(page, screens, None, state), *too_small(page, digits)]
        seen[state] = Seen(found, ask_axe(page, breadth))

    with of_terminal(server, tmp_path_factory.mktemp("plan"), PLAN) as session:
        watch(page, server, session)
        page.wait_for("!document.getElementById('cadence').classList.contains('none')")
        see("running", [*all_screens(("dark",)), *next(breadth.screens)])
        server.press(session, "next")
        page.wait_for("!document.getElementById('undo').hidden")
        page.wait_for("!document.getElementById('target').classList.contains('none')")
        see("undo", SMALL, SMALL)
        with held(page, server):
            see("stale", next(breadth.screens), next(breadth.small))
            seen["sheets"] = Seen(look_at_dialogs(page, breadth.screens, None, "stale"), [])
            for dialog in ("pain-sheet", "stop-sheet", "more-sheet"):
                page.evaluate(f"document.getElementById({dialog!r}).showModal()")
                seen[dialog] = Seen([], ask_axe(page, breadth))
                page.evaluate(f"document.getElementById({dialog!r}).close()")
        assert server.press(session, "pause")[0] == 204
        page.wait_for("document.getElementById('pause').classList.contains('main')")
        see("paused", next(breadth.small), next(breadth.small))
        server.press(session, "pain", 10)
        page.wait_for("document.getElementById('halt').open")
        see("halt", next(breadth.screens))
    page.wait_for("document.getElementById('over').open")
    see("over", next(breadth.screens))
    return seen


def test_every_page_on_every_screen(seen: dict[str, Seen]) -> None:
    """Also at 200 %: nothing scrolls sideways, is cut off or lies over another, or is hard to touch.

    In short each kind of page on two screens, dark, and each screen has its turns; light has the same shapes. With
    somebody chosen, and of nobody where a link leads there.
    """
    assert {address: one.faults for address, one in seen.items() if one.faults} == {}
    assert len(seen) >= N_PAGES


def test_what_is_wrong_with_a_page_is_found_and_drawn(page: Browser, server: Server, tmp_path: Path) -> None:
    """Each fault that is looked for, made on purpose; a picture is kept where a folder is given."""
    page.visit(f"http://127.0.0.1:{server.port}/", width=390, height=844)
    show(page, Screen(390, 844, 1, "dark"))
    assert faults(page) == []
    made = (
        (
            "<button class='btn'>x</button>",
            "min-height:20px;width:90px;padding:0;font-size:8px",
            "is 90 x 20",
        ),
        ("<p>sideways</p>", "width:900px", "scrolls sideways"),
        ("<p>of which the end is not seen</p>", "width:60px;white-space:nowrap;overflow:hidden", "is cut off"),
        ("<p>over it</p>", "position:absolute;top:30px;left:20px", "lies over"),
        ("<button class='btn'>unbreakablewords</button>", "width:60px;overflow-wrap:normal", "does not fit its button"),
    )
    for markup, style, fault in made:
        page.evaluate(
            f"document.body.insertAdjacentHTML('beforeend', {markup!r});"
            f"document.body.lastChild.id = 'made'; document.body.lastChild.style.cssText = {style!r}"
        )
        assert any(fault in one for one in look(page, [Screen(390, 844, 1, "dark")], tmp_path, "made")), fault
        page.evaluate("document.getElementById('made').remove()")
    assert faults(page) == []
    assert (tmp_path / "made-390x844-dark.png").read_bytes().startswith(b"\x89PNG")


def test_the_live_page_in_every_state(live: dict[str, Seen]) -> None:
    """Running, skipped with its undo, without a connection, paused, stopped for pain, over.

    In short on every screen while it runs, on two in each other state, dark; with `--long` on every screen, light too.
    """
    assert {state: one.faults for state, one in live.items() if one.faults} == {}


@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: uv sync brings axe-playwright-python")
def test_nobody_is_kept_out(seen: dict[str, Seen], live: dict[str, Seen]) -> None:
    """axe-core finds nothing: on each page, in each dialog, on the live page as it runs, greyed, stopped and over.

    In short of each route the first page, each in dark or in light, by turns, which differ in colours alone.
    """
    assert {where: one.violations for where, one in {**seen, **live}.items() if one.violations} == {}


@pytest.mark.parametrize("feet", ["none", "sim"])
def test_a_metronome_on_the_live_page(page: Browser, server: Server, feet: str, breadth: Breadth) -> None:
    """With and without a sensor: tempo and time are as large, and more keys have room.

    In short looked at on two screens; how large they are is measured on each of the small ones.
    """
    session = server.start(metronome={"spm": 170}, feet=feet)
    watch(page, server, session)
    if feet == "sim":
        page.wait_for("!document.getElementById('target').classList.contains('none')")
    found = look(page, next(breadth.screens), None, f"metronome-{feet}")
    found += [one for one in too_small(page, SMALL) if "trace" not in one and (feet == "sim" or "others" not in one)]
    page.tap("#more")
    found += look(page, next(breadth.screens), None, "metronome-more")
    server.ask("DELETE", f"/api/sessions/{session}")
    page.wait_for("document.getElementById('over').open")
    assert found == []


def test_a_session_that_takes_taps(page: Browser, server: Server) -> None:
    """One more key, and a large one: all of them have room, and what they say fits."""
    session = server.start(plan="demo", feet="taps")
    watch(page, server, session)
    page.wait_for("!document.querySelector('.keys .tap').hidden")
    found = look(page, SMALL, None, "taps")
    server.ask("DELETE", f"/api/sessions/{session}")
    page.wait_for("document.getElementById('over').open")
    assert found == []


def test_long_names_and_a_language_that_is_40_percent_longer(
    page: Browser, server: Server, tmp_path: Path, breadth: Breadth
) -> None:
    """On every page: names are cut off with a sign of it, words have room.

    In short each route and dialog, with somebody chosen, on two of the small screens, and each of these has its turns.
    """
    page.visit(f"http://127.0.0.1:{server.port}/?athlete=r7", width=390, height=844)  # remembered from here on
    book = tmp_path / "phrases.yaml"
    book.write_text(written(longer_words()), encoding="utf-8")
    said(server.home, "settings", "set", "voice.phrases", str(book))
    try:
        looked = look_at_pages(page, server, breadth.small, sort_of=breadth.page_of)
        found = [fault for _, faults in looked for fault in faults]
        with of_terminal(server, tmp_path, LONG_NAMES) as session:
            watch(page, server, session)
            page.wait_for("!document.getElementById('target').classList.contains('none')")
            found += [*look(page, next(breadth.screens), None, "longer"), *too_small(page, SMALL)]
            found += look_at_dialogs(page, breadth.small, None, "longer")
    finally:
        said(server.home, "settings", "unset", "voice.phrases")
    assert found == []
