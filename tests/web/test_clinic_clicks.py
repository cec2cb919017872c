"""Where a clinician finds what is asked at the desk: docs/clinic.md says it, and a browser walks every line of it."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from chromium import Browser, chromium
from page_rig import Server, page_server, said

from cadencecoach.store.athlete_log import today_here

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
DOCS = Path(__file__).parents[2] / "docs" / "clinic.md"
MOST_CLICKS, S_A_SCREEN, MOST_S = 2, 3, 10
WIDTH, HEIGHT = 1280, 800
PATIENTS = {"ann": ("night-pain", 1), "cleo": ("silent-ten-days", 3), "dan": ("knee-week-2", 2)}
NAMES = {"NAME": "dan", "STOPPED": "ann"}
SHORT = """programme: Short weeks
works-on: cadence
allow: {dose: short}
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 4}
plans:
  short:
    plan: Short
    baseline: athlete
    stages:
      - {name: Warm-up, duration: 20 s, target: free}
      - {name: Run, duration: 1 min, target: +5 %, takes: [target]}
      - {name: On your own, duration: 1 min, target: +5 %, beat: off, feedback: none, takes: [target]}
days:
  - {session: One, plan: short, target: +5 %}
  - rest: 1 day
    exercises: [{name: Calf raises, part: calf, sets: 2, repetitions: 15}]
  - {session: Two, plan: short, target: +5 %}
  - rest: 1 day
  - {session: Three, plan: short, target: +7.5 %}
"""
# What a person sees: words on the screen, without scrolling. Of an element to touch, the words on it or before it.
SEEN = """(words) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.replaceAll('\\u00a0', ' ').includes(words)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const isThere = node.parentElement.checkVisibility({ visibilityProperty: true });
    if (isThere && box.width && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth) return true;
  }
  return false;
}"""
MARK = """(label) => {
  const inSight = (one) => {
    const box = one.getBoundingClientRect();
    return box.width && box.top >= 0 && box.bottom <= innerHeight;
  };
  const says = (one) => one.textContent.startsWith(label) || one.closest('.glance li')?.textContent.startsWith(label);
  const touchable = document.querySelectorAll('nav.pages a, main a, main button');
  const found = [...touchable].find((one) => says(one) && inSight(one));
  found?.setAttribute('data-touched', 'yes');
  return Boolean(found);
}"""


class Line(NamedTuple):
    """A question and its way."""

    question: str
    way: tuple[str, ...]
    seen: str
    clicks: int
    seconds: int


def lines() -> list[Line]:
    """The table as it stands there."""
    text = DOCS.read_text(encoding="utf-8").partition("| question | way |")[2].partition("\n\n")[0]
    found = []
    for row in text.splitlines()[2:]:
        question, way, seen, clicks, seconds, _ = (cell.strip() for cell in row.strip("|").split("|"))
        steps = () if way == "-" else tuple(way.split(" > "))
        found.append(Line(question, steps, seen, int(clicks), int(seconds)))
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Three patients: one stopped, one who has gone quiet, one of whom everything is known."""
    home = tmp_path_factory.mktemp("home")
    programme = home / "short.yaml"
    programme.write_text(SHORT, encoding="utf-8")

    def live(name: str) -> None:
        story, weeks = PATIENTS[name]
        said(home, "athlete", "practise", name, "--story", story, "--weeks", str(weeks), "--programme", str(programme))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(live, PATIENTS))
    for value, day in (("8", today_here().replace(day=1)), ("5", today_here())):
        words = ("--what", "knee valgus", "--side", "L", "--value", value, "--unit", "deg", "--day", f"{day}")
        said(home, "finding", "add", "dan", *words)
    said(home, "message", "add", "dan", "Land softly.")
    with page_server(home) as one:
        yield one


def test_no_answer_is_farther_away_than_two_clicks() -> None:
    """The clicks are those of the way, the seconds follow from them, and none is above ten."""
    assert len(lines()) > 25
    for line in lines():
        assert line.clicks == len(line.way) <= MOST_CLICKS, line.question
        assert line.seconds == S_A_SCREEN * (line.clicks + 1) <= MOST_S, line.question


def test_every_way_leads_to_its_answer(page: Browser, server: Server) -> None:
    """Only what is in sight is touched, and the answer is in sight at the end: nobody scrolls."""
    wrong = []
    for line in lines():
        page.visit(f"http://127.0.0.1:{server.port}/caseload", width=WIDTH, height=HEIGHT)
        for step in line.way:
            if not page.evaluate(f"({MARK})({json.dumps(NAMES.get(step, step))})"):
                wrong.append(f"{line.question}: nothing in sight says {step}")
                break
            before = page.evaluate("location.href")
            page.tap("[data-touched]")
            page.wait_for(f"location.href !== {json.dumps(before)} && document.readyState === 'complete'")
            page.evaluate("document.querySelector('[data-touched]')?.removeAttribute('data-touched')")
        else:
            if not page.evaluate(f"({SEEN})({json.dumps(line.seen)})"):
                wrong.append(f"{line.question}: {line.seen} is not in sight")
    assert wrong == []


def test_a_way_that_is_not_there_is_found_out(page: Browser, server: Server) -> None:
    """What lies below the screen counts as not seen, and so do words that no page has."""
    page.visit(f"http://127.0.0.1:{server.port}/patients/dan", width=WIDTH, height=HEIGHT)
    assert re.search("Set and decided", page.evaluate("document.querySelector('main').textContent"))
    for words in ("Set and decided by people", "no such words"):
        assert not page.evaluate(f"({SEEN})({json.dumps(words)})")
    assert not page.evaluate(f"({MARK})('Mark as read')")
