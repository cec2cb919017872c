"""The plans on the page, in a real browser; the story is of the desk, at this computer."""

import pytest
from chromium import Browser, chromium
from page_rig import Server, wait_until

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
WRONG = """plan: Mine
baseline: 164
stages:
  - {name: Warm-up, duration: 5, target: free}
  - {name: Rung, duration: 10 min, target: +5 %, rampp: 60 s}
"""
RIGHT = WRONG.replace("164", "164 spm").replace("5,", "5 min,").replace("rampp", "ramp")
BUTTON = "document.querySelector('#save button')"
ZWO = """<workout_file><name>Two steps</name><sportType>run</sportType><workout>
<SteadyState Duration="600" Cadence="170"/><SteadyState Duration="300"/></workout></workout_file>"""


def type_text(page: Browser, text: str) -> None:
    """Put a text in the editor, as a person who pastes it."""
    page.evaluate(
        f"(() => {{ const one = document.getElementById('text'); one.value = {text!r};"
        " one.dispatchEvent(new Event('input')); })()"
    )


def test_a_plan_with_three_mistakes_is_mended_kept_and_run(page: Browser, server: Server) -> None:
    """Each mistake stands at its line as one types; the text is not lost; what is kept is run by its name."""
    at = f"http://127.0.0.1:{server.port}"
    page.visit(f"{at}/plans/new", width=1024, height=768)
    page.wait_for(f"!{BUTTON}.disabled")
    type_text(page, WRONG)
    page.wait_for("document.querySelectorAll('#findings .error').length === 3")
    lines = "[...document.querySelectorAll('#gutter .error')].map((one) => one.textContent)"
    assert page.evaluate(lines) == ["✕ 2", "✕ 4", "✕ 5"]
    assert page.evaluate(f"{BUTTON}.disabled")
    page.evaluate("document.querySelector('#findings button').click()")
    assert page.evaluate("document.activeElement.id") == "text"
    page.visit(f"{at}/plans/new", width=1024, height=768)  # closed by mistake, and opened again
    page.wait_for("!document.getElementById('draft').hidden")
    assert page.evaluate("document.getElementById('text').value") == WRONG
    type_text(page, RIGHT)
    page.wait_for(f"!{BUTTON}.disabled")
    page.wait_for("document.getElementById('picture').naturalWidth > 100")
    page.evaluate("document.querySelector('#save [name=name]').value = 'my-rung'")
    page.evaluate(f"{BUTTON}.click()")
    page.wait_for("location.pathname === '/plans/my-rung'")
    page.wait_for("document.querySelector('img.whole')?.naturalWidth > 100")
    page.evaluate("document.querySelector('a[href^=\"/run/my-rung\"]').click()")
    page.wait_for("location.pathname === '/run/my-rung'")
    page.wait_for("document.querySelector('button[data-plan=my-rung]')")
    page.wait_for("document.readyState === 'complete'")
    choices = (
        "document.querySelector('[name=feet]').value = 'sim'; document.querySelector('[name=sound]').value = 'none'"
    )
    page.evaluate(choices)
    page.evaluate("document.querySelector('button[data-plan]').click()")
    page.wait_for("location.pathname.startsWith('/live/')")
    (row,) = server.ask("GET", "/api/sessions")[1]["sessions"]
    assert row["plan"] == "Mine"
    server.ask("DELETE", f"/api/sessions/{row['id']}")
    wait_until(lambda: server.live() == [])
    assert page.complaints == []


def test_a_name_that_is_taken_is_not_written_over(server: Server) -> None:
    """By a plan of the program, by one's own where a new one is meant; a name that is no name is refused."""
    told = {"text": RIGHT}
    assert server.ask("PUT", "/api/plans/taken", told)[0] == 200
    headers = {"Authorization": f"Bearer {server.token}", "If-None-Match": "*"}
    assert server.ask("PUT", "/api/plans/taken", told, headers)[0] == 200  # the same again, by a bad network
    status, answer = server.ask("PUT", "/api/plans/taken", {"text": RIGHT.replace("Mine", "Other")}, headers)
    assert (status, answer["where"]) == (409, "name")
    assert server.ask("PUT", "/api/plans/demo", told)[0] == 409
    assert server.ask("PUT", "/api/plans/..%2fa", told)[0] in {404, 409}
    assert server.ask("PUT", "/api/plans/wrong", {"text": WRONG})[1]["where"] == "text"
    assert server.ask("DELETE", "/api/plans/taken")[0] == 204
    assert server.ask("DELETE", "/api/plans/taken")[0] == 404
    assert server.ask("DELETE", "/api/plans/demo")[0] == 404


def test_a_workout_of_another_program_becomes_a_text(server: Server) -> None:
    """Dropped on the editor; what is no workout is one sentence."""
    status, made = server.send("POST", "/api/workouts", ZWO.encode())
    assert status == 200
    assert "170 spm" in made["text"]
    status, wrong = server.send("POST", "/api/workouts", b"\0\1\2 nothing")
    assert (status, "\n" in wrong["error"]) == (409, False)


def test_a_plan_is_deleted_after_a_second_question(page: Browser, server: Server) -> None:
    """And sessions stay."""
    server.ask("PUT", "/api/plans/gone-soon", {"text": RIGHT})
    page.visit(f"http://127.0.0.1:{server.port}/plans/gone-soon", width=390, height=844)
    page.tap("#delete")
    page.wait_for("document.getElementById('delete-sheet').open")
    page.tap("#delete-now")
    page.wait_for("location.pathname === '/plans'")
    assert server.ask("GET", "/plans/gone-soon")[0] == 303
