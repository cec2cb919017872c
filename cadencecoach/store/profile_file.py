"""A profile as the bytes of a file."""

import json

from cadencecoach.devices.journal.reading import name_in_errors
from cadencecoach.errors import JournalError
from cadencecoach.record.profile import Profile, json_of_profile, profile_of_json

MAX_PROFILE_BYTES = 200_000


def profile_in(raw: bytes, source: str) -> Profile:
    """The profile in a file's bytes.

    Raises:
        JournalError: it is none
    """
    try:
        told = json.loads(raw) if len(raw) <= MAX_PROFILE_BYTES else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise JournalError(f"{source}: not a profile: no JSON object of at most {MAX_PROFILE_BYTES // 1000} kB")
    with name_in_errors(source):
        return profile_of_json(told)


def profile_bytes(profile: Profile) -> bytes:
    """A profile as the bytes of its file."""
    text = json.dumps(json_of_profile(profile), ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "replace")
