"""The names of an athlete's own files: in a folder, and in the file that travels."""

import hashlib
from typing import Final

LOG_NAME: Final = "log.jsonl"
PROFILE_NAME: Final = "profile.json"
PROGRAMME_NAME: Final = "programme.yaml"
SHA_DIGITS: Final = 8


def kept_programme_name(raw: bytes) -> str:
    """The name of a programme's text that is not in force any more."""
    return f"programme-{hashlib.sha256(raw).hexdigest()[:SHA_DIGITS]}.yaml"
