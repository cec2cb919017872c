"""An athlete from machine to machine: what only adds is taken in, what differs is told, nothing goes in silence."""

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home, opened
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadencecoach.cli.main import main
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.today.choosing import NotTodayError, check_may_run
from cadencecoach.desk.travel.archive import MANIFEST_NAME
from cadencecoach.desk.travel.comparing import compare
from cadencecoach.desk.travel.opening import open_file
from cadencecoach.desk.travel.packing import pack
from cadencecoach.devices.lock import LOCK_NAME, hold
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Decided, Flag, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files

NAME = "r7"
Move = Callable[[Home], Home]


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Go to another machine."""
    return lambda home: home.move_in(monkeypatch)


@pytest.fixture
def runner(tmp_path: Path, move: Move) -> Home:
    """The runner's machine: a profile, a programme, a check-in, a session."""
    home = move(Home(tmp_path / "runner"))
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY, language="de"))
    set_programme(home, TINY, "2026-03-02T06:00:00Z", None)
    said("2026-03-02T07:00:00Z", pain=1)
    home.journal("2026-03-02", NAME)
    return home


def set_programme(home: Home, text: str, at: str, because: str | None) -> None:
    """Set a programme for the athlete."""
    path = home.root / "text.yaml"
    path.write_text(text, encoding="utf-8")
    raw, programme = opened(text)
    begin(
        user_files(),
        ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=because, at=at, day=DAY),
    )


def said(at: str, *, pain: int) -> None:
    """A check-in."""
    user_files().add_entries(NAME, CheckIn(at=at, day=DAY, moment=Moment.MORNING, pain=pain))


def packed(home: Home, name: str) -> Path:
    """The athlete as a file."""
    path = home.root / name
    pack(user_files(), NAME, path, made=AT)
    return path


def snapshot(home: Home) -> dict[str, bytes]:
    """Every file of the athlete and every journal; not the index, which is a cache."""
    folders = (home.athlete(NAME), home.sessions)
    return {str(p.relative_to(home.root)): p.read_bytes() for f in folders for p in f.rglob("*") if p.is_file()}


def written_in(home: Home) -> list[str]:
    """The names of all files on a machine, but for locks, which are empty."""
    files = [path for path in home.root.rglob("*") if path.is_file()]
    assert all(path.stat().st_size == 0 for path in files if path.name == LOCK_NAME)
    return [path.name for path in files if path.name != LOCK_NAME]


def test_an_athlete_arrives_as_it_left(runner: Home, tmp_path: Path, move: Move) -> None:
    """Profile, log, programme and journals are the same on a machine that knew nobody; readable by the owner only."""
    before = snapshot(runner)
    file = packed(runner, "r7.zip")
    clinic = move(Home(tmp_path / "clinic"))
    assert main(["athlete", "import", str(file)]) == 0
    assert snapshot(clinic) == before
    assert under_way(user_files(), NAME).programme.name == "Tiny"
    if os.name == "posix":
        assert {path.stat().st_mode & 0o77 for path in clinic.root.rglob("*")} == {0}
        assert file.stat().st_mode & 0o77 == 0


def test_an_amended_programme_goes_back(runner: Home, tmp_path: Path, move: Move) -> None:
    """The clinician's text is in force at the runner's, the old one is kept, and no word was needed."""
    file = packed(runner, "r7.zip")
    clinic = move(Home(tmp_path / "clinic"))
    main(["athlete", "import", str(file)])
    set_programme(clinic, TINY.replace("Tiny", "Amended"), "2026-03-03T08:00:00Z", "pain gone")
    back = packed(clinic, "back.zip")
    move(runner)
    assert main(["athlete", "import", str(back)]) == 0
    assert under_way(user_files(), NAME).programme.name == "Amended"
    assert len(list(runner.athlete(NAME).glob("programme-*.yaml"))) == 1


def parted_machines(runner: Home, clinic: Home, move: Move) -> Path:
    """Both sides went on: the clinician set another text, the runner said something later."""
    file = packed(runner, "r7.zip")
    move(clinic)
    main(["athlete", "import", str(file)])
    set_programme(clinic, TINY.replace("Tiny", "Amended"), "2026-03-03T08:00:00Z", "pain gone")
    back = packed(clinic, "back.zip")
    move(runner)
    said("2026-03-04T07:00:00Z", pain=3)
    return back


def test_a_withdrawal_travels_and_survives_a_merge(runner: Home, tmp_path: Path, move: Move) -> None:
    """Taken back on one machine and added to on the other, it is taken back on both, however often it is merged."""
    file = packed(runner, "r7.zip")
    clinic = move(Home(tmp_path / "clinic"))
    main(["athlete", "import", str(file)])
    main(["checkin", "--withdraw", "last", "--because", "a slip"])
    back = packed(clinic, "back.zip")
    move(runner)
    said("2026-03-04T07:00:00Z", pain=3)
    for _ in range(2):
        assert main(["athlete", "import", str(back), "--merge"]) == 0
        assert pains() == [3]
    assert len(user_files().log_of(NAME).every) == 4
    move(Home(tmp_path / "third"))
    main(["athlete", "import", str(back)])
    assert pains() == []
    move(clinic)
    assert main(["athlete", "import", str(packed_at(runner, move, clinic))]) == 0
    assert pains() == [3]


def pains() -> list[int | None]:
    """What counts of the check-ins."""
    return [one.pain for one in user_files().log_of(NAME).entries if isinstance(one, CheckIn)]


def packed_at(home: Home, move: Move, after: Home) -> Path:
    """The athlete as a file of another machine; after that we are back on ours."""
    file = packed(move(home), "again.zip")
    move(after)
    return file


def test_a_file_of_version_1_is_read_and_merged(runner: Home, tmp_path: Path, move: Move) -> None:
    """As 0.1.0 packed it: manifest and log of version 1. Files of this version have a 2, which 0.1.0 refuses."""
    with zipfile.ZipFile(packed(runner, "r7.zip")) as archive:
        manifest = json.loads(archive.read(MANIFEST_NAME))
    assert (manifest["cadencecoach_athlete"], manifest["versions"]["log"]) == (2, 2)
    file = remade(runner.root / "r7.zip", tmp_path / "old.zip", as_version_1)
    clinic = move(Home(tmp_path / "clinic"))
    assert main(["athlete", "import", str(file)]) == 0
    assert pains() == [1]
    said("2026-03-05T07:00:00Z", pain=2)
    assert main(["athlete", "import", str(file), "--merge"]) == 0
    assert pains() == [1, 2]
    assert (clinic.athlete(NAME) / "log.jsonl").read_bytes().startswith(b'{"log":2,')
    assert len(user_files().log_of(NAME).every) == 3


def as_version_1(members: dict[str, bytes]) -> None:
    """Manifest and log as the version before wrote them."""
    listed(members, "log.jsonl", members["log.jsonl"].replace(b'{"log":2,', b'{"log":1,', 1))
    manifest = json.loads(members[MANIFEST_NAME])
    manifest["cadencecoach_athlete"] = manifest["versions"]["log"] = 1
    members[MANIFEST_NAME] = json.dumps(manifest).encode()


def test_what_differs_is_told_and_nothing_is_written(
    runner: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """Entries and programmes that only one side has are named; the status says that nothing happened."""
    back = parted_machines(runner, Home(tmp_path / "clinic"), move)
    before = snapshot(runner)
    capsys.readouterr()
    assert main(["athlete", "import", str(back)]) == 1
    told = capsys.readouterr().out
    assert "log: 1 entry only here, 1 only in the file" in told
    assert "programme: " in told
    assert "--merge" in told
    assert snapshot(runner) == before


def test_a_merge_has_every_entry_once_in_the_order_of_their_making(runner: Home, tmp_path: Path, move: Move) -> None:
    """And a second one changes nothing."""
    back = parted_machines(runner, Home(tmp_path / "clinic"), move)
    assert main(["athlete", "import", str(back), "--merge"]) == 0
    assert [entry.at[:10] for entry in user_files().log_of(NAME).entries] == ["2026-03-02"] * 2 + [
        "2026-03-03",
        "2026-03-04",
    ]
    assert under_way(user_files(), NAME).programme.name == "Amended"
    before = snapshot(runner)
    assert main(["athlete", "import", str(back), "--merge"]) == 0
    assert snapshot(runner) == before


def test_a_replacement_says_what_is_lost(
    runner: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file's log holds; the entry that was only here is counted."""
    back = parted_machines(runner, Home(tmp_path / "clinic"), move)
    assert main(["athlete", "import", str(back), "--replace"]) == 0
    assert "removed: 1 of the entries that were here" in capsys.readouterr().out
    assert len(user_files().log_of(NAME).entries) == 3


@pytest.mark.parametrize("how", [[], ["--merge"], ["--replace"]])
def test_a_journal_that_is_here_is_never_written_over(
    runner: Home, tmp_path: Path, move: Move, how: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Another session under the same id stays as it is, whatever is asked for, and is named."""
    file = packed(runner, "r7.zip")
    clinic = move(Home(tmp_path / "clinic"))
    other = clinic.journal("2026-03-02", "b2")
    before = other.read_bytes()
    assert main(["athlete", "import", str(file), *how]) == 0
    assert other.read_bytes() == before
    assert "2026-03-02T080000Z, here and in the file, are not the same" in capsys.readouterr().out


WENT_ON = '{"t":60.0,"what":"gap","gap_s":60.0,"reason":"broke off"}\n{"t":600.0,"what":"alive"}\n'
ENDED = '{"t":60.0,"what":"end","reason":"interrupted","is_added":true}\n'


@pytest.mark.parametrize("how", [[], ["--merge"], ["--replace"]])
@pytest.mark.parametrize("torn", ["", '{"t":301,"wh'])
def test_a_session_that_went_on_elsewhere_goes_on_here_too(
    runner: Home, how: list[str], torn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it is lost, a torn line apart; one that went on here stays as it is, in silence."""
    (path,) = runner.sessions.iterdir()
    begun = path.read_bytes()
    shorter = packed(runner, "shorter.zip")
    path.write_bytes(begun + WENT_ON.encode())
    longer = packed(runner, "longer.zip")
    path.write_bytes(begun + torn.encode())
    assert main(["athlete", "import", str(longer), *how]) == 0
    assert path.read_bytes() == begun + WENT_ON.encode()
    assert "journals: 0 new, 1 went on further in the file, 0 already here" in capsys.readouterr().out
    assert main(["athlete", "import", str(shorter), *how]) == 0
    assert path.read_bytes() == begun + WENT_ON.encode()
    assert "journals: 0 new, 1 already here" in capsys.readouterr().out
    assert list(runner.sessions.iterdir()) == [path]


@pytest.mark.parametrize("is_longer_here", [True, False])
def test_of_a_session_that_went_on_at_both_places_the_longer_one_counts(
    runner: Home,
    is_longer_here: bool,  # noqa: FBT001
    capsys: pytest.CaptureFixture[str],
) -> None:
    """After it was asked for, and the other is kept beside it, once, until the athlete is forgotten."""
    (path,) = runner.sessions.iterdir()
    begun = path.read_bytes()
    ends = [begun + WENT_ON.encode(), begun + ENDED.encode()]
    here, there = ends if is_longer_here else ends[::-1]
    path.write_bytes(there)
    file = packed(runner, "r7.zip")
    path.write_bytes(here)
    assert main(["athlete", "import", str(file)]) == 1
    assert f"session {path.stem}: went on here and in the file" in capsys.readouterr().out
    assert (path.read_bytes(), list(runner.sessions.iterdir())) == (here, [path])
    for _ in range(2):
        assert main(["athlete", "import", str(file), "--merge"]) == 0
        assert path.read_bytes() == ends[0]
        (other,) = runner.sessions.glob(f"{path.name}.*")
        assert (other.read_bytes(), other.stat().st_mode & 0o077) == (ends[1], 0)
    assert [row.id for row in user_files().rows_of(NAME).rows] == [path.stem]
    assert main(["athlete", "forget", NAME, "--yes"]) == 0
    assert list(runner.sessions.glob("*.jsonl*")) == []


HURT = '{"t":61.0,"what":"note","about":"pain","text":"pain 7 of 10","level":7}\n'
ALONE = '{"t":61.0,"what":"note","about":"pain","text":"pain key pressed"}\n'


@pytest.mark.parametrize("is_longer_here", [True, False])
def test_pain_in_the_shorter_journal_of_two_stops_the_programme(runner: Home, is_longer_here: bool) -> None:  # noqa: FBT001
    """It was felt all the same: it is brought into the log once, before a day is decided; a slip put right stays so."""
    (path,) = runner.sessions.iterdir()
    begun = path.read_bytes()
    lines = [begun + WENT_ON.encode(), begun + (WENT_ON.splitlines(keepends=True)[0] + ALONE + HURT).encode()]
    here, there = lines if is_longer_here else lines[::-1]
    path.write_bytes(there)
    file = packed(runner, "r7.zip")
    path.write_bytes(here)
    assert main(["athlete", "import", str(file), "--merge"]) == 0
    assert path.read_bytes() == lines[0]
    for _ in range(2):
        mend_log(user_files(), NAME)
    assert pains() == [1, 7]
    assert user_files().log_of(NAME).entries[-1].day == DAY
    with pytest.raises(NotTodayError):
        check_may_run(user_files(), NAME, DAY, ENGLISH)
    assert main(["checkin", "--correct", "last", "--pain", "2", "--because", "a slip"]) == 0
    mend_log(user_files(), NAME)
    assert pains() == [1, 2]


def test_a_session_that_is_going_on_here_is_not_exchanged(runner: Home) -> None:
    """Whoever writes it keeps writing into the file that is here."""
    (path,) = runner.sessions.iterdir()
    begun = path.read_bytes()
    path.write_bytes(begun + WENT_ON.encode())
    file = packed(runner, "r7.zip")
    path.write_bytes(begun)
    with path.open("rb") as held:
        assert hold(held.fileno())
        main(["athlete", "import", str(file)])
        assert path.read_bytes() == begun


def test_an_entry_of_a_later_version_travels_too(runner: Home, tmp_path: Path, move: Move) -> None:
    """A kind that this program does not know is kept by a merge as it is."""
    back = parted_machines(runner, Home(tmp_path / "clinic"), move)
    with (runner.athlete(NAME) / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"what":"mri","at":"2026-03-05T07:00:00Z","seen":"nothing"}\n')
    main(["athlete", "import", str(back), "--merge"])
    assert '"what":"mri"' in (runner.athlete(NAME) / "log.jsonl").read_text(encoding="utf-8")


def remade(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The file with its members changed."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return target


def listed(members: dict[str, bytes], name: str, raw: bytes) -> None:
    """A member more, in the manifest too."""
    import hashlib  # noqa: PLC0415  # here only

    manifest = json.loads(members[MANIFEST_NAME])
    manifest["members"][name] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    members[MANIFEST_NAME] = json.dumps(manifest).encode()
    members[name] = raw


def with_manifest(key: str, value: object) -> Callable[[dict[str, bytes]], None]:
    """The manifest says something else."""

    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST_NAME] = json.dumps({**json.loads(members[MANIFEST_NAME]), key: value}).encode()

    return change


OTHERS_JOURNAL = b'{"journal":1,"athlete":"b2"}\n'
HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "a name that leads out": (lambda m: listed(m, "../evil.jsonl", b"x"), "is not allowed"),
    "an absolute name": (lambda m: listed(m, "/tmp/evil", b"x"), "is not allowed"),  # noqa: S108  # never written
    "a name of Windows": (lambda m: listed(m, "sessions/..\\evil.jsonl", b"x"), "is not allowed"),
    "a member nobody lists": (lambda m: m.update({"more.txt": b"x"}), "manifest and members differ"),
    "a member that is missing": (lambda m: m.pop("log.jsonl"), "manifest and members differ"),  # type: ignore[dict-item]
    "a changed member": (lambda m: m.update({"log.jsonl": m["log.jsonl"] + b" "}), "does not match its manifest"),
    "another's journal": (lambda m: listed(m, "sessions/a.jsonl", OTHERS_JOURNAL), "belongs to 'b2'"),
    "no manifest": (lambda m: m.pop(MANIFEST_NAME), "no manifest.json"),  # type: ignore[dict-item]
    "a newer version": (with_manifest("cadencecoach_athlete", 3), "reads up to 2"),
    "a newer log": (with_manifest("versions", {"profile": 1, "log": 3, "journal": 1}), "its log has version 3"),
    "no pseudonym": (with_manifest("athlete", "../x"), "names no athlete"),
    "sizes without end": (with_manifest("members", {"log.jsonl": {"bytes": 1e300, "sha256": ""}}), "its size must be"),
    "a profile that is none": (lambda m: listed(m, "profile.json", b"[]"), "not a profile"),
}


@pytest.mark.parametrize(("change", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_and_writes_nothing(  # each is needed
    runner: Home,
    tmp_path: Path,
    move: Move,
    change: Callable[[dict[str, bytes]], None],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line says what is wrong; nothing is left but an empty folder and its lock."""
    file = remade(packed(runner, "r7.zip"), tmp_path / "bad.zip", change)
    clinic = move(Home(tmp_path / "clinic"))
    assert main(["athlete", "import", str(file)]) == 2
    complaint = capsys.readouterr().err
    assert told in complaint
    assert complaint.count("\n") == 1
    assert written_in(clinic) == []


def test_a_bomb_is_never_unpacked(runner: Home, tmp_path: Path, move: Move) -> None:
    """A member that unpacks to more than the manifest says is read no further than that."""

    def swollen(members: dict[str, bytes]) -> None:
        members["log.jsonl"] = b"0" * 5_000_000

    file = remade(packed(runner, "r7.zip"), tmp_path / "bad.zip", swollen)
    clinic = move(Home(tmp_path / "clinic"))
    assert main(["athlete", "import", str(file)]) == 2
    assert written_in(clinic) == []


def test_a_file_that_claims_sixty_times_its_own_size_is_refused(
    runner: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the manifest tells the truth about it: 1.4 MB held 1.4 GB of zeros."""

    def swollen(members: dict[str, bytes]) -> None:
        raw = members["log.jsonl"] = b"\n" * 5_000_000
        manifest = json.loads(members["manifest.json"])
        manifest["members"]["log.jsonl"] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
        members["manifest.json"] = json.dumps(manifest).encode()

    whole, file = remade(packed(runner, "r7.zip"), tmp_path / "whole.zip", swollen), tmp_path / "bad.zip"
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
    clinic = move(Home(tmp_path / "clinic"))
    assert main(["athlete", "import", str(file)]) == 2
    assert "it says it holds 5 MB, more than 60 times its own size" in capsys.readouterr().err
    assert written_in(clinic) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_or_harmless(  # what to damage
    runner: Home,
    tmp_path: Path,
    move: Move,
    place: float,
    byte: int,
    cut: bool,  # noqa: FBT001  # of the strategy
) -> None:
    """Any byte changed, any end cut off: a line and a status, and never a traceback or a file out of place."""
    move(runner)
    source = runner.root / "r7.zip"
    raw = (source if source.exists() else packed(runner, "r7.zip")).read_bytes()
    at = min(len(raw) - 1, int(place * len(raw)))
    bad = tmp_path / "bad.zip"
    bad.write_bytes(raw[:at] if cut else raw[:at] + bytes([byte]) + raw[at + 1 :])
    clinic = move(Home(tmp_path / "clinic"))
    with contextlib.suppress(CadencecoachError), open_file(user_files(), bad) as arrived:
        compare(user_files(), arrived)
    assert not list(clinic.root.rglob(".import-*"))


def test_a_file_that_is_there_is_not_written_over(runner: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """An export asks for another name."""
    file = packed(runner, "r7.zip")
    before = file.read_bytes()
    assert main(["athlete", "export", NAME, "-o", str(file)]) == 2
    assert "already exists" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_the_same_athlete_is_the_same_file(runner: Home) -> None:
    """No time of day and no path of this machine gets into it."""
    one, other = packed(runner, "a.zip"), packed(runner, "b.zip")
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert all(str(runner.root).encode() not in archive.read(name) for name in archive.namelist())


def test_a_profile_of_both_sides_keeps_what_each_added(runner: Home, tmp_path: Path, move: Move) -> None:
    """Shoes of both, the earlier day, the language of the one that has one."""
    file = packed(runner, "r7.zip")
    move(Home(tmp_path / "clinic"))
    make_athlete(user_files(), Profile(athlete=NAME, shoes=("Blue",)))
    assert main(["athlete", "import", str(file)]) == 0
    profile = user_files().read_profile(NAME)
    assert (profile.shoes, profile.created, profile.language) == (("Blue",), DAY, "de")


def test_of_two_corrections_on_two_machines_the_higher_pain_counts_on_both(
    runner: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are kept, and the merge says so; both machines come to the same."""
    file = packed(runner, "r7.zip")
    clinic = move(Home(tmp_path / "clinic"))
    main(["athlete", "import", str(file)])
    why = ("--because", "a slip")
    main(["checkin", "--athlete", NAME, "--correct", "last", "--pain", "2", *why])
    back = packed(clinic, "back.zip")
    move(runner)
    main(["checkin", "--athlete", NAME, "--correct", "last", "--pain", "4", *why])
    there = packed(runner, "there.zip")
    for home, other in ((runner, back), (clinic, there)):
        move(home)
        capsys.readouterr()
        assert main(["athlete", "import", str(other), "--merge"]) == 0
        assert "corrects the same entry and is the safer of the two; both are kept" in capsys.readouterr().err
        log = user_files().log_of(NAME)
        assert [one.pain for one in log.entries if isinstance(one, CheckIn)] == [4]
        assert sorted(one.pain or 0 for one in log.every if isinstance(one, CheckIn)) == [1, 2, 4]
    logs = [(home.athlete(NAME) / "log.jsonl").read_bytes() for home in (runner, clinic)]
    assert logs[0] == logs[1]


@pytest.mark.parametrize("is_clinic_first", [False, True])
@pytest.mark.parametrize("what", ["hold", "step back", "limp"])
def test_what_a_person_or_the_body_holds_back_is_ended_by_no_set_of_a_machine_that_knew_nothing_of_it(
    runner: Home,
    tmp_path: Path,
    move: Move,
    what: str,
    is_clinic_first: bool,  # noqa: FBT001  # the order
) -> None:
    """Though later by the clock, behind an entry that both know, merged in either order and again."""
    file = packed(runner, "r7.zip")
    clinic = move(Home(tmp_path / "clinic"))
    main(["athlete", "import", str(file)])
    move(runner)
    held = Decided(at="2026-03-02T08:00:00Z", day=DAY, verdict=what, level=1, reasons=("new job",), by_hand=True)
    limps = CheckIn(at="2026-03-02T08:00:00Z", day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.LIMP}))
    user_files().add_entries(NAME, limps if what == "limp" else held)
    both = CheckIn(at="2026-03-02T09:00:00Z", day=DAY, moment=Moment.MORNING, pain=0, device="third")
    for home in (runner, clinic):
        move(home)
        user_files().add_entries(NAME, both)
    path = clinic.root / "text.yaml"
    path.write_text(TINY, encoding="utf-8")
    assert main(["programme", "start", str(path), "--athlete", NAME, "--from", "2", "--because", "goes on"]) == 0
    today = user_files().log_of(NAME).every[-1].day
    files = {runner: packed(move(runner), "a.zip"), clinic: packed(move(clinic), "b.zip")}
    first, second = (clinic, runner) if is_clinic_first else (runner, clinic)
    for home, other in ((first, second), (second, first), (first, second)):
        move(home)
        assert main(["athlete", "import", str(files[other]), "--merge"]) == 0
        decision = under_way(user_files(), NAME).decision(today)
        wanted = {"hold": Verdict.HOLD, "step back": Verdict.STEP_BACK, "limp": Verdict.STOP}[what]
        assert decision.move is wanted
    said = "end-stop" if what == "limp" else "take-back"
    assert main(["programme", said, "--athlete", NAME, "--because", "seen"]) == 0
    assert under_way(user_files(), NAME).decision(today).move is not wanted
