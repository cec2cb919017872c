"""A clinician's morning in a real browser: from the caseload to a patient, an act with its reason, a message."""

import json
from collections.abc import Iterator

import pytest
from chromium import Browser, chromium
from page_rig import Server, begin_programme, page_server, said

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
MAIN = "document.querySelector('main').textContent"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A clinic: r7 is on a programme and limped after a run, and r8 is kept too."""
    home = tmp_path_factory.mktemp("home")
    begin_programme(home)
    said(home, "athlete", "new", "r8")
    said(home, "checkin", "--athlete", "r7", "--after", "--flag", "limp")
    with page_server(home) as one:
        yield one


def logged(server: Server) -> list[dict[str, object]]:
    """The log of r7."""
    path = server.home / "data" / "cadencecoach" / "athletes" / "r7" / "log.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def show(page: Browser, server: Server, path: str) -> None:
    """Open a page."""
    page.visit(f"http://127.0.0.1:{server.port}{path}", width=1280, height=900)


def touch(page: Browser, selector: str) -> None:
    """Press an element, wherever on the page it is."""
    page.evaluate(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
    page.tap(selector)


def fill(page: Browser, form: str, name: str, value: str) -> None:
    """Write into a field of a form."""
    page.evaluate(f"document.getElementById({form!r}).elements[{name!r}].value = {value!r}")


def test_a_stop_is_seen_looked_up_and_ended_and_the_runner_reads_why(page: Browser, server: Server) -> None:
    """Caseload, patient, what will follow in words, no act without a reason, the entry, and the caseload anew."""
    show(page, server, "/caseload")
    assert "Stopped (1)" in page.evaluate(MAIN)
    page.tap("a[href='/patients/r7']")
    page.wait_for("document.getElementById('acts') && document.readyState === 'complete'")  # its scripts have run
    assert "Stopped:" in page.evaluate(MAIN)
    touch(page, "[data-act=end-stop]")
    page.wait_for("document.querySelectorAll('#follows li').length > 2")
    follows = page.evaluate("document.getElementById('follows').textContent")
    assert "This ends the stop: limp" in follows
    assert "No run today all the same" in follows
    touch(page, "#deciding-yes")
    assert page.evaluate("document.getElementById('deciding').open")
    assert not any(one.get("because") == "seen, walks well" for one in logged(server))
    fill(page, "deciding-form", "because", "seen, walks well")
    page.evaluate("window.stays = true")
    touch(page, "#deciding-yes")
    page.wait_for("!window.stays && document.readyState === 'complete'")
    last = logged(server)[-1]
    assert (last["what"], last["because"], last["author"]) == ("programme", "seen, walks well", "desk")
    assert "because: seen, walks well" in page.evaluate(MAIN)
    show(page, server, "/caseload")
    assert "Stopped (" not in page.evaluate(MAIN)

    show(page, server, "/patients/r7")
    fill(page, "writing", "text", "Land softly this week.")
    page.evaluate("window.stays = true")
    touch(page, "#writing button")
    page.wait_for("!window.stays && document.readyState === 'complete'")
    assert "To the runner, unread" in page.evaluate(MAIN)
    show(page, server, "/?athlete=r7")
    assert "Land softly this week." in page.evaluate("document.getElementById('messages').textContent")
    touch(page, "#read")
    page.wait_for("!document.getElementById('messages')")
    show(page, server, "/patients/r7")
    assert "To the runner, read" in page.evaluate(MAIN)


def test_a_finding_is_added_and_a_session_chosen(page: Browser, server: Server) -> None:
    """What follows is told anew for each session that is looked at."""
    show(page, server, "/patients/r7")
    touch(page, "#findings summary.btn")
    for name, value in (("what", "knee valgus"), ("value", "8"), ("unit", "deg")):
        fill(page, "finding", name, value)
    page.evaluate("window.stays = true")
    touch(page, "#finding button")
    page.wait_for("!window.stays && document.readyState === 'complete'")
    assert (logged(server)[-1]["what"], logged(server)[-1]["value"]) == ("finding", 8)
    assert "knee valgus: 8\u00a0deg" in page.evaluate(MAIN).replace("8 deg", "8\u00a0deg")
    touch(page, "[data-act=from]")
    page.wait_for("document.querySelectorAll('#follows li').length > 2")
    page.evaluate(
        "(one => { one.value = '3'; one.dispatchEvent(new Event('change', {bubbles: true})) })"
        "(document.querySelector('#deciding-number select'))"
    )
    page.wait_for("/Then: .*3 of 19/.test(document.getElementById('follows').textContent)")
    assert "2 levels further" in page.evaluate("document.getElementById('follows').textContent")
