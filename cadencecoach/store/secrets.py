"""Passwords in addresses, which are neither shown (in errors either) nor packed into a backup."""

import re
from typing import Final

LEFT_OUT: Final = "***"
# `scheme://user:password@host`, where a password may hold a `@`; and `?password=...`, as some servers want it.
# An address that was taken for a path has one slash left.
_IN_HEAD = re.compile(r"""(\b[A-Za-z][A-Za-z0-9+.-]*:/{1,2}[^/\s@:'"]*:)[^/\s'"]+@""")
_IN_QUERY = re.compile(r"""([?&](?:password|passwd|pwd|secret|token|api_?key)=)[^&#\s'"]+""", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """A text with stars in the place of each password in an address."""
    return _IN_QUERY.sub(rf"\g<1>{LEFT_OUT}", _IN_HEAD.sub(rf"\g<1>{LEFT_OUT}@", text))
