"""How a device comes in, in a real browser in a network of the test's own; each story says as which role it runs."""

from collections.abc import Iterator

import pytest
from chromium import Browser, browser, chromium
from lan_rig import Device, begin_lan_server, digits_for
from own_network import AT, HAS_NETWORK, NO_NETWORK, network_of_its_own
from page_looks import Screen, show
from page_rig import Server, free_port, wait_until

from cadencecoach.plan.page_texts import ENGLISH_PAGE

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
    pytest.mark.skipif(not HAS_NETWORK, reason=NO_NETWORK),
]
SMALLEST = """Math.min(...[...document.querySelectorAll('button, a.btn, select, .choice, input:not(.choice input)')]
    .filter((one) => one.offsetParent).map((one) => one.offsetHeight))"""
WIDE = "Math.max(document.documentElement.scrollWidth, innerWidth)"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is open to the network."""
    with network_of_its_own():
        one, _ = begin_lan_server(tmp_path_factory.mktemp("home"), "--port", str(free_port()))
        yield one
        for session in one.live():
            one.ask("DELETE", f"/api/sessions/{session}")
        one.end()


@pytest.fixture(scope="module")
def device(server: Server) -> Iterator[Browser]:
    """A browser on another device, in the server's network."""
    assert PROGRAM is not None
    assert server.process.poll() is None
    with browser(PROGRAM) as one:
        yield one


@pytest.fixture
def page(server: Server, device: Browser) -> Browser:
    """It comes for the first time: nobody has let it in, and it remembers nothing."""
    device.visit("about:blank", width=390)  # nothing that was asked for is still to come
    device.call("Network.clearBrowserCookies")
    device.visit(f"http://{AT}:{server.port}/", width=390, height=844)
    device.evaluate("sessionStorage.clear(), localStorage.clear()")
    return device


def end_devices(server: Server) -> None:
    """Let nobody in any more."""
    for one in server.ask("GET", "/api/devices")[1]["devices"]:
        server.ask("DELETE", f"/api/devices/{one['id']}")


def type_by_thumb(page: Browser, digits: str) -> None:
    """Tap them, and Connect."""
    for digit in digits:
        page.tap(f"[data-digit='{digit}']")
    page.tap("#pair button[type=submit]")


def test_a_screen_comes_in_by_thumb_and_shows_the_next_session_by_itself(page: Browser, server: Server) -> None:
    """As a screen. Wrong digits first: it says so, and can be tried again. No key can be pressed on it."""
    assert page.evaluate("location.pathname") == "/pair"
    assert page.evaluate(SMALLEST) >= 56
    assert page.evaluate(WIDE) <= 390
    digits = digits_for(server, "screen")
    type_by_thumb(page, f"{(int(digits) + 1) % 10**6:06}")
    page.wait_for("!document.getElementById('wrong').hidden")
    assert page.evaluate("document.getElementById('wrong').textContent") == ENGLISH_PAGE.pair_wrong
    type_by_thumb(page, digits)
    page.wait_for("location.pathname === '/screen' && document.readyState === 'complete'")
    assert ENGLISH_PAGE.screen_waits in page.evaluate("document.body.textContent")
    session = server.start(plan="demo")
    page.wait_for(f"location.pathname === '/live/{session}'")
    page.wait_for("/\\d{3}/.test(document.getElementById('cadence')?.textContent)")
    assert page.evaluate("[...document.querySelectorAll('.keys button')].filter((one) => one.offsetParent).length") == 0
    page.type("p")
    assert server.press(session, "pain", 7)[0] == 204
    page.wait_for(f"document.getElementById('word').textContent === {ENGLISH_PAGE.paused!r}")
    assert page.evaluate("document.querySelectorAll('dialog[open]').length") == 0
    server.ask("DELETE", f"/api/sessions/{session}")
    page.wait_for("document.getElementById('over').open")
    page.tap("#to-start")
    page.wait_for("location.pathname === '/screen'")
    assert {one.split("/")[2] for one in page.requests} == {f"{AT}:{server.port}"}
    assert [one for one in page.complaints if "403" not in one] == []


START_ITS_OWN = """fetch('/api/sessions', {method: 'POST', headers: {'content-type': 'application/json'},
    body: JSON.stringify({id: 'mine', plan: 'demo', feet: 'sim', sound: 'none'})})"""


def test_a_phone_that_has_scanned_needs_one_touch_and_is_out_when_it_is_ended(page: Browser, server: Server) -> None:
    """As a guest's device. The digits stay in no address; an open page goes back to where it can be let in."""
    digits = digits_for(server, "runner")
    page.visit(f"http://{AT}:{server.port}/pair#{digits}", width=390, height=844)
    page.wait_for(f"document.querySelector('[name=digits]').value === '{digits}'")
    assert digits not in page.evaluate("location.href")
    page.tap("#pair button[type=submit]")
    page.wait_for("location.pathname === '/'")
    page.evaluate(START_ITS_OWN)
    wait_until(lambda: len(server.live()) == 1)
    (session,) = server.live()
    page.visit(f"http://{AT}:{server.port}/live/{session}", width=390, height=844)
    page.wait_for("!document.body.classList.contains('connecting')")
    end_devices(server)
    page.wait_for("location.pathname === '/pair'")
    server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])


def test_the_desk_shows_digits_and_ends_a_device(page: Browser, server: Server) -> None:
    """At this computer. A runner's device is let in only where the network is vouched for."""
    end_devices(server)
    key = server.ask("POST", "/api/keys")[1]["key"]
    page.visit(f"http://127.0.0.1:{server.port}/?key={key}", width=390, height=844)
    page.visit(f"http://127.0.0.1:{server.port}/devices", width=390, height=844)
    assert ENGLISH_PAGE.no_devices in page.evaluate("document.body.textContent")
    page.tap("[value=runner]")
    page.wait_for("!document.getElementById('runner').hidden")
    page.tap("#code button[type=submit]")
    page.wait_for("!document.getElementById('wrong').hidden")
    assert page.evaluate("document.getElementById('wrong').textContent") == ENGLISH_PAGE.tick_network
    page.tap("[name=mine]")
    page.tap("#code button[type=submit]")
    page.wait_for("document.getElementById('picture').complete && document.getElementById('picture').naturalWidth > 0")
    assert page.evaluate(SMALLEST) >= 56
    assert page.evaluate(WIDE) <= 390
    digits = page.evaluate("document.getElementById('digits').textContent")
    device = Device(server.port)
    assert device.pair(digits).status == 201
    page.wait_for("document.querySelector('time[datetime]')")
    assert ENGLISH_PAGE.guest in page.evaluate("document.querySelector('.plain').textContent")
    assert "NaN" not in page.evaluate("document.querySelector('.plain').textContent")
    page.tap("[data-device]")
    page.wait_for("!document.querySelector('[data-device]')")
    assert device.ask("GET", "/api/sessions").status == 401
    assert [one for one in page.complaints if "409" not in one] == []


def test_the_way_in_fits_every_screen(page: Browser, server: Server) -> None:
    """At the sizes of a phone and a tablet, and at twice the size: nothing runs off the side."""
    key = server.ask("POST", "/api/keys")[1]["key"]
    page.visit(f"http://127.0.0.1:{server.port}/?key={key}", width=390, height=844)
    for path in (f"http://{AT}:{server.port}/pair", f"http://127.0.0.1:{server.port}/devices"):
        page.visit(path, width=390, height=844)
        for width, height in ((390, 844), (844, 390), (1024, 768), (195, 422)):
            show(page, Screen(width, height, 1, "dark"))
            assert page.evaluate(WIDE) <= width, (path, width)
