"""What stories of the page begin with: a server with nothing kept, and a browser that was let in as the desk."""

from collections.abc import Iterator

import pytest
from chromium import Browser, browser, chromium
from page_rig import Server, page_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all stories of a file, which leave it as it was."""
    with page_server(tmp_path_factory.mktemp("home")) as one:
        yield one


@pytest.fixture(scope="module")
def page(server: Server) -> Iterator[Browser]:
    """A browser that has used the key that was printed."""
    program = chromium()
    assert program is not None
    with browser(program) as one:
        one.visit(server.address, width=390, height=844)
        yield one
