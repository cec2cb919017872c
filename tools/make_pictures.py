"""Make the README's pictures again: `python -m tools.make_pictures`.

A simulated runner goes through the plan `plus-5-percent`. docs/pictures/screen.svg is the live screen at one moment of
that session; docs/pictures/report.png is the top of the page that `history report` makes of it, drawn by Chromium.
"""

import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from cadencecoach.cli.main import main
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare, session_of
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.recorder import SessionRecorder
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.sensor_words import unit_words
from cadencecoach.store.user_store import user_store
from cadencecoach.view.screen import render
from cadencecoach.view.session_moment import model_of

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
PLAN, FEET, STARTED = "plus-5-percent", "sim", "2026-03-02T07:00:00Z"
MOMENT_S = 643.0  # the runner is too slow, and has just been told
COLUMNS, ROWS = 80, 20
PAGE_WIDTH_PX, PAGE_HEIGHT_PX = 880, 940
NORMAL = [
    (0, 0, 0),
    (205, 49, 49),
    (13, 188, 121),
    (229, 229, 16),
    (36, 114, 200),
    (188, 63, 188),
    (17, 168, 205),
    (204, 204, 204),
]
BRIGHT = [
    (118, 118, 118),
    (241, 76, 76),
    (35, 209, 139),
    (245, 245, 67),
    (59, 142, 234),
    (214, 112, 214),
    (41, 184, 219),
    (255, 255, 255),
]
THEME = TerminalTheme((0, 0, 0), (255, 255, 255), NORMAL, BRIGHT)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def screen_svg() -> str:
    """Draw the screen as it is at `MOMENT_S`."""
    request = Request(plan_name=PLAN, feet_text=FEET, sound_text="none", started=STARTED)
    prepared = prepare(user_store(), request, {})
    output = NoAudio()
    recorder = SessionRecorder(None, prepared.plan, prepared.baseline_spm, prepared.curve)
    session = session_of(prepared, output, recorder)
    unit_text = unit_words(prepared.opened.unit, prepared.score.words.screen)
    drawn = ""

    def draw(time_s: float) -> None:
        nonlocal drawn
        model = model_of(session, time_s, "", unit_text)
        if not drawn and time_s >= MOMENT_S and model is not None:
            console = Console(
                record=True, file=StringIO(), width=COLUMNS, force_terminal=True, color_system="truecolor"
            )
            console.print(render(model, COLUMNS, ROWS))
            title = f"cadencecoach run {PLAN}"
            drawn = console.export_svg(title=title, unique_id="screen", theme=THEME)

    rehearse(session, prepared.opened.feet, output=output, progress=draw, should_stop=lambda: bool(drawn))
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)  # a picture that loads no font from the net


def save_report(path: Path, chromium: str) -> None:
    """Rehearse the session and let Chromium draw the top of its report."""
    with TemporaryDirectory() as folder:
        journal, page = f"{folder}/session.jsonl", f"{folder}/report.html"
        rehearsal = ["rehearse", PLAN, "--feet", FEET, "--journal", journal, "--started", STARTED]
        for words in (rehearsal, ["history", "report", journal, "-o", page]):
            if main(words) != 0:
                raise SystemExit(f"{' '.join(words)} failed")
        size = f"--window-size={PAGE_WIDTH_PX},{PAGE_HEIGHT_PX}"
        flags = ["--headless", "--no-sandbox", "--hide-scrollbars", size, f"--user-data-dir={folder}/browser"]
        command = [chromium, *flags, f"--screenshot={path}", Path(page).as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "screen.svg").write_text(screen_svg(), encoding="utf-8")
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        sys.exit("The picture of a report needs Chromium: apt-get install chromium")
    save_report(PICTURES / "report.png", found)
