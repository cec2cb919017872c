"""The terminal of a server that devices can come in to: digits to be shown, who is in, an end to one; single keys."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from cadencecoach.devices.clock import wall_time_s
from cadencecoach.devices.keyboard import Keyboard
from cadencecoach.web.devices import Device
from cadencecoach.web.entry import Entry, device_words
from cadencecoach.web.pairing import Code
from cadencecoach.web.rows import Role

LOOK_EVERY_S: Final = 0.05
KEYS: Final = "Keys: s lets in a screen (figures only), r a runner's device, d lists devices and ends one."
OTHERS_READ: Final = (
    "Others in this Wi-Fi could read what a runner's device shows and sends. Is it a network of your own? y or n"
)


class Person(Protocol):
    """Whoever sits at the terminal.

    Attributes:
        can_answer: whether somebody sees a question and can press a key
    """

    can_answer: bool

    def tell(self, text: str) -> None:
        """Give them a line to read."""

    def show_qr(self, address: str) -> bool:
        """Draw an address for a camera, and whether it could be drawn."""

    def ask_secret(self, question: str) -> str:
        """A text that is not shown while it is typed."""

    def keyboard(self) -> Keyboard:
        """Their keys."""


class PairingTerminal:
    """What the keys do. A question takes the keys until it is answered.

    Args:
        entry: how devices come in
        names: the athletes that are kept
        person: at the terminal
    """

    def __init__(self, entry: Entry, names: Callable[[], Sequence[str]], person: Person) -> None:
        """Ask nothing yet."""
        self._entry, self._names, self._person = entry, names, person
        self._answer: Callable[[str], None] | None = None  # takes what is typed, to Enter or a letter
        self._typed = ""
        self._n_codes = 0

    async def run(self) -> None:
        """Show digits for a screen, which sees least; then do what is typed."""
        if not self._entry.addresses.network:
            return
        self._show(Role.SCREEN, None)
        with self._person.keyboard() as keyboard:
            if self._person.can_answer:
                self._person.tell(KEYS)
            while True:
                while (key := keyboard.poll()) is not None:
                    self._press(key)
                await asyncio.sleep(LOOK_EVERY_S)

    def _press(self, key: str) -> None:
        """One key: of a question, or one of `KEYS`."""
        if self._answer is None:
            does = {"s": lambda: self._show(Role.SCREEN, None), "r": self._ask_who, "d": self._list}
            does.get(key, lambda: self._person.tell(KEYS))()
        elif key == "backspace":
            self._typed = self._typed[:-1]
        elif key.isdigit() and len(self._typed) < len("999"):
            self._typed += key
        elif key in {"enter", "y", "n"}:
            answer, self._answer = self._answer, None
            answer(self._typed if key == "enter" else key)

    def _ask(self, question: str, answer: Callable[[str], None]) -> None:
        self._person.tell(question)
        self._answer, self._typed = answer, ""

    def _show(self, role: Role, athlete: str | None) -> None:
        """Digits for one device."""
        self._n_codes += 1
        code = self._entry.open_code(role, athlete, f"terminal {self._n_codes}")
        address = f"{self._entry.addresses.network_urls()[0]}/pair"
        is_drawn = self._person.show_qr(f"{address}#{code.digits}")
        self._person.tell(_code_words(code, address, is_drawn=is_drawn))

    def _ask_who(self) -> None:
        names = list(self._names())
        lines = "\n".join(f"  {number}  {name}" for number, name in enumerate(("a guest", *names)))
        self._ask(
            f"Whose device? A number and Enter, or Enter alone for none:\n{lines}",
            lambda typed: self._runner(typed, names),
        )

    def _runner(self, typed: str, names: Sequence[str]) -> None:
        if not typed.isdigit() or int(typed) > len(names):
            self._person.tell(f"Nobody is let in. {KEYS}")
            return
        athlete = None if int(typed) == 0 else names[int(typed) - 1]
        if self._entry.addresses.is_encrypted:
            self._show(Role.RUNNER, athlete)
        else:
            self._ask(OTHERS_READ, lambda said: self._if_own(said, athlete))

    def _if_own(self, said: str, athlete: str | None) -> None:
        if said == "y":
            self._show(Role.RUNNER, athlete)
        else:
            self._person.tell("Nobody is let in; with --cert and --key others could not read it.")

    def _list(self) -> None:
        devices = self._entry.devices.all(wall_time_s())
        if not devices:
            self._person.tell("No device is let in.")
            return
        lines = "\n".join(f"  {number}  {device_words(one)}" for number, one in enumerate(devices, start=1))
        self._ask(
            f"Devices that are let in. A number and Enter ends one, Enter alone none:\n{lines}",
            lambda typed: self._end(typed, devices),
        )

    def _end(self, typed: str, devices: Sequence[Device]) -> None:
        if typed.isdigit() and 0 < int(typed) <= len(devices):
            device = devices[int(typed) - 1]
            self._entry.devices.end(device.id)
            self._person.tell(f"Ended: {device_words(device)}.")
        else:
            self._person.tell(f"No device is ended. {KEYS}")


def _code_words(code: Code, address: str, *, is_drawn: bool) -> str:
    """What the digits are for, and what to do with them."""
    what = {Role.SCREEN: "A screen", Role.RUNNER: f"A device of {code.athlete or 'a guest'}"}[code.role]
    return (
        f"{what} comes in {'by scanning this, or ' if is_drawn else ''}at {address} with the digits\n\n"
        f"    {code.digits[:3]} {code.digits[3:]}\n\n"
        "which are good for one device, two minutes and five tries."
    )
