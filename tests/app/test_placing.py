from pathlib import Path

from cadencecoach.app.placing import output_file, starts_with


def test_a_file_is_named_as_it_was_asked_for() -> None:
    """By its option, or as the argument it is; what a terminal would obey is written out."""
    assert output_file(Path("a.svg"), "--svg", may_replace=False).name == "--svg a.svg"
    assert output_file(Path("a.yaml"), "", may_replace=False).name == "a.yaml"
    assert output_file(Path("a\x1b[2J"), "-o", may_replace=False).name == "-o a\\x1b[2J"


def test_a_mark_is_the_whole_of_it(tmp_path: Path) -> None:
    """Not a part, and not further down."""
    path = tmp_path / "a.html"
    for content, is_ours in ((b"mark and more", True), (b"mark", True), (b"mar", False), (b" mark", False)):
        path.write_bytes(content)
        assert starts_with(b"mark")(path) is is_ours
