"""`cadencecoach open`: the coach in a browser."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_text

if TYPE_CHECKING:
    from cadencecoach.devices.keyboard import Keyboard

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("open")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Port of the page. Default: 8712.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option("--lan", is_flag=True, help="Let tablets and phones in the local network in, by six digits.")
@click.option("--cert", type=FILE, metavar="FILE", help="With --lan: a certificate (PEM) that encrypts connections.")
@click.option("--key", type=FILE, metavar="FILE", help="The key of the certificate (PEM, without a password).")
@click.option("--new-password", is_flag=True, help="With --cert: ask for another password of the desk.")
def open_(
    *, port: int | None, no_browser: bool, lan: bool, cert: Path | None, key: Path | None, new_password: bool
) -> None:
    """Open the coach in a browser on this computer: watch sessions, start them, press their keys.

    Sessions started in a terminal are seen there too. Ctrl-C closes the page; running sessions continue.

    Without --lan no other device can reach it. With it a device is let in by six digits, shown here and on the page
    Devices: as a screen, which sees live figures only, or as the device of one runner or a guest. It stays in for
    12 hours, or until it is ended here (key d) or on the page. The desk, which sees everything, is opened from another
    device only with --cert and --key, by a password.
    """
    from cadencecoach.desk.keeping.handing_over import handing_over
    from cadencecoach.store.user_store import user_store
    from cadencecoach.web.server.serving import Wish, open_page

    wish = Wish(
        port=port,
        wants_browser=not no_browser,
        is_lan=lan,
        certificate=cert,
        key=key,
        wants_password=new_password,
    )
    store = user_store()
    with handing_over(store):
        open_page(store, wish, _Person())


class _Person:
    """Whoever sits at this terminal."""

    def __init__(self) -> None:
        streams = (sys.stdin, sys.stdout)
        self.can_answer = all(one is not None and not one.closed and one.isatty() for one in streams)

    def tell(self, text: str) -> None:
        """A line, at once: whoever reads a pipe waits for it."""
        show_text(text)

    def show_qr(self, address: str) -> bool:
        """Only where its colours are shown: without them a camera may not read it."""
        from cadencecoach.cli.codes import show_code

        return show_code(address)

    def ask_secret(self, question: str) -> str:
        """Twice, so that a slip is noticed."""
        text: str = click.prompt(question, hide_input=True, confirmation_prompt="Once more", err=True)
        return text

    def keyboard(self) -> "Keyboard":
        """Single keys, without echo."""
        from cadencecoach.devices.keyboard import open_keyboard

        return open_keyboard()
