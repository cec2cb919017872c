"""A certificate for devices of the network: read, tried, and asked for the names it is good for."""

import ssl
from pathlib import Path
from typing import Any

from cadencecoach.errors import UsageError


def encryption_of(certificate: Path | None, key: Path | None) -> tuple[ssl.SSLContext | None, tuple[str, ...]]:
    """What encrypts connections, and the names and addresses that the certificate is for; nothing without one.

    Raises:
        UsageError: one of the files cannot be read, they do not belong together, or the certificate is over or nameless
    """
    if certificate is None or key is None:
        return None, ()
    for option, path in (("--cert", certificate), ("--key", key)):
        if not path.is_file():
            raise UsageError(f"{option}: there is no file {path}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # A password would be asked for by the library itself, on a terminal that may not be there.
        context.load_cert_chain(certificate, key, password=_no_password)
        names = _names_in(context, certificate)
    except (ssl.SSLError, OSError, ValueError) as error:
        reason = getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error)
        raise UsageError(
            f"--cert {certificate}, --key {key}: {reason}; it takes a certificate that is good today and its key, "
            "both as PEM, the key without a password"
        ) from error
    if not names:
        raise UsageError(f"--cert {certificate}: it names no host; browsers want one under Subject Alternative Name")
    return context, names


def _no_password() -> str:
    raise ValueError("the key has a password")


def _names_in(context: ssl.SSLContext, certificate: Path) -> tuple[str, ...]:
    """The names of a certificate, as a client sees them that trusts this very one: a greeting in memory."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    trusting.load_verify_locations(certificate)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = context.wrap_bio(to_server, to_client, server_side=True)
    client = trusting.wrap_bio(to_client, to_server)
    for one in (client, server, client, server):
        try:
            one.do_handshake()
        except ssl.SSLWantReadError:
            continue
    told: dict[str, Any] = dict(client.getpeercert() or {})
    kinds = {"DNS", "IP Address"}
    return tuple(str(name) for kind, name in told.get("subjectAltName", ()) if kind in kinds and "*" not in str(name))
