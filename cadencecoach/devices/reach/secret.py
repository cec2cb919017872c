"""A secret that outlives the program: a private file beside the places of sessions."""

import contextlib
import os
import secrets
from typing import Final

from cadencecoach.devices.private_file import write_private
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
    with contextlib.suppress(FileNotFoundError):
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(fd, "rb") as file:
            secret = file.read(N_BYTES)
        if len(secret) == N_BYTES:
            return secret
    secret = secrets.token_bytes(N_BYTES)
    write_private(path, secret)
    return secret
