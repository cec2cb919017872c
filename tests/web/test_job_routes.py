"""Jobs as they are asked for over the interface."""

import asyncio
import threading
from datetime import date
from pathlib import Path

import pytest
from asgi import Asked, run
from reached_rig import entry_in

from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.record.profile import Profile
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web.rows import NOT_YOURS, Role, Visitor, routes_of
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site

DESK, RUNNER, OTHER, SCREEN = (
    Visitor(Role.DESK),
    Visitor(Role.RUNNER, "r7"),
    Visitor(Role.RUNNER, "r8"),
    Visitor(Role.SCREEN),
)
METRONOME = {"id": "tap", "kind": "metronome", "form": "wav", "metronome": {"spm": 180, "for_s": 3}}


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The routes, with folders of the test's."""
    for kind in ("CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    store = user_files()
    for name in ("r7", "r8"):
        make_athlete(store, Profile(athlete=name, created=date(2026, 3, 2)))
    return Asked([*routes_of(all_rows(Site(store, entry_in(store.folder))))])


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ([], ""),
        ({}, "kind"),
        ({"id": "a"}, "kind"),
        ({"id": "a", "kind": "shell"}, "kind"),
        ({**METRONOME, "id": ""}, "id"),
        ({**METRONOME, "path": "/etc/passwd"}, "path"),
        ({**METRONOME, "session": "a"}, "session"),
        ({**METRONOME, "athlete": "nobody"}, "athlete"),
        ({**METRONOME, "form": "ogg"}, "form"),
        ({**METRONOME, "music": "/etc"}, "music"),
        ({**METRONOME, "form": "../x"}, "form"),
        ({**METRONOME, "metronome": {"spm": 170}}, "for_s"),
        ({**METRONOME, "metronome": {"spm": 170, "for_s": 8 * 3600 + 1}}, "for_s"),
        ({**METRONOME, "metronome": {"spm": 170, "for_s": 3 * 3600}}, "form"),
        ({**METRONOME, "metronome": {"spm": 170, "for_s": 2 * 3600, "pan": 1}}, "form"),
        ({"id": "a", "kind": "metronome"}, ""),
        ({"id": "a", "kind": "rehearsal"}, "plan"),
        ({"id": "a", "kind": "rehearsal", "plan": "../../etc/passwd"}, "plan"),
        ({"id": "a", "kind": "report", "session": "../../etc/passwd"}, "session"),
        ({"id": "a", "kind": "export", "session": "none", "form": "fit"}, "session"),
        ({"id": "a", "kind": "export", "session": "none", "form": "pdf"}, "form"),
        ({"id": "a", "kind": "microphone", "device": "webcam"}, "device"),
    ],
)
def test_what_is_wrong_with_a_job_names_the_field(app: Asked, told: object, where: str) -> None:
    """In one sentence, and nothing is begun."""

    async def story() -> None:
        answered = await app.ask(DESK, "POST", "/api/jobs", told)
        assert answered.status in {400, 404}
        assert answered.told.get("where", "") == where
        assert answered.told["error"]

    run(story)


def test_nobody_but_the_desk_has_this_computer_listen(app: Asked) -> None:
    """A runner's device, a guest's and a screen are told that they may not, and nothing is begun."""

    async def story() -> None:
        for visitor in (RUNNER, Visitor(Role.RUNNER), Visitor(Role.RUNNER, device="tablet"), SCREEN):
            answered = await app.ask(visitor, "POST", "/api/jobs", {"id": "a", "kind": "microphone"})
            assert answered.status == 403
            assert answered.told["error"] == NOT_YOURS.format(role=visitor.role)

    run(story)


def test_a_job_that_is_not_there_is_said_so(app: Asked) -> None:
    """Whatever is wanted of it; a screen is not even told that."""

    async def story() -> None:
        for method, path in (("GET", ""), ("GET", "/file"), ("DELETE", "")):
            answered = await app.ask(DESK, method, f"/api/jobs/0123456789ab{path}")
            assert (answered.status, answered.told["error"]) == (404, ENGLISH_PAGE.job_gone)
            assert (await app.ask(SCREEN, method, f"/api/jobs/0123456789ab{path}")).status == 403
        assert (await app.ask(SCREEN, "POST", "/api/jobs", METRONOME)).status == 403

    run(story)


@pytest.mark.slow
def test_a_job_is_begun_once_watched_fetched_in_parts_and_whole_and_cancelled(app: Asked) -> None:
    """By the device that asked for it, and by no other runner's."""
    tick = threading.Event()

    async def story() -> None:
        first = await app.ask(RUNNER, "POST", "/api/jobs", METRONOME)
        again = await app.ask(RUNNER, "POST", "/api/jobs", METRONOME)
        assert (first.status, first.told) == (again.status, again.told)
        address = first.headers["location"]
        assert (await app.ask(OTHER, "GET", address)).status == 404
        assert (await app.ask(OTHER, "DELETE", address)).status == 404
        seen = (await app.ask(RUNNER, "GET", address)).told
        assert (seen["kind"], seen["file"]) == ("metronome", "metronome-180-0.05min.wav")
        while (seen := (await app.ask(RUNNER, "GET", address)).told)["state"] != "done":
            assert seen["state"] in {"waiting", "running"}
            early = await app.ask(RUNNER, "GET", f"{address}/file")
            assert early.status == 409 or (await app.ask(RUNNER, "GET", address)).told["state"] == "done"
            await asyncio.to_thread(tick.wait, 0.05)
        assert (seen["ratio"], seen["error"]) == (1.0, None)
        part = await app.ask(RUNNER, "GET", f"{address}/file", headers={"range": "bytes=0-3"})
        assert (part.status, part.body) == (206, b"RIFF")
        whole = await app.ask(DESK, "GET", f"{address}/file")
        assert (whole.status, len(whole.body)) == (200, seen["n_bytes"])
        assert whole.headers["content-type"] == "audio/wav"
        assert whole.headers["content-disposition"] == 'attachment; filename="metronome-180-0.05min.wav"'
        assert (await app.ask(RUNNER, "DELETE", address)).status == 204
        assert (await app.ask(RUNNER, "GET", address)).status == 404

    run(story)
