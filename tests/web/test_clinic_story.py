"""A clinic of eight practice patients, in a real browser and with commands: from an alert to a merged package."""

import json
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from chromium import Browser, chromium
from page_rig import Server, page_server, said

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
# On paper: tables whose columns have heads, on the sheet's width, and headings that stay with what is below them.
PAPER = """[...document.querySelectorAll('thead')].filter((one) => getComputedStyle(one).position !== 'static').length
  + [...document.querySelectorAll('h2')].filter((one) => getComputedStyle(one).breakAfter !== 'avoid').length
  + [...document.querySelectorAll('tr')].filter((one) => getComputedStyle(one).breakInside !== 'avoid').length
  + Math.max(0, document.documentElement.scrollWidth - innerWidth)"""
SHEETS = {"/caseload": 2, "/patients/dan": 3, "/patients/dan/progress": 1, "/patients/dan/playbook": 1}
A4_PX = 698  # less its margins
MAIN = "document.querySelector('main').textContent"
PATIENTS = {  # each with another story, and how many weeks of it
    "ann": ("night-pain", 1),
    "ben": ("fine", 1),
    "cleo": ("silent-ten-days", 3),
    "dan": ("knee-week-2", 2),
    "eva": ("forgets-check-ins", 1),
    "finn": ("pain-before-the-run", 1),
    "gus": ("too-much-too-soon", 1),
    "hana": ("other-sensor", 1),
}
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
  - {session: Two, plan: short, target: +5 %}
  - rest: 1 day
  - {session: Three, plan: short, target: +7.5 %}
"""
GENTLE = """plan: Gentle
baseline: athlete
stages:
  - {name: Run, duration: 90 s, target: +5 %, takes: [target]}
"""
GIVEN = """programme: Gentle days
works-on: cadence
allow: {dose: short}
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 4}
days:
  - {session: Gentle run, plan: gentle, target: +5 %}
  - rest: 1 day
  - {session: Gentle again, plan: gentle, target: +5 %}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A clinic of eight who were lived by the simulated runner, and its page."""
    home = tmp_path_factory.mktemp("home")
    programme = home / "short.yaml"
    programme.write_text(SHORT, encoding="utf-8")

    def live(name: str) -> None:
        story, weeks = PATIENTS[name]
        words = ("--story", story, "--weeks", str(weeks), "--programme", str(programme))
        said(home, "athlete", "practise", name, *words)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(live, PATIENTS))
    with page_server(home) as one:
        yield one


def show(page: Browser, server: Server, path: str, width: int = 1280) -> str:
    """Open a page; its words, each space a plain one."""
    page.visit(f"http://127.0.0.1:{server.port}{path}", width=width, height=900)
    return words_of(page)


def words_of(page: Browser) -> str:
    """The words of the page."""
    return str(page.evaluate(MAIN)).replace("\xa0", " ")


def last_entry(server: Server, athlete: str) -> dict[str, object]:
    """The newest line of an athlete's log."""
    path = server.home / "data" / "cadencecoach" / "athletes" / athlete / "log.jsonl"
    return dict(json.loads(path.read_text(encoding="utf-8").splitlines()[-1]))


def touch(page: Browser, selector: str) -> None:
    """Press an element, wherever on the page it is."""
    page.evaluate(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
    page.tap(selector)


def fill(page: Browser, form: str, name: str, value: str) -> None:
    """Write into a field of a form."""
    page.evaluate(f"document.getElementById({form!r}).elements[{name!r}].value = {json.dumps(value)}")


def save(page: Browser, button: str) -> None:
    """Press what saves, and wait for the page anew."""
    page.evaluate("window.stays = true")
    touch(page, button)
    page.wait_for("!window.stays && document.readyState === 'complete'")


def test_what_is_printed_is_short_and_whole(page: Browser, server: Server, tmp_path: Path) -> None:
    """Eight patients on two sheets of A4, one patient on three, progress and playbook on one; no row is broken."""
    pages, wrong = {}, {}
    for path in SHEETS:
        page.visit(f"http://127.0.0.1:{server.port}{path}", width=A4_PX, media="print")
        wrong[path] = page.evaluate(PAPER)
        page.print(tmp_path / "page.pdf")
        pages[path] = len(re.findall(rb"/Type /Page\b(?!s)", (tmp_path / "page.pdf").read_bytes()))
    assert {path: number for path, number in pages.items() if number > SHEETS[path]} == {}
    assert set(wrong.values()) == {0}


def test_a_playbook_fits_a_phone(page: Browser, server: Server) -> None:
    """With a table of five columns and messages, nothing is beside the screen."""
    said(server.home, "message", "add", "dan", "Land softly this week, and keep the second run short, as we agreed.")
    page.visit(f"http://127.0.0.1:{server.port}/patients/dan/playbook", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert "made up" in str(page.evaluate(MAIN))


def test_an_alert_is_raised_owned_and_closed_and_the_stop_ended_apart(page: Browser, server: Server) -> None:
    """Eight patients, all marked as made up; a close needs a reason and ends no stop; the act that does has its own."""
    seen = show(page, server, "/caseload")
    assert "Practice athletes: made up" in seen
    assert "8 practice athletes on" in seen
    assert page.evaluate("[...document.querySelectorAll('.caseload tbody .tag')].length") == len(PATIENTS)
    assert page.evaluate("document.querySelector('.caseload tbody th').textContent").startswith("ann")
    assert "Stopped (1)" in seen
    assert "Silent (1)" in seen
    row = "tr[data-athlete=ann]"
    touch(page, f"{row} .acts .btn:first-child")
    fill(page, "act-form", "by", "KM")
    save(page, "#act-form [value=yes]")
    assert page.evaluate(f"document.querySelector('{row} [data-label=Owner]').textContent") == "KM"
    save(page, "a[href='/caseload?owner=KM']")
    assert "1 practice athlete on" in words_of(page)
    touch(page, f"{row} .acts .btn:last-child")
    fill(page, "act-form", "by", "KM")
    touch(page, "#act-form [value=yes]")
    assert page.evaluate("document.getElementById('act').open")  # without a reason nothing is closed
    fill(page, "act-form", "reason", "called: sleeps well again")
    save(page, "#act-form [value=yes]")
    seen = show(page, server, "/caseload")
    assert "ann" in seen.partition("Stopped (1)")[2]
    assert not page.evaluate(f"Boolean(document.querySelector('{row}'))")
    page.tap("a[href='/patients/ann']")
    page.wait_for("document.getElementById('acts') && document.readyState === 'complete'")  # its scripts have run
    assert "Stopped:" in words_of(page)
    touch(page, "[data-act=end-stop]")
    page.wait_for("document.querySelectorAll('#follows li').length > 2")
    follows = page.evaluate("document.getElementById('follows').textContent")
    assert "This ends the stop: " in follows
    touch(page, "#deciding-yes")
    assert page.evaluate("document.getElementById('deciding').open")  # without a reason nothing is done
    assert last_entry(server, "ann").get("what") != "programme"
    fill(page, "deciding-form", "because", "seen today, no pain at night")
    save(page, "#deciding-yes")
    assert "because: seen today, no pain at night" in words_of(page)
    entry = last_entry(server, "ann")
    assert (entry["what"], entry["because"], entry["author"]) == ("programme", "seen today, no pain at night", "desk")
    assert "Stopped (" not in show(page, server, "/caseload")


def test_a_finding_is_added_and_a_session_chosen(page: Browser, server: Server) -> None:
    """What follows is told anew for each session that is looked at."""
    show(page, server, "/patients/finn")
    touch(page, "#findings summary.btn")
    for name, value in (("what", "knee valgus"), ("value", "8"), ("unit", "deg")):
        fill(page, "finding", name, value)
    save(page, "#finding button")
    entry = last_entry(server, "finn")
    assert (entry["what"], entry["value"]) == ("finding", 8)
    assert "knee valgus: 8 deg" in words_of(page)
    touch(page, "[data-act=from]")
    page.wait_for("document.querySelectorAll('#follows li').length > 2")
    page.evaluate(
        "(one => { one.value = '3'; one.dispatchEvent(new Event('change', {bubbles: true})) })"
        "(document.querySelector('#deciding-number select'))"
    )
    page.wait_for("/Then: .*3 of 3/.test(document.getElementById('follows').textContent)")


def test_a_message_is_read_before_the_next_run(page: Browser, server: Server) -> None:
    """Written at the desk, shown on Today, read there, and known as read at the desk; the answer comes back."""
    show(page, server, "/patients/ben")
    fill(page, "writing", "text", "Land softly this week.")
    save(page, "#writing button")
    assert "To the runner, unread" in words_of(page)
    assert "Land softly this week." in show(page, server, "/?athlete=ben", width=390)
    touch(page, "#read")
    page.wait_for("!document.getElementById('messages')")
    assert "To the runner, read" in show(page, server, "/patients/ben")
    show(page, server, "/checkin?athlete=ben&moment=after", width=390)
    page.evaluate("document.querySelector('[data-field=effort] [data-value=\"4\"]').click()")
    for _ in range(3):
        page.evaluate("document.getElementById('skip-this').click()")
    page.evaluate("document.getElementById('to-clinician').value = 'Felt easy.'")
    page.evaluate("document.getElementById('save').click()")
    page.wait_for("!document.getElementById('questions')")
    assert "wrote on" in show(page, server, "/caseload").partition("Open alerts")[2]
    show(page, server, "/patients/ben")
    save(page, "#read")
    assert "Felt easy." not in show(page, server, "/caseload")


def choose_file(page: Browser, text: str, coding: str = "utf-8") -> None:
    """Choose a programme's file in the dialog."""
    page.evaluate(
        "(one => { const those = new DataTransfer();"
        f" those.items.add(new File([new Uint8Array({[*text.encode(coding)]})], 'given.yaml'));"
        " one.files = those.files; one.dispatchEvent(new Event('change', {bubbles: true})) })"
        "(document.querySelector('#deciding-form [name=file]'))"
    )


def test_a_plan_is_edited_and_given(page: Browser, server: Server) -> None:
    """Kept on the page, named in a programme, and given with the reason that the patient's page shows."""
    show(page, server, "/plans/new")
    page.evaluate(
        "(one => { one.value = " + json.dumps(GENTLE) + "; one.dispatchEvent(new Event('input', {bubbles: true})) })"
        "(document.getElementById('text'))"
    )
    fill(page, "save", "name", "gentle")
    page.wait_for("!document.querySelector('#save button').disabled")
    page.evaluate("document.querySelector('#save button').click()")
    page.wait_for("location.pathname === '/plans/gentle'")
    show(page, server, "/patients/eva")
    touch(page, "[data-act=give]")
    page.evaluate(
        "(one => { one.value = ''; one.dispatchEvent(new Event('change', {bubbles: true})) })"
        "(document.querySelector('#deciding-form [name=programme]'))"
    )
    choose_file(page, GIVEN.replace("minutes", "hours"))
    page.wait_for("!document.getElementById('deciding-wrong').hidden")
    wrong = str(page.evaluate("document.getElementById('deciding-wrong').textContent"))
    assert "programme:4:" in wrong
    assert "'hours'" in wrong
    assert page.evaluate("document.getElementById('deciding-yes').disabled")
    choose_file(page, GIVEN.replace("Gentle", "Für"), "latin-1")
    page.wait_for("document.getElementById('deciding-wrong').textContent.includes('UTF-8')")
    assert page.evaluate("document.getElementById('deciding-yes').disabled")
    choose_file(page, GIVEN)
    page.wait_for("!document.getElementById('deciding-yes').disabled")
    assert "Gentle days: 2 runs" in str(page.evaluate("document.getElementById('follows').textContent"))
    fill(page, "deciding-form", "because", "easier for her")
    save(page, "#deciding-yes")
    seen = words_of(page)
    assert "Gentle run (1 of 2)" in seen
    assert "easier for her" in seen


def test_a_reassessment_is_counted_from_only_when_somebody_says_so(page: Browser, server: Server) -> None:
    """Measured twice, it stands beside what is counted from; the act says what the targets will be."""
    for spm in ("169", "171"):
        said(server.home, "baseline", "--athlete", "hana", "--spm", spm, "--minutes", "15", "--force")
    seen = show(page, server, "/patients/hana")
    assert "Measured last" in seen
    touch(page, "[data-act=count-from-new]")
    page.wait_for("document.querySelectorAll('#follows li').length > 2")
    follows = str(page.evaluate("document.getElementById('follows').textContent"))
    assert "They will count from: baseline 170.0 spm" in follows
    fill(page, "deciding-form", "because", "kept over three weeks")
    save(page, "#deciding-yes")
    seen = words_of(page)
    assert "Measured last" not in seen
    assert "kept over three weeks" in seen


def test_a_package_is_encrypted_imported_elsewhere_and_merged(page: Browser, server: Server, tmp_path: Path) -> None:
    """What each of two clinics wrote is there on both; the marks of practice travel, and a hold of the other holds."""
    phrase, there = tmp_path / "phrase", tmp_path / "there"
    phrase.write_text("seven lean geese\n", encoding="utf-8")
    first, back = tmp_path / "dan.age", tmp_path / "back.zip"
    encrypted = ("--passphrase-file", str(phrase))
    said(server.home, "athlete", "export", "dan", "-o", str(first), "--encrypt", *encrypted)
    assert first.read_bytes().startswith(b"age-encryption.org/")
    said(there, "athlete", "import", str(first), *encrypted)
    patients = json.loads(said(there, "caseload", "--json"))["patients"]
    (one,) = patients
    assert one["reason"].startswith("practice: ")
    said(there, "programme", "hold", "--athlete", "dan", "--because", "new job")
    said(server.home, "finding", "add", "dan", "--what", "knee valgus", "--value", "8", "--unit", "deg")
    said(there, "athlete", "export", "dan", "-o", str(back))
    with pytest.raises(subprocess.CalledProcessError):  # both have what the other has not
        said(server.home, "athlete", "import", str(back))
    said(server.home, "athlete", "import", str(back), "--merge")
    seen = show(page, server, "/patients/dan")
    assert "held by hand" in seen
    assert "knee valgus: 8 deg" in seen
    page.visit(f"http://127.0.0.1:{server.port}/patients/dan/progress", width=1280, height=900)
    assert "held by hand" in str(page.evaluate("document.body.textContent"))  # the next session, and why
    assert "Practice athletes: made up" in seen
