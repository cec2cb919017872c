"""XML as a small tree. A document type is refused: no workout has one, and it is the door to entity bombs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from cadencecoach.errors import WorkoutError

DEEPEST = 20  # elements in elements; a workout has five
MOST = 20_000  # elements in all; the longest workouts have some hundreds


@dataclass(slots=True)
class Element:
    """An element, its attributes by names in small letters."""

    tag: str
    attributes: dict[str, str]
    children: "list[Element]" = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in it."""
        return "".join(self.pieces).strip()

    def children_named(self, tag: str) -> Iterator["Element"]:
        """The children of a name, in whatever letters."""
        yield from (child for child in self.children if child.tag.lower() == tag)


@dataclass(slots=True)
class _Tree:
    """expat's handlers; the first child of `open[0]` becomes the root."""

    open: list[Element] = field(default_factory=lambda: [Element("", {})])
    n_elements: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.n_elements += 1
        if len(self.open) > DEEPEST or self.n_elements > MOST:
            raise WorkoutError(f"more than {DEEPEST} elements deep or {MOST} in all; too many for a workout")
        element = Element(tag, {name.lower(): value for name, value in attributes.items()})
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, _tag: str) -> None:
        self.open.pop()

    def data(self, words: str) -> None:
        self.open[-1].pieces.append(words)


def xml_tree(data: bytes) -> Element:
    """The root of a document.

    Raises:
        WorkoutError: not XML, or more than a workout can be
    """
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat's word for "that was all"
    except expat.ExpatError as error:
        raise WorkoutError(f"not readable as XML: {error}") from error
    except (ValueError, LookupError) as error:  # an encoding that expat cannot take
        raise WorkoutError("not readable as XML: its encoding is not known; save it as UTF-8") from error
    return tree.open[0].children[0]


def _refuse(*_: object) -> None:
    raise WorkoutError("it declares a document type, which workouts never do; it is refused")
