"""What stands at the head of a travelling file: whose it is, which versions, and the hash of every member."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cadencecoach.desk.travel.archive import Member, manifest_json, manifest_word, members_in, members_json
from cadencecoach.errors import UsageError
from cadencecoach.record.entry_lines import LOG_VERSION
from cadencecoach.record.journal import VERSION as JOURNAL_VERSION
from cadencecoach.record.profile import PROFILE_VERSION
from cadencecoach.store.athlete_names import NAME
from cadencecoach.store.attached_files import FILE_NAME, FOLDER
from cadencecoach.store.own_files import LOG_NAME, PROFILE_NAME, PROGRAMME_NAME

FORM = 2  # goes up with the log's version, so that an older program says at once that it is too old
MARK = "cadencecoach_athlete"
JOURNALS = "sessions/"
FILES = f"{FOLDER}/"
MAX_MEMBERS = 20_000
MAX_ALL_BYTES = 2_000_000_000
VERSIONS = {"profile": PROFILE_VERSION, "log": LOG_VERSION, "journal": JOURNAL_VERSION}
# The only names there may be: no folder but one, no dots that lead out of it, nothing hidden.
_MEMBER = re.compile(
    rf"{re.escape(PROFILE_NAME)}|{re.escape(LOG_NAME)}|{re.escape(PROGRAMME_NAME)}"
    r"|programme-[0-9a-f]{8}\.yaml"
    rf"|{JOURNALS}[A-Za-z0-9][A-Za-z0-9_.-]{{0,99}}\.jsonl"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The head of a travelling file.

    Attributes:
        athlete: pseudonym
        app: program and version that wrote it
        made: wall time, a label
        members: everything else in it
    """

    athlete: str
    app: str
    made: str
    members: tuple[Member, ...]


def is_member_name(name: str) -> bool:
    """Whether a name may stand in a travelling file."""
    is_file = name.startswith(FILES) and FILE_NAME.fullmatch(name.removeprefix(FILES)) is not None
    return is_file or _MEMBER.fullmatch(name) is not None


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it is packed."""
    told = {
        MARK: FORM,
        "athlete": manifest.athlete,
        "app": manifest.app,
        "made": manifest.made,
        "versions": VERSIONS,
        "members": members_json(manifest.members),
    }
    return f"{json.dumps(told, indent=2)}\n".encode()


def manifest_in(raw: bytes) -> Manifest:
    """The manifest in bytes that somebody sent.

    Raises:
        UsageError: it is none, or of a newer version, or names what may not be there; says what
    """
    told = manifest_json(raw)
    if MARK not in told:
        raise UsageError("its manifest is not from cadencecoach")
    _check_versions(told)
    athlete = told.get("athlete")
    if not isinstance(athlete, str) or not NAME.fullmatch(athlete):
        raise UsageError("its manifest names no athlete")
    return Manifest(
        athlete=athlete,
        app=manifest_word(told.get("app")),
        made=manifest_word(told.get("made")),
        members=members_in(
            told.get("members"), is_allowed=is_member_name, most=MAX_MEMBERS, most_all_bytes=MAX_ALL_BYTES
        ),
    )


def _check_versions(told: Mapping[str, Any]) -> None:
    given = told.get("versions")
    versions = {"file": told[MARK], **(given if isinstance(given, dict) else {})}
    for name, most in {"file": FORM, **VERSIONS}.items():
        version = versions.get(name)
        if type(version) is not int or not 1 <= version <= most:
            raise UsageError(
                f"its {name} has version {version!a}; this program reads up to {most}: install a newer one"
            )
