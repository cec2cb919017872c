"""Text out of files is data, held over the syntax tree: never a format string, a pattern or the markup of a terminal.

`"{:>1900000000}"` in a file of 300 bytes would take gigabytes; `{0.__class__}` would read what nobody may read; a
pattern can be made to run for ever.
"""

import ast
import re
from collections.abc import Iterable, Iterator

from each_row import each_row
from source_trees import MODULES, name_of, nodes_of

# What is handed in by callers that all write a literal; each is looked at by hand when it is added.
LITERAL_AT_ALL_CALLS = {
    "re.fullmatch(told.get('pattern', '(?!)'), value)": "plan/keys.py: of our own schema",
    "re.fullmatch(pattern, tidy(value, allowed, number=bare))": "plan/values.py: of our own grammar",
    "value:{form}": "record/exports/tcx.py",
    "format(value, form)": "plan/forms.py",
    "re.compile(_expression(english, place_of))": "plan/of_files.py: the text of a book is escaped",
}

LOOKED_AT = (ast.Call, ast.BinOp, ast.FormattedValue, ast.ImportFrom)  # of a million nodes the few that may be one
# A module without any of these words has no such node, and is not parsed for it.
MAY_HOLD = re.compile(
    rb"\bformat(_map)?\(|f[tp]ime\(|\bre\.|\.(debug|info|warning|error|exception)\(|% [({]|\{[^{}\n]*:[^{}\n]*\{"
    rb"|import Template|from_markup|markup\.render|\bConsole\("
)


def stands_in_the_code(node: ast.expr) -> bool:
    """A literal, a constant by its capitals, a part of one, or arithmetic of them."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.lstrip("_").isupper()
        case ast.Subscript(value=value) | ast.Attribute(value=value):
            return stands_in_the_code(value)
        case ast.BinOp(left=left, right=right):
            return stands_in_the_code(left) and stands_in_the_code(right)
        case ast.JoinedStr(values=values):
            return all(stands_in_the_code(one.value) for one in values if isinstance(one, ast.FormattedValue))
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape"


def templates(node: ast.AST) -> Iterator[ast.expr]:
    """What a piece of code takes for a format string or a pattern."""
    match node:
        case ast.Call(func=ast.Attribute(value=template, attr="format" | "format_map")):
            yield template
        case ast.Call(func=ast.Attribute(attr="strftime" | "strptime"), args=[*_, template]):
            yield template
        case ast.Call(func=ast.Name(id="format"), args=[_, template]):
            yield template
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[pattern, *_]) if name != "escape":
            yield pattern
        case ast.Call(
            func=ast.Attribute(attr="debug" | "info" | "warning" | "error" | "exception"), args=[message, *_]
        ):
            yield message
        case ast.BinOp(op=ast.Mod(), right=ast.Tuple() | ast.Dict(), left=template):
            yield template
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=parts)):
            yield from (part.value for part in parts if isinstance(part, ast.FormattedValue))


def findings(nodes: Iterable[ast.AST]) -> list[str]:
    """Places where a text that does not stand in the code is taken for more than a text."""
    found = []
    for node in (node for node in nodes if isinstance(node, LOOKED_AT)):
        for template in templates(node):
            if stands_in_the_code(template):
                continue
            words = ast.unparse(node)
            if isinstance(node, ast.FormattedValue):
                words = f"{ast.unparse(node.value)}:{{{ast.unparse(template)}}}"
            if words not in LITERAL_AT_ALL_CALLS:
                found.append(words)
        if isinstance(node, ast.ImportFrom) and node.module == "string":
            found += [alias.name for alias in node.names if alias.name == "Template"]
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "from_markup" or (name == "render" and ast.unparse(node.func).endswith("markup.render")):
            found.append(ast.unparse(node))
        if name == "Console":
            off = {one.arg for one in node.keywords if isinstance(one.value, ast.Constant) and one.value.value is False}
            found += [] if {"markup", "emoji"} <= off else [ast.unparse(node)]
    return found


def test_a_text_is_taken_for_a_template_only_where_it_stands_in_the_code() -> None:
    """Format strings, widths in them, patterns, log messages; and a terminal takes no markup out of a text."""
    may_hold = [path for path in MODULES if MAY_HOLD.search(path.read_bytes())]
    assert {name_of(path): found for path in may_hold if (found := findings(nodes_of(path)))} == {}


@each_row(
    "source",
    [
        "words.format(value=1)",
        "ways[n].format(target=1)",
        "f'{name}'.format(1)",
        "text.format_map(values)",
        "f'{value:{width}}'",
        "format(value, spec)",
        "words % (1, 2)",
        "re.compile(pattern)",
        "re.match(f'{name}x', text)",
        "day.strftime(form)",
        "_log.debug(text)",
        "from string import Template",
        "Text.from_markup(text)",
        "Console()",
        "Console(markup=False)",
    ],
)
def test_what_is_looked_for_is_found(source: str) -> None:
    """Each kind, so that an empty list says something."""
    assert MAY_HOLD.search(source.encode())
    assert len(findings(ast.walk(ast.parse(source)))) == 1


@each_row(
    "source",
    [
        "WORDS.format(value=1)",
        "_WAYS[kind].format(1)",
        "'{}'.format(text)",
        "f'{value:>{WIDTH - 2}}'",
        "re.compile(rf'{N}x{re.escape(text)}')",
        "n % (3 * width)",
        "re.escape(text)",
        "Console(markup=False, emoji=False)",
    ],
)
def test_what_stands_in_the_code_is_let_pass(source: str) -> None:
    """A constant is written by who writes the program."""
    assert findings(ast.walk(ast.parse(source))) == []
