"""`cadencecoach open`: the coach in a browser."""

import click

from cadencecoach.cli.printing import show_text


@click.command("open")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Port of the page. Default: 8712.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def open_(*, port: int | None, no_browser: bool) -> None:
    """Open the coach in a browser on this computer: watch sessions, start them, press their keys.

    Sessions started in a terminal are seen there too. Ctrl-C ends the page; running sessions continue.
    """
    from cadencecoach.store.user_store import user_store
    from cadencecoach.web.server.serving import open_page

    open_page(user_store(), port, show_text, wants_browser=not no_browser)
