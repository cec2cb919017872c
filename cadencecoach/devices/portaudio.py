"""What to say where the PortAudio library is missing: the one line that installs it on this machine."""

import shutil
from collections.abc import Callable

from cadencecoach.devices.audio_wire import Refused
from cadencecoach.errors import Reason

# The wheels for macOS and Windows bring the library with them; elsewhere the system has it.
INSTALLERS = {
    "apt": "sudo apt install libportaudio2",
    "dnf": "sudo dnf install portaudio",
    "pacman": "sudo pacman -S portaudio",
    "zypper": "sudo zypper install portaudio",
    "apk": "sudo apk add portaudio",
    "brew": "brew install portaudio",
}
ELSEWHERE = "install the PortAudio library, for example with apt, dnf or brew"


def missing_library(error: Exception, which: Callable[[str], str | None] = shutil.which) -> Refused:
    """The child's word where the library cannot be loaded."""
    line = next((line for program, line in INSTALLERS.items() if which(program)), ELSEWHERE)
    return Refused(message=f"PortAudio is not installed; {line} ({error})", reason=Reason.LIBRARY_MISSING)
