"""How a device is let in: six digits that are shown at this computer, for two minutes and five tries."""

import hmac
import secrets
from dataclasses import dataclass
from enum import Enum
from typing import Final

from cadencecoach.web.rows import Role

N_DIGITS: Final = 6
TRIES: Final = 5
OPEN_S: Final = 120.0


class Refused(Enum):
    """Why digits let nobody in."""

    WRONG = "wrong"
    LOCKED = "locked"  # too many were wrong
    CLOSED = "closed"  # none are open


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Six digits, and what they let a device in as.

    Attributes:
        digits: to be typed on the device
        role: what it becomes
        athlete: for a runner's device, the only one it will see; None is a guest
        until_s: from then on they are good for nothing
        person: who lets it in; empty where the store knows no people
    """

    digits: str
    role: Role
    athlete: str | None
    until_s: float
    person: str = ""


class Pairing:
    """The one code that is open. A code lets one device in; a new one takes the place of the one before."""

    def __init__(self) -> None:
        """No code is open."""
        self._code: Code | None = None
        self._opened_by = ""
        self._wrong = set[str]()  # digits: the same ones again tell nobody anything
        self._used: tuple[Code, str, str] | None = None  # the last good code, the request's id, what came of it

    def open(self, role: Role, athlete: str | None, *, id_: str, now_s: float, person: str = "") -> Code:
        """New digits; the same again where the request is repeated."""
        id_ = f"{person} {id_}"
        if self._code is not None and self._opened_by == id_ and self.n_left(now_s):
            return self._code
        digits = f"{secrets.randbelow(10**N_DIGITS):0{N_DIGITS}}"
        self._code = Code(digits=digits, role=role, athlete=athlete, until_s=now_s + OPEN_S, person=person)
        self._opened_by, self._used = id_, None
        self._wrong.clear()
        return self._code

    def n_left(self, now_s: float) -> int:
        """How many wrong tries there are left; 0 where no code is open."""
        return TRIES - len(self._wrong) if self._code is not None and self._code.until_s > now_s else 0

    def take(self, digits: str, now_s: float) -> Code | Refused:
        """The code that these digits are, which is used up by it, or why they are none."""
        code = self._code
        if code is None or code.until_s <= now_s:
            return Refused.CLOSED
        if len(self._wrong) >= TRIES:
            return Refused.LOCKED
        if not hmac.compare_digest(digits, code.digits):
            self._wrong.add(digits)
            return Refused.WRONG if self.n_left(now_s) else Refused.LOCKED
        self._code = None
        return code

    def note(self, id_: str, code: Code, came_of_it: str) -> None:
        """Remember what a request has come to: its answer may be lost on the way, and it is sent again."""
        self._used = (code, id_, came_of_it)

    def again(self, id_: str, digits: str, now_s: float) -> str | None:
        """What this very request has come to before; None where it is new."""
        if self._used is None:
            return None
        code, used_id, came_of_it = self._used
        is_same = id_ == used_id and hmac.compare_digest(digits, code.digits)
        return came_of_it if is_same and code.until_s > now_s else None
