"""A backup put back, and nothing that is here is lost.

What is not here is added, what is the same stays. Where both differ, athletes are joined as those of a travelling file
are, settings and remembered devices one by one, and of anything else the one here stays.

All of it is unpacked, checked and compared before anything is changed.
"""

import contextlib
import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cadencecoach.desk.backup.files import ATHLETES, INDEX, SESSIONS, athlete_of, place_of
from cadencecoach.desk.backup.joining import JOINS
from cadencecoach.desk.backup.manifest import MAX_MEMBERS, OF_DATA, OF_SETTINGS, Manifest, manifest_in
from cadencecoach.desk.travel.archive import CHUNK_BYTES, Member, manifest_raw, tell_damage, unpack
from cadencecoach.desk.travel.comparing import Compared, compare
from cadencecoach.desk.travel.journals import Further, compare_journals, take_longer
from cadencecoach.desk.travel.manifest import Manifest as AthleteManifest
from cadencecoach.desk.travel.manifest import is_member_name
from cadencecoach.desk.travel.opening import Arrived
from cadencecoach.desk.travel.taking import How, take_in
from cadencecoach.devices.input_file import open_plain
from cadencecoach.devices.lock import is_held
from cadencecoach.devices.private_file import FILE_MODE, make_private_folder
from cadencecoach.errors import UsageError
from cadencecoach.store.athlete_journals import athlete_in
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.finding import ENDING
from cadencecoach.store.forgotten_names import FORGOTTEN_FILE, forgotten_names_in, was_forgotten_since
from cadencecoach.store.own_files import LOG_NAME, PROFILE_NAME

_FURTHER = {
    Further.SAME: "same",
    Further.HERE: "same",
    Further.THERE: "longer",
    Further.PARTED: "parted",
    Further.ANOTHER: "other",
}
FORGOTTEN = f"{OF_DATA}{FORGOTTEN_FILE}"
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A backup, unpacked and checked.

    Attributes:
        manifest: as it says
        folder: where its members lie, under the names of the manifest
        store: where data and settings belong
    """

    manifest: Manifest
    folder: Path
    store: FileStore

    def place_of(self, member: Member) -> Path:
        """Where a member belongs."""
        return place_of(member.name, self.store.folder, self.store.machine.settings_folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What a backup and this machine have of the same name.

    Attributes:
        new: is not here
        same: is here, byte for byte, or here it has gone on since
        longer: journals of sessions that went on in the backup alone
        parted: journals of sessions that went on here and in the backup, each in its own way
        other: differs, and stays as it is here
        athletes: those that are here and differ, as they would be joined
        forgotten: how many files of athletes are left out who were forgotten here since the backup was made
    """

    new: tuple[Member, ...]
    same: tuple[Member, ...]
    longer: tuple[Member, ...]
    parted: tuple[Member, ...]
    other: tuple[Member, ...]
    athletes: tuple[tuple[Arrived, Compared], ...]
    forgotten: int = 0

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What cannot be decided without being told, in words."""
        return (
            *(f"session {Path(member.name).stem}: went on here and in the backup" for member in self.parted),
            *(f"{arrived.manifest.athlete}: {words}" for arrived, found in self.athletes for words in found.conflicts),
        )


@dataclass(slots=True, kw_only=True)
class Restored:
    """What was done.

    Attributes:
        n_new: files added, by kind: `athletes` (people), `sessions`, `settings`, `others`
        joined: athletes that were here, and have what the backup adds
        n_same: files that were here already
        kept: files that differ, and stay as they are here
        notes: settings that differ
    """

    n_new: dict[str, int] = field(default_factory=dict)
    joined: tuple[str, ...] = ()
    n_same: int = 0
    kept: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@contextlib.contextmanager
def open_backup(store: FileStore, path: Path) -> Iterator[Unpacked]:
    """A backup, unpacked for as long as it is looked at.

    Raises:
        UsageError: it cannot be read, or is not what it says; nothing was changed
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open_plain(path, what="backup"))
        with tell_damage(path, "a backup", "nothing was restored"):
            archive = stack.enter_context(zipfile.ZipFile(file))
            wanted = "a file from `cadencecoach backup` can be restored"
            manifest = manifest_in(manifest_raw(archive, most=MAX_MEMBERS, wanted=wanted))
            folder = stack.enter_context(store.staging_folder())
            unpack(archive, file, manifest.members, folder)
        yield Unpacked(manifest=manifest, folder=folder, store=store)


def look_at(backup: Unpacked) -> Differences:
    """Compare it with what is here. Nothing is written.

    Raises:
        UsageError, JournalError: an athlete here cannot be read, or is called almost like one in the backup
    """
    found: dict[str, list[Member]] = {"new": [], "same": [], "longer": [], "parted": [], "other": []}
    differing: dict[str, list[Member]] = {}
    backup, forgotten = _without_forgotten(backup)
    for member in backup.manifest.members:
        how, athlete = _compare(backup, member), athlete_of(member.name)
        if how == "other" and athlete and is_member_name(_own_name(member)):
            differing.setdefault(athlete, []).append(member)
        else:
            found[how].append(member)
    _check_names(backup)
    arrived = [_arrival(backup, athlete) for athlete in differing]
    return Differences(
        forgotten=forgotten,
        **{how: tuple(members) for how, members in found.items()},
        athletes=tuple((one, compare(backup.store, one)) for one in arrived),
    )


def restore(backup: Unpacked, found: Differences, how: How) -> Restored:
    """Put it back. What is interrupted can be done again: the same backup gives the same end.

    Raises:
        UsageError: it cannot be written, or an athlete differs on both sides and nobody said to join them
    """
    if found.conflicts and how is How.ASK:
        raise UsageError(f"not restored ({'; '.join(found.conflicts)}): use --merge")
    restored = Restored(n_same=len(found.same))
    kept = [member for member in found.other if member.name not in {*JOINS, FORGOTTEN}]
    try:
        with backup.store.lock_athletes():
            is_fresh = not any(
                member.name.startswith(SESSIONS) for member in (*found.same, *found.other, *found.longer, *found.parted)
            )
            for member in sorted(found.new, key=_order):
                if member.name == INDEX and not is_fresh:
                    continue  # of other sessions than will be here; it is made again from the journals
                if not _put(backup, member):
                    kept.append(member)
                else:
                    _count(restored, member)
            _put_further(backup, found, restored)
        for arrived, compared in found.athletes:
            take_in(backup.store, arrived, compared, how)
        restored.notes = tuple(_join(backup, found.other))
        backup.store.add_forgotten_names(forgotten_names_in(backup.folder / FORGOTTEN))
        if found.forgotten:
            whose = "of athletes who were forgotten since the backup was made"
            restored.notes = (*restored.notes, f"{found.forgotten} files {whose} stay away")
    except OSError as error:
        words = (
            f"{error.filename or ''} cannot be written: {error.strerror or error}; restore again when that is mended"
        )
        raise UsageError(words) from error
    restored.joined = tuple(arrived.manifest.athlete for arrived, _ in found.athletes)
    restored.kept = tuple(member.name for member in kept if member.name != INDEX)
    return restored


def _put_further(backup: Unpacked, found: Differences, restored: Restored) -> None:
    """Journals of sessions that went on after the backup, or after the one here was written."""
    for member in found.longer:
        _put_longer(backup, member)
        _count(restored, member)
    for member in found.parted:
        if take_longer(backup.store, Path(member.name).stem, backup.folder / member.name):
            _count(restored, member)
        else:
            restored.n_same += 1


def _join(backup: Unpacked, others: Sequence[Member]) -> Iterator[str]:
    """Settings and books; one that cannot be used stays as it is, and is told."""
    for member in others:
        if member.name in JOINS:
            try:
                yield from JOINS[member.name](backup.place_of(member), backup.folder / member.name)
            except UsageError as error:
                yield f"{member.name} was not joined: {error}"


def _without_forgotten(backup: Unpacked) -> tuple[Unpacked, int]:
    """The backup without whoever was forgotten here since it was made, and how many files those were."""
    forgotten, made = backup.store.forgotten_names(), backup.manifest.made

    def whose(member: Member) -> str:
        if member.name.startswith(SESSIONS):
            return athlete_in(backup.folder / member.name) or ""
        return athlete_of(member.name)

    kept = tuple(one for one in backup.manifest.members if not was_forgotten_since(forgotten, whose(one), made))
    n_left_out = len(backup.manifest.members) - len(kept)
    return replace(backup, manifest=replace(backup.manifest, members=kept)), n_left_out


def _own_name(member: Member) -> str:
    """The name of a file within its athlete's folder; empty for any other file."""
    return member.name.removeprefix(ATHLETES).partition("/")[2] if athlete_of(member.name) else ""


def _compare(backup: Unpacked, member: Member) -> str:
    """How a file in the backup and the one here of its name differ."""
    here, there = backup.place_of(member), backup.folder / member.name
    if not os.path.lexists(here):
        return "new"
    if not here.is_file():
        return "other"
    if member.name.startswith(SESSIONS) and member.name.endswith(ENDING):
        return _FURTHER[compare_journals(here.open("rb"), there.open("rb"))] if not is_held(here) else "same"
    here_bytes, there_bytes = here.stat().st_size, member.n_bytes
    if not _begin_alike(here, there, min(here_bytes, there_bytes)):
        return "other"
    if here_bytes == there_bytes:
        return "same"
    has_gone_on = here_bytes > there_bytes and _own_name(member) == LOG_NAME
    return "same" if has_gone_on else "other"


def _begin_alike(one: Path, other: Path, n_bytes: int) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        while n_bytes > 0:
            part = first.read(min(CHUNK_BYTES, n_bytes))
            if not part or part != second.read(len(part)):
                return False
            n_bytes -= len(part)
    return True


def _check_names(backup: Unpacked) -> None:
    """Refuse an athlete whose name differs from one here by capitals only: some disks take them for the same."""
    here = {name.casefold(): name for name in backup.store.athlete_names()}
    for athlete in {athlete_of(member.name) for member in backup.manifest.members} - {""}:
        alike = here.get(athlete.casefold(), athlete)
        if alike != athlete:
            raise UsageError(
                f"{athlete} is in the backup, and {alike} is here: the names are too alike to keep both; "
                "nothing was restored"
            )


def _arrival(backup: Unpacked, athlete: str) -> Arrived:
    """One athlete of the backup, as of a travelling file; the journals are compared by themselves."""
    own = [member for member in backup.manifest.members if athlete_of(member.name) == athlete]
    members = tuple(
        Member(name=_own_name(member), n_bytes=member.n_bytes, sha256=member.sha256)
        for member in own
        if is_member_name(_own_name(member))
    )
    manifest = AthleteManifest(athlete=athlete, app=backup.manifest.app, made=backup.manifest.made, members=members)
    return Arrived(manifest=manifest, folder=backup.folder / ATHLETES / athlete)


def _order(member: Member) -> tuple[int, str]:
    """Journals first; of an athlete, what makes one last, so that nobody is half here."""
    last = athlete_of(member.name) and _own_name(member) in {LOG_NAME, PROFILE_NAME}
    return (0 if member.name.startswith(SESSIONS) else 2 if last else 1), member.name


def _count(restored: Restored, member: Member) -> None:
    kinds = {SESSIONS: "sessions", OF_SETTINGS: "settings"}
    kind = next((kind for prefix, kind in kinds.items() if member.name.startswith(prefix)), "others")
    if athlete_of(member.name):
        kind = "athletes" if _own_name(member) in {LOG_NAME, PROFILE_NAME} else "others"
    restored.n_new[kind] = restored.n_new.get(kind, 0) + 1


def _put(backup: Unpacked, member: Member) -> bool:
    """Put a file where it belongs, with its time; False where something has come to be there."""
    target = backup.place_of(member)
    make_private_folder(target.parent)
    draft = _draft(backup, member, target)
    try:
        os.link(draft, target)
    except FileExistsError:
        return False
    except OSError:  # a disk where a file has but one name
        if os.path.lexists(target):
            return False
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _put_longer(backup: Unpacked, member: Member) -> None:
    target = backup.place_of(member)
    _draft(backup, member, target).replace(target)


def _draft(backup: Unpacked, member: Member, target: Path) -> Path:
    """The file under a hidden name beside its place."""
    draft = target.with_name(f".{target.name[:40]}.restore-{os.getpid()}")
    staged = backup.folder / member.name
    with (
        staged.open("rb") as source,
        os.fdopen(os.open(draft, _WRITE, FILE_MODE), "wb") as out,
    ):
        shutil.copyfileobj(source, out)
        out.flush()
        os.fsync(out.fileno())
    os.utime(draft, ns=(member.changed_ns, member.changed_ns))
    return draft
