"""Connections that nobody can read: certificates as a person brings them, and the desk from another device."""

import http.client
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from lan_rig import Device, begin_lan_server, digits_for
from own_network import AT, HAS_NETWORK, NO_NETWORK, network_of_its_own
from page_rig import free_port

from cadencecoach.errors import UsageError
from cadencecoach.web.password import Password
from cadencecoach.web.server.encryption import encryption_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here, to make certificates with"),
]
NAMES = f"subjectAltName=DNS:treadmill.lan,DNS:*.lan,IP:{AT}"
SECRET = "correct horse battery"  # noqa: S105  # of this test


def make_certificate(folder: Path, name: str, *words: str) -> tuple[Path, Path]:
    """A certificate that has signed itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}-key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj", "/CN=t"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *files, *(words or ("-nodes", "-addext", NAMES))], check=True, capture_output=True)
    return certificate, key


def test_a_certificate_says_which_names_it_is_for(tmp_path: Path) -> None:
    """Names and addresses; one for every name of a domain says nothing that a host could be compared with."""
    context, names = encryption_of(*make_certificate(tmp_path, "one"))
    assert names == ("treadmill.lan", AT)
    assert context is not None
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert encryption_of(None, None) == (None, ())


def test_what_is_no_certificate_with_its_key_is_said_in_one_line(tmp_path: Path) -> None:
    """Which option, which file, why, and what it takes."""
    one, key = make_certificate(tmp_path, "one")
    _, other = make_certificate(tmp_path, "other")
    nameless = make_certificate(tmp_path, "nameless", "-nodes")
    locked = make_certificate(tmp_path, "locked", "-passout", "pass:abcd", "-addext", NAMES)
    text = tmp_path / "text.pem"
    text.write_text("no certificate\n")
    for pair, reason in (
        ((one, other), "MISMATCH"),
        (nameless, "names no host"),
        (locked, "password"),
        ((text, key), "PEM"),
        ((one, text), "PEM"),
        ((tmp_path / "none.pem", key), "no file"),
        ((one, tmp_path), "no file"),
    ):
        with pytest.raises(UsageError) as caught:
            encryption_of(*pair)
        assert reason in str(caught.value)
        assert "--" in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(not HAS_NETWORK, reason=NO_NETWORK)
def test_the_desk_comes_in_by_its_password_over_an_encrypted_connection_only(tmp_path: Path) -> None:
    """As the desk, from another device: everything. After five wrong ones nobody; without encryption a stranger."""
    certificate, key = make_certificate(tmp_path, "one")
    (tmp_path / "config" / "cadencecoach").mkdir(parents=True)
    Password(tmp_path / "config" / "cadencecoach" / "page-password.json").set(SECRET)
    with network_of_its_own():
        port = str(free_port())
        server, _ = begin_lan_server(tmp_path, "--port", port, "--cert", str(certificate), "--key", str(key))
        trusting = ssl.create_default_context(cafile=str(certificate))
        desk, screen = Device(server.port, context=trusting), Device(server.port, context=trusting)
        answer = screen.pair(digits_for(server, "screen"))
        assert "; Secure" in answer.headers["set-cookie"]
        assert screen.ask("GET", "/devices").status == 403
        assert 'name="password"' in desk.ask("GET", "/pair").text
        assert desk.ask("POST", "/api/desk", {"id": "a", "password": "x"}).status == 403
        assert desk.ask("GET", "/devices").status == 303
        assert desk.ask("POST", "/api/desk", {"id": "b", "password": SECRET}).status == 201
        assert desk.ask("GET", "/devices").status == 200
        assert desk.ask("POST", "/api/codes", {"id": "c", "role": "runner"}).status == 201
        for host, status in (("treadmill.lan", 200), ("x.lan", 421), ("localhost", 421)):
            told = {**desk.headers(), "Host": f"{host}:{server.port}"}
            assert desk.ask("GET", "/devices", headers=told).status == status
        with pytest.raises((http.client.HTTPException, ConnectionError)):  # it is served encrypted only
            Device(server.port).ask("GET", "/pair")
        wrong = [desk.ask("POST", "/api/desk", {"id": f"w{n}", "password": "wrong"}).status for n in range(6)]
        assert wrong == [403] * 5 + [429]
        assert desk.ask("POST", "/api/desk", {"id": "d", "password": SECRET}).status == 429
        session = server.start(plan="demo")
        server.end()
        plain, _ = begin_lan_server(tmp_path, "--port", port)
        assert Device(plain.port, desk.cookie).ask("GET", "/devices").status == 303
        assert Device(plain.port).ask("POST", "/api/desk", {"id": "e", "password": SECRET}).status == 403
        plain.ask("DELETE", f"/api/sessions/{session}")
        plain.end()
