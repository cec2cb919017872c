"""Files that a person names are opened by `devices/input_file.py`; what else opens files is listed with its reason."""

import ast
import re
from collections.abc import Iterable, Iterator

from source_trees import MODULES, PACKAGE, nodes_of

MAY_OPEN = {
    "desk/authoring/writing.py": "the schema beside a plan that is written, a plain file by then",
    "desk/backup/packing.py": "what is kept here, plain files by then",
    "desk/backup/restoring.py": "what a restore has unpacked",
    "desk/history/finishing.py": "the end of a journal among the sessions",
    "desk/practice/keeping.py": "journals that the program has just written",
    "desk/travel/comparing.py": "what an import has unpacked",
    "desk/travel/journals.py": "what an import has unpacked",
    "desk/travel/opening.py": "what an import has unpacked",
    "desk/travel/taking.py": "what an import has unpacked",
    "sound/wav.py": "sounds that come with the program",
    "store/attached_files.py": "where a linked file is, as the store has written it down",
    "store/file_kinds.py": "a file that was copied in, or is about to be",
    "store/file_store.py": "the store's own files",
    "store/forgotten_names.py": "the store's own file",
    "store/journal_files.py": "the store's own files",
    "store/local_copy.py": "the copy's own files",
    "store/log_file.py": "the store's own files",
    "store/spooling.py": "journals that the program has written",
    "store/user_store.py": "the settings, whether they name a store",
    "store/waiting_queue.py": "what the program has put there",
    "store/phrases.py": "phrases that come with the program",
    "store/settings_file.py": "the settings that are to be changed, read and checked before",
    "store/placing.py": "a file that is to be replaced, a plain one by then",
}
MAY_READ = re.compile(rb"open\(|read_text|read_bytes")  # the few modules that need be parsed


def openings(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Calls that open a file to read."""
    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="read_text" | "read_bytes")):
                yield ast.unparse(node)
            case ast.Call(func=ast.Name(id="open") | ast.Attribute(attr="open"), args=[*_, ast.Constant(value=str(m))]):
                if "r" in m:
                    yield ast.unparse(node)


def test_files_are_opened_in_devices_or_for_a_reason() -> None:
    """A new reader of a file that somebody names cannot forget pipes, devices and folders."""
    found = {
        str(path.relative_to(PACKAGE).as_posix())
        for path in MODULES
        if "devices" not in path.parts and MAY_READ.search(path.read_bytes()) and any(openings(nodes_of(path)))
    }
    assert found == MAY_OPEN.keys()
