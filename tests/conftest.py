"""What holds for every test."""

import os
import tempfile
from pathlib import Path

# Spoken clips are kept in the user's cache; tests neither find what a person has there nor leave anything.
os.environ["XDG_CACHE_HOME"] = str(Path(tempfile.gettempdir()) / f"cadencecoach-tests-{os.getpid()}")
