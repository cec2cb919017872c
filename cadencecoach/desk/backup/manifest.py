"""What stands at the head of a backup: which program wrote it when, and the hash of every file in it."""

import json
import re
from dataclasses import dataclass

from cadencecoach.desk.travel.archive import Member, manifest_json, manifest_word, members_in, members_json
from cadencecoach.desk.travel.manifest import MARK as ATHLETE_MARK
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import UsageError

FORM = 1
MARK = "cadencecoach_backup"
OF_DATA, OF_SETTINGS = "data/", "settings/"
MAX_MEMBERS = 1_000_000
MAX_ALL_BYTES = 200_000_000_000
MAX_DEPTH, MAX_NAME_CHARS = 8, 400
# One step of a path that every kind of system takes: nothing hidden, nothing that leads out, no device of Windows.
_STEP = re.compile(r"""(?![ .])[^/\\:*?"<>|]{1,200}(?<![ .])""")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The head of a backup.

    Attributes:
        app: program and version that wrote it
        made: wall time, a label
        members: everything else in it
    """

    app: str
    made: str
    members: tuple[Member, ...]


def is_kept_name(name: str) -> bool:
    """Whether a name may stand in a backup: a path below one of our two folders, on any kind of system."""
    steps = name.split("/")
    return (
        name.startswith((OF_DATA, OF_SETTINGS))
        and len(steps) <= MAX_DEPTH
        and len(name) <= MAX_NAME_CHARS
        and name.isprintable()
        and all(_STEP.fullmatch(step) and not _DEVICE.fullmatch(step) for step in steps)
    )


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it is packed."""
    told = {MARK: FORM, "app": manifest.app, "made": manifest.made, "members": members_json(manifest.members)}
    return f"{json.dumps(told, indent=1)}\n".encode()


def manifest_in(raw: bytes) -> Manifest:
    """The manifest in the bytes of a file.

    Raises:
        UsageError: it is none, or of a newer version, or names what may not be there; says what
    """
    told = manifest_json(raw)
    if ATHLETE_MARK in told:
        raise UsageError(f"this is the file of one athlete; import it with `{command_line('athlete import FILE')}`")
    if MARK not in told:
        raise UsageError("its manifest does not say that it is a backup")
    form = told[MARK]
    if type(form) is not int or not 1 <= form <= FORM:
        raise UsageError(f"it has version {form!a}; this program reads up to {FORM}: install a newer one")
    members = members_in(told.get("members"), is_allowed=is_kept_name, most=MAX_MEMBERS, most_all_bytes=MAX_ALL_BYTES)
    return Manifest(app=manifest_word(told.get("app")), made=manifest_word(told.get("made")), members=members)
