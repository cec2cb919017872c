"""Passwords in addresses are starred out, and nothing else is."""

from each_row import each_row

from cadencecoach.store.secrets import without_secrets


@each_row(
    ("text", "shown"),
    [
        ("postgresql://anna:geheim@host/db", "postgresql://anna:***@host/db"),
        ('url = "postgresql://anna:p@ss:w@host:5432/db"  # ours', 'url = "postgresql://anna:***@host:5432/db"  # ours'),
        ("/home/a/http:/anna:geheim@host/x does not exist", "/home/a/http:/anna:***@host/x does not exist"),
        ("redis://:geheim@host", "redis://:***@host"),
        ("https://host/x?user=a&password=geheim&b=c", "https://host/x?user=a&password=***&b=c"),
        ("https://host/x?TOKEN=geheim#here", "https://host/x?TOKEN=***#here"),
        ("http://host:8080/path", "http://host:8080/path"),
        ("anna@host", "anna@host"),
        ("postgresql://anna@host/db", "postgresql://anna@host/db"),
        ("C:\\voices\\a@b.onnx", "C:\\voices\\a@b.onnx"),
        ("AA:BB:CC:DD:EE:FF", "AA:BB:CC:DD:EE:FF"),
    ],
)
def test_only_the_password_goes(text: str, shown: str) -> None:
    """User, host and all else stay to be read; done twice it is the same."""
    assert without_secrets(text) == shown
    assert without_secrets(shown) == shown
