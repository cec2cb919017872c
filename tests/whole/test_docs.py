"""The README and the pages in docs/ name files, headings and commands that exist."""

import re
import shlex
from pathlib import Path

import click
from each_row import each_row

from cadencecoach.cli.group import cadencecoach

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# At least one folder, and an ending that only files of the project have; from the root or from the package.
PATH = re.compile(r"(?<![\w/.~-])((?:[\w-]+/)+[\w.*-]+\.(?:py|toml|yaml|json|md))(?![\w/])")
LINK = re.compile(r"\]\(([^):\s#]*)(?:#([^)\s]+))?\)|src=\"([^\":]+)\"")
COMMAND = re.compile(r"^(?!>>>)(?:.* )?cadencecoach ([a-z].*)$", re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@each_row("page", PAGES, ids=lambda page: page.name)
def test_files_that_a_page_names_exist(page: Path) -> None:
    """Every `folder/file.py` is found from the root or in the package; a star stands for any characters."""
    named = PATH.findall(page.read_text(encoding="utf-8"))
    roots = (ROOT, ROOT / "cadencecoach", page.parent)
    assert [path for path in named if not any(any(root.glob(path)) for root in roots)] == []


@each_row("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_of_a_page_lead_somewhere(page: Path) -> None:
    """The file of a link exists, and has the heading the link names."""
    for target, heading, picture in LINK.findall(page.read_text(encoding="utf-8")):
        path = page.parent / (target or picture or page.name)
        assert path.exists(), f"{page.name}: {path.name}"
        if heading:
            assert heading in anchors(path), f"{page.name}: {path.name}#{heading}"


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_row("page", PAGES, ids=lambda page: page.name)
def test_commands_that_a_page_shows_exist(page: Path) -> None:
    """Each line of a command in a block, up to its remark, names a command and options that it has."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    for shown in COMMAND.findall("\n".join(lines)):
        words = shlex.split(re.split(r"\s{2,}|\s#", shown)[0])
        command: click.Command = cadencecoach
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            name = words.pop(0)
            found = command.get_command(click.Context(command), name)
            assert found is not None, f"{page.name}: {shown}: no {name}"
            command = found
        known = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
        options = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        assert options <= known | {"--help"}, f"{page.name}: {shown}"
