"""A secret that outlives the program: a private file beside the places of sessions."""

import secrets
from typing import Final

from cadencecoach.devices.private_file import read_private, write_private
from cadencecoach.devices.reach.place import places_folder

NAME: Final = "cookies.key"
N_BYTES: Final = 32


def kept_secret() -> bytes:
    """The secret, made where there is none yet.

    Raises:
        UsageError: there is no private folder
        OSError: it cannot be written
    """
    path = places_folder() / NAME
    kept = read_private(path, N_BYTES)
    if kept is not None and len(kept) == N_BYTES:
        return kept
    secret = secrets.token_bytes(N_BYTES)
    write_private(path, secret)
    return secret
