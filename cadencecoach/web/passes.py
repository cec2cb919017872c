"""Who may use the page: a key that is good once becomes a signed cookie; programs have a token of their own."""

import hmac
import secrets
from hashlib import sha256
from typing import Final

COOKIE_S: Final = 12 * 3600
KEY_S: Final = 600.0  # an address that was printed and not opened by then is no way in
MAX_KEYS: Final = 64
HERE: Final = "here"  # a cookie of a browser on this computer
DEVICE: Final = "device"  # one of a device that was let in, with its id


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
        """What a browser on this computer shows from now on; `now_s` counts from 1970."""
        return self._sign(now_s + COOKIE_S, HERE, secrets.token_urlsafe(8))

    def device_cookie(self, device: str, until_s: float) -> str:
        """What a device that was let in shows from now on."""
        return self._sign(until_s, DEVICE, device)

    def is_cookie(self, cookie: str, now_s: float) -> bool:
        """Whether a cookie is one of ours for a browser on this computer, and still good."""
        return self._read(cookie, now_s, HERE) is not None

    def device_of(self, cookie: str, now_s: float) -> str | None:
        """The id of the device whose cookie it is; None where it is none of ours, or good no more."""
        return self._read(cookie, now_s, DEVICE)

    def is_token(self, token: str) -> bool:
        """Whether a program shows the token."""
        return hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self._token.encode())

    def _sign(self, until_s: float, kind: str, name: str) -> str:
        told = f"{int(until_s)}.{kind}.{name}"
        return f"{told}.{self._signature(told)}"

    def _read(self, cookie: str, now_s: float, kind: str) -> str | None:
        """The name in a cookie of a kind."""
        told, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(told).encode()):
            return None
        until, _, named = told.partition(".")
        its_kind, _, name = named.partition(".")
        return name if its_kind == kind and int(until) > now_s else None

    def _signature(self, told: str) -> str:
        return hmac.new(self._secret, told.encode("utf-8", "surrogateescape"), sha256).hexdigest()
