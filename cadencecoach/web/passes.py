"""Who may use the page: a key that is good once becomes a signed cookie; programs have a token of their own."""

import hmac
import secrets
from hashlib import sha256
from typing import Final

COOKIE_S: Final = 12 * 3600
KEY_S: Final = 600.0  # an address that was printed and not opened by then is no way in
MAX_KEYS: Final = 64


class Passes:
    """Keys, cookies and the token of one server.

    Args:
        secret: signs cookies; the same secret knows them again after a restart
        token: of programs, from the server's private file
    """

    def __init__(self, secret: bytes, token: str) -> None:
        """No key has been given out yet."""
        self._secret, self._token = secret, token
        self._keys: dict[str, float] = {}

    def new_key(self, now_s: float) -> str:
        """A key for one browser."""
        self._keys = {key: until_s for key, until_s in self._keys.items() if until_s > now_s}
        while len(self._keys) >= MAX_KEYS:
            self._keys.pop(next(iter(self._keys)))
        key = secrets.token_urlsafe(24)
        self._keys[key] = now_s + KEY_S
        return key

    def use_key(self, key: str, now_s: float) -> bool:
        """Whether a key is good; it is so once."""
        return self._keys.pop(key, 0.0) > now_s

    def new_cookie(self, now_s: float) -> str:
        """What a browser shows from now on; `now_s` counts from 1970."""
        told = f"{int(now_s + COOKIE_S)}.{secrets.token_urlsafe(8)}"
        return f"{told}.{self._signature(told)}"

    def is_cookie(self, cookie: str, now_s: float) -> bool:
        """Whether a cookie is one of ours, and still good."""
        told, _, signature = cookie.rpartition(".")
        until, _, _ = told.partition(".")
        is_ours = hmac.compare_digest(signature.encode(), self._signature(told).encode())
        return is_ours and until.isascii() and until.isdigit() and int(until) > now_s

    def is_token(self, token: str) -> bool:
        """Whether a program shows the token."""
        return hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self._token.encode())

    def _signature(self, told: str) -> str:
        return hmac.new(self._secret, told.encode("utf-8", "surrogateescape"), sha256).hexdigest()
