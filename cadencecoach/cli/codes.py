"""QR codes on a terminal."""

from rich.console import Console

from cadencecoach.view.qr import qr_text


def show_code(address: str, *, to_stderr: bool = False) -> bool:
    """Draw an address as a code where the terminal shows its colours; without them a camera may not read it."""
    console = Console(markup=False, emoji=False, highlight=False, stderr=to_stderr)
    is_shown = console.is_terminal and console.color_system is not None
    if is_shown:
        console.print(qr_text(address), soft_wrap=True)
    return is_shown
