"""Write again the journals that tests hold every later version to: `python tools/make_golden.py [NAME ...]`."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from golden import LONG, OF_RECORDINGS, RECORDED, SIMULATED, kept_of

from cadencecoach.cli.main import main

if __name__ == "__main__":
    chosen = (*SIMULATED, *LONG, *(OF_RECORDINGS if RECORDED.is_dir() else ()))
    with tempfile.TemporaryDirectory() as folder:
        for session in (one for one in chosen if not sys.argv[1:] or one.name in sys.argv[1:]):
            journal = Path(folder) / f"{session.name}.jsonl"
            if main([*session.words, "--journal", str(journal)]) != 0:
                sys.exit(f"{session.name}: could not be run")
            kept = kept_of(session, journal.read_text(encoding="utf-8").splitlines())
            session.path.write_text("\n".join(kept) + "\n", encoding="utf-8")
