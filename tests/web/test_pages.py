"""What the pages are made of: nothing of others, one truth for colours, and nothing of it where it is not asked for."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from each_row import each_row
from page_rig import environment
from source_trees import PACKAGE

STATIC = PACKAGE / "web" / "static"
LARGE_BYTES = 200_000
SECOND = """plan: Second
baseline: 164 spm
allow: {warm-up: nobody runs it, short: nobody runs it}
stages:
  - {name: Run, duration: 1 s, target: +5 %}
"""


def test_dark_colours_stand_twice_and_are_equal() -> None:
    """For the device's own choice and for a setting; old tablets know no other way."""
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    by_device = re.search(r":root:not\(\[data-scheme=light\]\)\{(.*?)\}", sheet, re.DOTALL)
    by_setting = re.search(r":root\[data-scheme=dark\]\{color-scheme:dark;(.*?)\}", sheet, re.DOTALL)
    assert by_device is not None
    assert by_setting is not None
    assert by_device[1].split() == by_setting[1].split()


def luminance(colour: str) -> float:
    """How bright `#rrggbb` or `#rgb` is to the eye, as WCAG reckons."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, no difference, to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@each_row("scheme", ["light", "dark"])
def test_colours_stand_out_from_what_they_lie_on(scheme: str) -> None:
    """Words 4.5 to 1, figures, lines and edges 3 to 1, in a light and in a dark room."""
    sheet = (STATIC / "style.css").read_text(encoding="utf-8")
    block = r":root\{(.*?)\}" if scheme == "light" else r":root\[data-scheme=dark\]\{(.*?)\}"
    found = re.search(block, sheet, re.DOTALL)
    assert found is not None
    colour = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})\b", found[1]))
    words = [(name, on) for name in ("ink", "quiet", "stop", "amber", "accent") for on in ("paper", "card")]
    words += [(f"on-{tone}", tone) for tone in ("accent", "band", "below", "above", "calm", "amber", "stop")]
    lines = [(name, "paper") for name in ("cadence", "band-line", "edge", "alone", "below", "above")]
    assert [pair for pair in words if contrast(colour[pair[0]], colour[pair[1]]) < 4.5] == []
    assert [pair for pair in lines if contrast(colour[pair[0]], colour[pair[1]]) < 3.0] == []


def test_every_sign_is_drawn_in_a_form_of_its_own() -> None:
    """Colour is never alone: what the banner says is a form and a word, too."""
    script = (STATIC / "live.js").read_text(encoding="utf-8")
    forms = dict(re.findall(r'^  (\w+): "(M.*?|m.*?)",$', script, re.MULTILINE))
    assert len(set(forms.values())) == len(forms)
    words = (PACKAGE / "view" / "words.py").read_text(encoding="utf-8")
    assert set(re.findall(r'Status\("(\w+)"', words)) == forms.keys()


@each_row("path", sorted((PACKAGE / "web").rglob("*.*")), ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    """No address of another machine stands in a page, a script or a sheet."""
    if path.suffix in {".html", ".css", ".js", ".svg"}:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert re.findall(r"https?:|//[a-z]+\.|@import|url\((?!#)", text) == []
        assert re.findall(r"\bon[a-z]+=|style=|<script>|eval\(|innerHTML", text) == []


def test_all_of_it_is_small() -> None:
    """A page is there at once, also over a slow network."""
    assert sum(path.stat().st_size for path in STATIC.iterdir()) < LARGE_BYTES


@pytest.mark.slow
def test_the_first_page_waits_for_no_other() -> None:
    """What serves it is loaded for it: no other page, no radio, no session, nothing that draws in a terminal."""
    program = "import sys, cadencecoach.web.server.serving, cadencecoach.web.pages.today; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    )
    heavy = {"numpy", "rich", "bleak", "segno", "tomlkit", "sounddevice", "soundfile", "xml.sax", "fitdecode"}
    assert loaded & heavy == set()
    pages = {f"cadencecoach.web.pages.{path.stem}" for path in (PACKAGE / "web" / "pages").glob("[a-z]*.py")}
    assert loaded & pages == {"cadencecoach.web.pages.today"}
    rooms = ("cadencecoach.session.session", "cadencecoach.live.live_session", "cadencecoach.view.report")
    assert [name for name in loaded if name.startswith(rooms)] == []


@pytest.mark.slow
def test_the_terminals_commands_import_nothing_of_the_page(tmp_path: Path) -> None:
    """Neither our pages nor the libraries they need, to the end of help, a metronome and a whole session."""
    (tmp_path / "plan.yaml").write_text(SECOND, encoding="utf-8")
    quiet = ["--feet", "sim", "--sound", "none"]
    commands = [["--help"], ["metronome", "--for", "1s", *quiet], ["run", str(tmp_path / "plan.yaml"), *quiet]]
    program = (
        "import json, sys; from cadencecoach.cli.main import main;"
        "statuses = [main(words) for words in json.loads(sys.argv[1])];"
        "print(json.dumps([statuses, [*sys.modules]]), file=sys.stderr)"
    )
    line = [sys.executable, "-c", program, json.dumps(commands)]
    done = subprocess.run(
        line, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment(tmp_path)
    )
    statuses, loaded = json.loads(done.stderr.splitlines()[-1])
    assert statuses == [0, 0, 0], done.stderr
    assert "cadencecoach.live.live_session" in loaded
    heavy = {"starlette", "uvicorn", "jinja2", "anyio", "h11", "http.server", "webbrowser", "segno", "ifaddr"}
    assert {name for name in loaded if name in heavy or name.startswith("cadencecoach.web")} == set()
