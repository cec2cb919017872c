"""Pictures and videos of findings on the page: the desk alone, as what their bytes are, bounded."""

from pathlib import Path

import pytest
from athlete_home import DAY, Home
from page_visits import Pages

from cadencecoach.record.entries import Finding
from cadencecoach.record.profile import Profile
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.web import rows
from cadencecoach.web.pages import files
from cadencecoach.web.rows import Role

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
MP4 = b"\x00\x00\x00\x18ftypisom" + bytes(40)
FILES = "/api/patients/r7/files"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """The pages of a machine with one athlete."""
    Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete="r7", created=DAY))
    return Pages(user_files())


@pytest.mark.parametrize(
    ("raw", "ending", "media_type"), [(PNG, "png", "image/png"), (MP4, "mp4", "video/mp4"), (b"%PDF-1.7", "pdf", "")]
)
def test_a_file_is_added_and_sent_as_what_it_is(pages: Pages, raw: bytes, ending: str, media_type: str) -> None:
    """By its bytes and not its name; nothing in it may run or load; a PDF is saved and not shown."""
    name = pages.ask("POST", f"{FILES}?what=knee%20valgus", raw).told["file"]
    assert name.endswith(f"-knee-valgus.{ending}")
    told = {"id": "tap-1", "what": "knee valgus", "value": 8, "file": name}
    assert pages.ask("POST", "/api/patients/r7/findings", told).status == 201
    (found,) = (one for one in user_files().log_of("r7").entries if isinstance(one, Finding))
    assert found.file == name
    address = f"/patients/r7/files/{name}"
    assert address in pages.ask("GET", "/patients/r7").shown
    answer = pages.ask("GET", address)
    assert answer.status == 200
    assert answer.headers["content-security-policy"] == files.POLICY
    if media_type:
        assert answer.headers["content-type"] == media_type
        assert "content-disposition" not in answer.headers
    else:
        assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("raw", "what", "status"),
    [(b"<html><script>", "x", 415), (b"<svg xmlns=", "x", 415), (b"", "x", 415), (PNG, "", 201)],
)
def test_only_pictures_videos_and_pdf_are_taken(pages: Pages, raw: bytes, what: str, status: int) -> None:
    """Neither a page nor a drawing that may hold a script; nothing is kept of what is refused."""
    assert pages.ask("POST", f"{FILES}?what={what}", raw).status == status
    assert len(user_files().file_names("r7")) == (status == 201)


def test_a_file_is_bounded(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as allowed is taken, one byte more is not."""
    monkeypatch.setattr(files, "MAX_UPLOAD_BYTES", len(PNG))
    assert pages.ask("POST", FILES, PNG + b"x").status == 413
    assert pages.ask("POST", FILES, PNG).status == 201
    assert len(PNG) < rows.MAX_UPLOAD_BYTES


def test_files_are_of_the_desk_and_of_that_athlete(pages: Pages) -> None:
    """A runner's device and a screen get nothing; a name that is none, and one that is not here, lead nowhere."""
    name = pages.ask("POST", FILES, PNG).told["file"]
    for role in (Role.RUNNER, Role.SCREEN, Role.STRANGER):
        assert pages.ask("GET", f"/patients/r7/files/{name}", role=role, athlete="r7").status in {401, 403}
        assert pages.ask("POST", FILES, PNG, role=role, athlete="r7").status in {401, 403}
    for other in ("log.jsonl", "..%2Flog.jsonl", f"0{name[1:]}x"):
        assert pages.ask("GET", f"/patients/r7/files/{other}").status == 404
    assert pages.ask("GET", f"/patients/r8/files/{name}").status == 404
    told = {"id": "tap-1", "what": "x", "file": "0123456789ab-other.png"}
    assert pages.ask("POST", "/api/patients/r7/findings", told).status == 409
