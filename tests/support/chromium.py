"""A real browser for tests: Debian's Chromium without a window, driven over a pipe.

It is given no network: whatever a page asks for is written down, and nothing but files is there to answer.
A program is begun once and lent to one story after another: each has a profile of its own, gone with its page.
"""

import atexit
import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from own_network import network_number

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # This machine's own pages are there, also those in the network of `lan_rig`.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE 192.168.77.1",
    "--remote-debugging-pipe",
)
PATIENCE_S = 60.0
LOOKS_AGAIN_S = 0.05  # or as soon as the browser has something to tell: who looks all the time takes a processor
CODES = {"Tab": 9, "Enter": 13, "Escape": 27}
# The first has no window to draw: a third of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Where a Chromium is installed; None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


# A page that is still being filled moves what is on it: a person waits, and so does the middle of an element here.
MIDDLE_AT_REST = """async (selector) => {
  const middle = () => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  let last = middle();
  for (let still = 0; still < 3; ) {
    // a page behind another draws no frames
    await new Promise((next) => (requestAnimationFrame(next), setTimeout(next, 50)));
    const now = middle();
    still = now[0] === last[0] && now[1] === last[1] ? still + 1 : 0;
    last = now;
  }
  return last;
}"""


class Browser:
    """One page in one browser.

    Attributes:
        requests: addresses the page asked for
        complaints: what the console said, and errors
        width: of the screen; a page that is wider than a phone widens its own idea of it
    """

    def __init__(self, program: "Program") -> None:
        """Open an empty page, with an empty profile."""
        self._program = program
        self._session: str | None = None
        self.width = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._context = self.call("Target.createBrowserContext", disposeOnDetach=True)["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=self._context)["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever the protocol has
        """Ask for something and wait for the answer."""
        number = self._program.ask(method, params, self._session)
        while True:
            answer = self._program.next()
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return dict(answer["result"])
            if answer.get("sessionId") == self._session:
                self._note(answer)

    def open(self, path: Path, *, width: int, height: int = 900, scheme: str = "light", media: str = "screen") -> None:
        """Show a file at a width."""
        self.visit(path.resolve().as_uri(), width=width, height=height, scheme=scheme, media=media)

    def visit(
        self, address: str, *, width: int, height: int = 900, scheme: str = "light", media: str = "screen"
    ) -> None:
        """Show what an address has, at a width."""
        self.resize(width, height, scheme, media)
        self.requests.clear()
        self.complaints.clear()
        self.call("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete'")

    def wait_for(self, script: str) -> None:
        """Look until something is true on the page."""
        end_s = time.monotonic() + PATIENCE_S
        while not self.evaluate(f"Boolean({script})"):
            assert time.monotonic() < end_s, f"never true: {script}"
            self._program.wait_for_news(LOOKS_AGAIN_S)

    def tap(self, selector: str) -> None:
        """Press what a person would press in the middle of an element that rests; what lies over it gets it instead."""
        self.wait_for(f"document.querySelector({selector!r})?.offsetParent")
        x, y = self.evaluate(f"({MIDDLE_AT_REST})({json.dumps(selector)})")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, key: str, code: str = "") -> None:
        """Press a key of the keyboard."""
        named: dict[str, object] = {"key": key, "code": code or key, **({"text": key} if len(key) == 1 else {})}
        if key in CODES:  # what the browser itself does with it
            named |= {"windowsVirtualKeyCode": CODES[key], **({"text": "\r"} if key == "Enter" else {})}
        self.call("Input.dispatchKeyEvent", type="keyDown", **named)
        self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    def resize(self, width: int, height: int, scheme: str = "light", media: str = "screen") -> None:
        """Give the page another size, and colours for a light or a dark room."""
        self.width = width
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def evaluate(self, script: str) -> Any:  # noqa: ANN401  # any JSON
        """What a script of the test's own comes to, also later; the page's policy does not hold it up."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def picture(self, path: Path, *, top: int = 0, height: int = 1200) -> None:
        """A part of the page as a PNG file."""
        width = self.evaluate("document.documentElement.clientWidth")
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": 1}
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(shot["data"]))

    def print(self, path: Path) -> None:
        """The page as a PDF file of A4 sheets."""
        sheet = self.call(
            "Page.printToPDF", paperWidth=8.27, paperHeight=11.69, printBackground=False, preferCSSPageSize=True
        )
        path.write_bytes(base64.b64decode(sheet["data"]))

    @contextlib.contextmanager
    def with_script_first(self, script: str) -> Iterator[None]:
        """Another browser than this one, as far as a script that runs before each page's own can make it one."""
        added = self.call("Page.addScriptToEvaluateOnNewDocument", source=script)["identifier"]
        try:
            yield
        finally:
            self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=added)

    def open_tab(self, address: str) -> None:
        """Open an address in one more tab, which nobody looks after; the first one stays the page."""
        self.call("Target.createTarget", url=address, browserContextId=self._context, background=True)

    def close(self) -> None:
        """Close the page, its tabs and their profile."""
        self._session = None
        self.call("Target.disposeBrowserContext", browserContextId=self._context)

    def _note(self, event: dict[str, Any]) -> None:
        params = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])
            case "Log.entryAdded":
                self.complaints.append(params["entry"]["text"])
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(params))
            case _:
                pass


class Program:
    """A browser that runs, and the pipes by which it is spoken to; gone with all its children at the end."""

    def __init__(self, path: str) -> None:
        """Start it."""
        to_read, into = os.pipe()
        out_of, to_write = os.pipe()
        self._into, self._out_of = os.fdopen(into, "wb", buffering=0), os.fdopen(out_of, "rb")
        self._buffer = b""
        self._number = 0
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # The protocol wants the descriptors 3 and 4, which only a shell can promise.
        script = f'exec "$0" "$@" 3<&{to_read} 4>&{to_write}'
        command = ["bash", "-c", script, path, *FLAGS, f"--user-data-dir={self._folder.name}", "about:blank"]
        # It outlives a story's own bus, and would end with it.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DBUS_")}
        self._process = subprocess.Popen(
            command,
            env=environment,
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        atexit.register(self.end)

    def ask(self, method: str, params: dict[str, Any], session: str | None) -> int:
        """Ask for something; the number its answer will bear."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        self._into.write(json.dumps(message if session is None else {**message, "sessionId": session}).encode() + b"\0")
        return self._number

    def next(self) -> dict[str, Any]:
        """What it says next."""
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._out_of], [], [], PATIENCE_S)
            assert ready, "the browser does not answer"
            more = os.read(self._out_of.fileno(), 1 << 20)
            assert more, "the browser has gone"
            self._buffer += more
        raw, _, self._buffer = self._buffer.partition(b"\0")
        return dict(json.loads(raw))

    def wait_for_news(self, seconds: float) -> None:
        """Wait until it says something, and no longer than this."""
        if b"\0" not in self._buffer:
            select.select([self._out_of], [], [], seconds)

    def end(self) -> None:
        """End it."""
        atexit.unregister(self.end)
        self._into.close()
        self._out_of.close()
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()


NETWORK = network_number()  # of the tests; a program that began in another is lent there once
_idle: list[Program] = []  # of this process, in its own network


@contextlib.contextmanager
def browser(path: str) -> Iterator[Browser]:
    """A browser with an empty profile, gone with all that was kept in it at the end."""
    is_lent = network_number() == NETWORK
    program = _idle.pop() if is_lent and _idle else Program(path)
    page = Browser(program)
    yield page
    page.close()  # one in which a story has failed is not lent again
    if is_lent:
        _idle.append(program)
    else:
        program.end()
