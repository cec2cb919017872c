"""Everything kept as one file, and put back: nothing is missing, nothing here is lost, nothing hostile gets in."""

import hashlib
import json
import os
import shlex
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home, opened
from each_row import each_row
from sessions_folder import keep_journal

from cadencecoach.cli.main import main
from cadencecoach.desk.backup.manifest import is_kept_name
from cadencecoach.desk.backup.packing import back_up
from cadencecoach.desk.travel.archive import MANIFEST_NAME
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.devices.lock import hold
from cadencecoach.devices.user_folders import settings_folder
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.journal import read_journal
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.sensor_book import Remembered, change_book, open_book
from cadencecoach.store.settings import find_settings
from cadencecoach.store.sound_book import SoundBook, keep_sound_book, open_sound_book
from cadencecoach.store.user_store import user_files, user_machine

NAMES = ("r7", "r8")
Move = Callable[[Home], Home]
Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Go to another machine."""
    return lambda home: home.move_in(monkeypatch)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine with two athletes, a programme, sessions, an index, settings and both books; made once."""
    folder = tmp_path_factory.mktemp("machine")
    with pytest.MonkeyPatch.context() as patch:
        _fill(Home(folder / "mine").move_in(patch))
    return folder / "mine"


@pytest.fixture
def mine(machine: Path, tmp_path: Path, move: Move) -> Home:
    """A copy of it, on which we are."""
    shutil.copytree(machine, tmp_path / "mine")
    return move(Home(tmp_path / "mine"))


def _fill(home: Home) -> None:
    for name in NAMES:
        make_athlete(user_files(), Profile(athlete=name, created=DAY, language="de"))
        said(name, "2026-03-02T07:00:00Z", pain=1)
    raw, programme = opened(TINY)
    begin(
        user_files(),
        ProgrammeOrder(athlete="r7", raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY),
    )
    home.journal("2026-03-02", "r7")
    home.journal("2026-03-04", "r8")
    keep_journal(home.sessions, "2026-03-05")
    assert main(["history", "list"]) == 0
    assert main(["settings", "set", "units", "imperial"]) == 0
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(Remembered(name="Pod A", address="A")))
    keep_sound_book(
        user_machine().sounds_file,
        SoundBook(device="Headphones", delays_s={"Headphones": 0.2}, volumes_db={"Headphones": (-6.0, 0.0)}),
    )


def said(name: str, at: str, *, pain: int) -> None:
    """A check-in."""
    user_files().add_entries(name, CheckIn(at=at, day=DAY, moment=Moment.MORNING, pain=pain))


def packed(folder: Path, name: str = "all.backup") -> Path:
    """A backup of the machine we are on."""
    path = folder / name
    back_up(user_files(), path, made=AT)
    return path


def snapshot(home: Home) -> dict[str, tuple[bytes, int]]:
    """Every file of a machine with its bytes and its time, but for locks."""
    files = [path for path in home.root.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {str(path.relative_to(home.root)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_what_was_wiped_is_back_byte_for_byte(mine: Home, tmp_path: Path) -> None:
    """Athletes, logs, programmes, sessions, index, books, settings; with their times, for their owner only."""
    before = snapshot(mine)
    assert {path.rpartition("/")[2] for path in before} >= {
        "log.jsonl", "profile.json", "programme.yaml", "index.sqlite", "settings.toml", "sensors.json", "sound.json",
    }  # fmt: skip
    file = packed(tmp_path)
    shutil.rmtree(mine.root)
    assert main(["restore", str(file)]) == 0
    assert snapshot(mine) == before
    if os.name == "posix":
        assert {path.stat().st_mode & 0o77 for path in (file, *mine.root.rglob("*"))} == {0}


def test_a_second_restore_changes_nothing(
    mine: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """On this machine and on another; all of it is told as being here already."""
    file, before = packed(tmp_path), snapshot(mine)
    assert main(["restore", str(file)]) == 0
    assert snapshot(mine) == before
    other = move(Home(tmp_path / "other"))
    assert main(["restore", str(file)]) == 0
    capsys.readouterr()
    once = snapshot(other)
    assert main(["restore", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["new"], found["kept"], found["same"]) == ({}, [], found["files"])
    assert snapshot(other) == once


def test_nothing_that_was_written_since_is_lost(mine: Home, tmp_path: Path) -> None:
    """Entries, sessions, settings and sensors that are newer than the backup stay; what was deleted comes back."""
    file = packed(tmp_path)
    said("r7", "2026-03-03T07:00:00Z", pain=2)
    new = mine.journal("2026-03-09", "r7")
    shutil.rmtree(mine.athlete("r8"))
    gone = mine.sessions / "2026-03-02T080000Z.jsonl"
    gone.unlink()
    main(["settings", "set", "speed_as", "pace"])
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(Remembered(name="Pod B", address="B")))
    before = snapshot(mine)
    assert main(["restore", str(file)]) == 0
    after = snapshot(mine)
    assert {name: after[name] for name in before if "index" not in name} == {
        name: kept for name, kept in before.items() if "index" not in name
    }
    assert new.exists()
    assert gone.exists()
    assert len(user_files().log_of("r8").entries) == 1


def test_athletes_that_went_on_at_both_places_are_told_or_joined(
    mine: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --merge nothing at all is written; with it every entry of both is there."""
    file = packed(tmp_path)
    other = move(Home(tmp_path / "other"))
    make_athlete(user_files(), Profile(athlete="r7", created=DAY))
    said("r7", "2026-03-03T07:00:00Z", pain=5)
    before = snapshot(other)
    capsys.readouterr()
    assert main(["restore", str(file)]) == 1
    assert "r7: log: 1 entry only here, 2 only in the file" in capsys.readouterr().out
    assert snapshot(other) == before
    assert main(["restore", str(file), "--merge"]) == 0
    pains = [one.pain for one in user_files().log_of("r7").entries if isinstance(one, CheckIn)]
    assert sorted(pains, key=str) == [1, 5]
    assert user_files().read_profile("r7").language == "de"
    assert mine.root != other.root


def test_journals_of_one_name_are_never_written_over(
    mine: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A different one stays as it is and is told; one that is only the beginning gets its end back."""
    file = packed(tmp_path)
    first, second, third = sorted(mine.sessions.glob("*.jsonl"))
    whole = first.read_bytes()
    first.write_bytes(whole[: len(whole) // 2])
    second.write_bytes(b'{"journal":1}\n')
    third.write_bytes(third.read_bytes() + b"\n")
    longer = third.read_bytes()
    capsys.readouterr()
    assert main(["restore", str(file)]) == 0
    assert f"sessions/{second.name} is here and differs" in capsys.readouterr().out
    assert (first.read_bytes(), second.read_bytes(), third.read_bytes()) == (whole, b'{"journal":1}\n', longer)


def test_a_session_that_went_on_at_both_places_keeps_both_journals(
    mine: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told first; with --merge the longer one counts, and the other is kept beside it."""
    first, second, _ = sorted(mine.sessions.glob("*.jsonl"))
    begun = first.read_bytes(), second.read_bytes()
    gap = b'{"t":60.0,"what":"gap","gap_s":60.0,"reason":"broke off"}\n'
    ends = (gap + b'{"t":600.0,"what":"alive"}\n', b'{"t":60.0,"what":"end","reason":"interrupted","is_added":true}\n')
    first.write_bytes(begun[0] + ends[0])
    second.write_bytes(begun[1] + ends[1])
    file = packed(tmp_path)
    first.write_bytes(begun[0] + ends[1])
    second.write_bytes(begun[1] + ends[0])
    capsys.readouterr()
    before = snapshot(mine)
    assert main(["restore", str(file)]) == 1
    assert f"session {first.stem}: went on here and in the backup" in capsys.readouterr().out
    assert snapshot(mine) == before
    for _ in range(2):
        assert main(["restore", str(file), "--merge"]) == 0
        assert (first.read_bytes(), second.read_bytes()) == (begun[0] + ends[0], begun[1] + ends[0])
        kept = [next(mine.sessions.glob(f"{path.name}.*")).read_bytes() for path in (first, second)]
        assert kept == [begun[0] + ends[1], begun[1] + ends[1]]


@pytest.mark.parametrize("left", [0, 1, 20])
def test_a_journal_that_was_cut_in_its_header_comes_back(mine: Home, tmp_path: Path, left: int) -> None:
    """Nothing in it is of another session."""
    file = packed(tmp_path)
    path = min(mine.sessions.glob("*.jsonl"))
    whole = path.read_bytes()
    path.write_bytes(whole[:left])
    assert main(["restore", str(file)]) == 0
    assert path.read_bytes() == whole


def test_a_journal_that_is_being_written_is_left_alone(mine: Home, tmp_path: Path) -> None:
    """Though it is the beginning of the one in the backup."""
    file = packed(tmp_path)
    path = min(mine.sessions.glob("*.jsonl"))
    begun = path.read_bytes()[:100]
    path.write_bytes(begun)
    with path.open("rb") as running:
        assert hold(running.fileno())
        assert main(["restore", str(file)]) == 0
    assert path.read_bytes() == begun


def test_settings_and_books_are_joined(
    mine: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is said here holds; what only the backup says is added."""
    main(["settings", "set", "click_db", "-20"])
    file = packed(tmp_path)
    move(Home(tmp_path / "other"))
    main(["settings", "set", "units", "metric"])
    change_book(user_machine().sensors_file, lambda book: book.with_sensor(Remembered(name="Pod B", address="B")))
    keep_sound_book(
        user_machine().sounds_file,
        SoundBook(delays_s={"Headphones": 0.1, "Card": 0.3}, volumes_db={"Card": (3.0, 0.0)}),
    )
    capsys.readouterr()
    assert main(["restore", str(file)]) == 0
    assert "display.units stays 'metric'; the backup has 'imperial'" in capsys.readouterr().out
    assert (find_settings(user_machine(), None).display.units, find_settings(user_machine(), None).sound.click_db) == (
        "metric",
        -20.0,
    )
    assert [one.name for one in open_book(user_machine().sensors_file).sensors] == ["Pod B", "Pod A"]
    assert open_sound_book(user_machine().sounds_file) == SoundBook(
        device="Headphones",
        delays_s={"Headphones": 0.1, "Card": 0.3},
        volumes_db={"Headphones": (-6.0, 0.0), "Card": (3.0, 0.0)},
    )
    assert mine.root.exists()


def test_a_session_that_runs_is_packed_in_whole_lines(mine: Home, tmp_path: Path, move: Move) -> None:
    """As far as it has come, and what is written meanwhile is not half in it."""
    path = mine.sessions / "2026-03-10T080000Z.jsonl"
    head = '{"journal":1,"started":"2026-03-10T08:00:00Z","athlete":"r7"}'
    with JournalFile(path, head) as running:
        running.write('{"t":1.0,"what":"feet","state":"live"}')
        running.flush()
        with path.open("ab") as torn:
            torn.write(b'{"t":2.0,"wh')
        done = back_up(user_files(), tmp_path / "all.zip", made=AT)
        assert any("2026-03-10T080000Z is running" in note for note in done.notes)
    other = move(Home(tmp_path / "other"))
    assert main(["restore", str(tmp_path / "all.zip")]) == 0
    lines = (other.sessions / path.name).read_bytes()
    assert lines.endswith(b"}\n")
    assert len(read_journal(lines.splitlines()).lines) == 1


def test_a_password_is_not_packed(mine: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither where it holds nor in a remark; what is here keeps it, and the person is told."""
    path = settings_folder() / "settings.toml"
    text = '[voice]\nspeaker = "http://anna:geheim@host"  # once http://b:geheim2@host\n'
    path.write_text(text, encoding="utf-8")
    file = tmp_path / "all.zip"
    assert main(["backup", str(file)]) == 0
    assert "settings.toml: a password in an address is left out" in capsys.readouterr().err
    with zipfile.ZipFile(file) as archive:
        assert not any(b"geheim" in archive.read(name) for name in archive.namelist())
    assert path.read_text(encoding="utf-8") == text
    assert main(["restore", str(file)]) == 0
    assert find_settings(user_machine(), None).voice.speaker == "http://anna:geheim@host"
    path.write_text("", encoding="utf-8")
    assert main(["restore", str(file)]) == 0
    assert find_settings(user_machine(), None).voice.speaker == ""
    assert mine.root.exists()


@pytest.mark.usefixtures("mine")
def test_the_command_that_puts_it_back_runs_as_it_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a blank in the name, as many folders have one."""
    capsys.readouterr()
    assert main(["backup", str(tmp_path / "my runs.zip")]) == 0
    hint = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Put it back with: "))
    program, *words = shlex.split(hint.removeprefix("Put it back with: "))
    assert program == "cadencecoach"
    assert main(words) == 0
    assert "restored" not in capsys.readouterr().out  # all is here


def test_a_backup_is_never_lost_in_silence(mine: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays without --force; nothing is written among what is backed up."""
    file = tmp_path / "all.zip"
    file.write_bytes(b"mine")
    assert main(["backup", str(file)]) == 2
    assert file.read_bytes() == b"mine"
    assert main(["backup", str(file), "--force"]) == 0
    assert zipfile.is_zipfile(file)
    for folder in (user_files().folder, mine.sessions, settings_folder()):
        assert main(["backup", str(folder / "all.zip")]) == 2
        assert "choose a" in capsys.readouterr().err
        assert not (folder / "all.zip").exists()


def test_where_nothing_is_kept_there_is_nothing_to_back_up(
    tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, and no file."""
    move(Home(tmp_path / "empty"))
    assert main(["backup", str(tmp_path / "all.zip")]) == 2
    assert "nothing is kept yet" in capsys.readouterr().err
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_links_are_followed_once_and_pipes_are_told(mine: Home, tmp_path: Path, move: Move) -> None:
    """Sessions on another disk are packed; a link that leads back up ends; a pipe is left out and named."""
    if sys.platform == "win32":
        pytest.skip("not on this system")
    before = snapshot(mine)
    elsewhere = tmp_path / "disk"
    mine.sessions.rename(elsewhere)
    mine.sessions.symlink_to(elsewhere)
    (user_files().folder / "round").symlink_to(user_files().folder)
    os.mkfifo(user_files().folder / "pipe")
    done = back_up(user_files(), tmp_path / "all.zip", made=AT)
    assert any("data/pipe" in note for note in done.notes)
    other = move(Home(tmp_path / "other"))
    assert main(["restore", str(tmp_path / "all.zip")]) == 0
    assert snapshot(other) == before


def remade(source: Path, target: Path, change: Change) -> Path:
    """The file with its members changed."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return target


def listed(name: str, raw: bytes = b"x", **more: object) -> Change:
    """A member more, in the manifest too."""

    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[MANIFEST_NAME])
        manifest["members"][name] = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest(), **more}
        members[MANIFEST_NAME] = json.dumps(manifest).encode()
        members[name] = raw

    return change


def with_manifest(**words: object) -> Change:
    """The manifest says something else."""

    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST_NAME] = json.dumps({**json.loads(members[MANIFEST_NAME]), **words}).encode()

    return change


LOG = "data/athletes/r7/log.jsonl"
HOSTILE: dict[str, tuple[Change, str]] = {
    "a name that leads out": (listed("data/../evil"), "is not allowed"),
    "a name beside ours": (listed("other/evil"), "is not allowed"),
    "an absolute name": (listed("/tmp/evil"), "is not allowed"),  # noqa: S108  # never written
    "a name of Windows": (listed("data\\..\\evil"), "is not allowed"),
    "a drive": (listed("data/C:evil"), "is not allowed"),
    "a device of Windows": (listed("data/sessions/nul.jsonl"), "is not allowed"),
    "a hidden file": (listed("settings/.lock"), "is not allowed"),
    "a folder under a file": (listed(f"{LOG}/more"), "cannot be unpacked"),
    "a member nobody lists": (lambda m: m.update({"more.txt": b"x"}), "manifest and members differ"),
    "a member that is missing": (lambda m: m.pop(LOG), "manifest and members differ"),  # type: ignore[dict-item]
    "a changed member": (lambda m: m.update({LOG: m[LOG] + b" "}), "does not match its manifest"),
    "a time without end": (listed("data/x", changed_ns=1 << 70), "the time of its last change"),
    "a bomb that lies": (lambda m: m.update({LOG: b"0" * 3_000_000}), "does not match its manifest"),
    "a bomb that does not": (listed("data/x", b"0" * 3_000_000), "60 times its own size"),
    "no manifest": (lambda m: m.pop(MANIFEST_NAME), "no manifest.json"),  # type: ignore[dict-item]
    "another manifest": (lambda m: m.update({MANIFEST_NAME: b"[" * 9000}), "does not say that it is a backup"),
    "a newer version": (with_manifest(cadencecoach_backup=2), "reads up to 1"),
    "an athlete's file": (with_manifest(cadencecoach_athlete=1), "athlete import"),
    "no members": (with_manifest(members=[]), "must list"),
}


@pytest.mark.parametrize(("change", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_one_line_and_changes_nothing(
    mine: Home, tmp_path: Path, move: Move, change: Change, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither here, where all of it is kept already, nor on an empty machine."""
    file, before = remade(packed(tmp_path), tmp_path / "bad.zip", change), snapshot(mine)
    other = Home(tmp_path / "other")
    for home, kept in ((mine, before), (other, {})):
        move(home)
        capsys.readouterr()
        assert main(["restore", str(file)]) == 2
        complaint = capsys.readouterr().err
        assert told in complaint
        assert complaint.count("\n") == 1
        assert snapshot(home) == kept
    assert not (tmp_path / "evil").exists()


@pytest.mark.skipif(os.name != "posix", reason="modes in archives")
def test_a_link_in_an_archive_is_only_text(mine: Home, tmp_path: Path, move: Move) -> None:
    """A member that calls itself a link becomes a plain file with the bytes it has."""
    file = tmp_path / "bad.zip"
    with zipfile.ZipFile(packed(tmp_path)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    listed("data/sessions/link.jsonl", b"/etc/passwd")(members)
    with zipfile.ZipFile(file, "w") as archive:
        for name, raw in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (0o120777 if name.endswith("link.jsonl") else 0o600) << 16
            archive.writestr(info, raw)
    other = move(Home(tmp_path / "other"))
    assert main(["restore", str(file)]) == 0
    link = other.sessions / "link.jsonl"
    assert not link.is_symlink()
    assert link.read_bytes() == b"/etc/passwd"
    assert mine.root.exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100, None], ids=["empty", "begun", "text", "cut"])
def test_a_damaged_file_is_one_line(
    mine: Home, tmp_path: Path, move: Move, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Empty, foreign, or cut in the middle."""
    whole = packed(tmp_path).read_bytes()
    file = tmp_path / "bad.zip"
    file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    other = move(Home(tmp_path / "other"))
    capsys.readouterr()
    for path in (file, tmp_path, tmp_path / "nowhere.zip"):
        assert main(["restore", str(path)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert snapshot(other) == {}
    assert mine.root.exists()


def test_each_byte_that_changes_is_noticed(mine: Home, tmp_path: Path, move: Move) -> None:
    """Wherever it is: all is put back as it was, or nothing is."""
    whole, before = packed(tmp_path).read_bytes(), {name: raw for name, (raw, _) in snapshot(mine).items()}
    file = tmp_path / "bad.zip"
    for n, place in enumerate(range(0, len(whole), len(whole) // 12)):
        file.write_bytes(whole[:place] + bytes((whole[place] ^ 0xFF,)) + whole[place + 1 :])
        other = move(Home(tmp_path / f"other{n}"))
        main(["restore", str(file)])
        assert {name: raw for name, (raw, _) in snapshot(other).items()} in (before, {})


def test_names_too_alike_to_keep_both_are_refused(
    mine: Home, tmp_path: Path, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some disks take R7 and r7 for the same."""
    file = packed(tmp_path)
    other = move(Home(tmp_path / "other"))
    make_athlete(user_files(), Profile(athlete="R7", created=DAY))
    before = snapshot(other)
    assert main(["restore", str(file)]) == 2
    assert "too alike" in capsys.readouterr().err
    assert snapshot(other) == before
    assert mine.root.exists()


@each_row(
    ("name", "is_kept"),
    [
        ("data/sessions/2026-03-02T080000Z.jsonl", True),
        ("data/sessions/mein Lauf \u00fc.jsonl", True),
        ("settings/a.toml", True),
        ("data", False),
        ("data/", False),
        ("data//x", False),
        ("data/.x", False),
        ("data/x.", False),
        ("data/x ", False),
        ("data/a\nb", False),
        ("data/" + "x" * 200, True),
        ("data/" + "x" * 201, False),
        ("data/1/2/3/4/5/6/7", True),
        ("data/1/2/3/4/5/6/7/8", False),
        ("data/com1", False),
        ("data/COM1.txt", False),
        ("data/com10", True),
    ],
)
def test_only_names_that_every_system_takes_travel(name: str, is_kept: bool) -> None:  # noqa: FBT001  # of the table
    """Paths below one of our two folders; long ones up to their limits."""
    assert is_kept_name(name) is is_kept
