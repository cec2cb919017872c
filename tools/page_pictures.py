"""Draws every page of a server that runs here, on every screen: `python -m tools.page_pictures FOLDER`.

A home of its own, with an athlete on a programme, a session that is over and one that runs; what is wrong with a page
is said in lines. `tests/web/test_looks.py` does the same, and more of the live page.
"""

import subprocess
import sys
import tempfile
from itertools import repeat
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from chromium import browser, chromium
from page_looks import all_screens, look, look_at_dialogs, look_at_pages
from page_rig import environment, page_server, wait_until

ATHLETE = (
    ("athlete", "new", "r7"),
    ("baseline", "--athlete", "r7", "--spm", "164", "--minutes", "15", "--speed", "10 km/h"),
    ("programme", "start", "field6wk", "--athlete", "r7"),
)


def main(folder: Path) -> int:
    """Draw them; 1 where something is wrong."""
    program = chromium()
    if program is None:
        print("needs Chromium")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    screens = [*all_screens()]
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for words in ATHLETE:
            subprocess.run([sys.executable, "-m", "cadencecoach", *words], check=True, env=environment(home))
        with page_server(home) as server, browser(program) as page:
            page.visit(server.address, width=1024, height=768)
            over = server.start(plan="today", athlete="r7")
            server.ask("DELETE", f"/api/sessions/{over}")
            wait_until(lambda: server.live() == [])
            looked = look_at_pages(page, server, repeat(screens), folder)
            found = [fault for _, faults in looked for fault in faults]
            session = server.start(plan="demo")
            page.visit(f"http://127.0.0.1:{server.port}/live/{session}", width=1024, height=768)
            page.wait_for("!document.getElementById('cadence').classList.contains('none')")
            found += [*look(page, screens, folder, "live"), *look_at_dialogs(page, repeat(screens), folder, "live")]
    print(*found, f"{len(list(folder.glob('*.png')))} pictures in {folder}", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
