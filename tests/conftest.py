"""What holds for every test."""

import os
import tempfile
from pathlib import Path

# Tests neither find what a person keeps in cache, data and settings, nor leave anything there.
for _kind in ("CACHE", "DATA", "CONFIG"):
    os.environ[f"XDG_{_kind}_HOME"] = str(Path(tempfile.gettempdir()) / f"cadencecoach-tests-{os.getpid()}" / _kind)
