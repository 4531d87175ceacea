"""The certificate that a home makes for itself, so that phones in the same room can reach it.

Nobody vouches for it but the people in the room: they compare its fingerprint, as the terminal
of whoever serves shows it, with the one that their own device shows. It is kept in the home, so
that whoever accepted it once is not asked again, and made anew before it ends or when the home
is reached elsewhere.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from goround.node.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

    from goround.node.home import Home

LASTS = timedelta(days=396)
"""Browsers trust no certificate for longer than 398 days."""
RENEWED = timedelta(days=30)
"""How long before its end a certificate is made anew."""
CLOCKS = timedelta(days=1)
"""How far a phone's clock may be behind."""


class Certificate(NamedTuple):
    """Where a home's certificate and its key lie."""

    file: Path
    key: Path


def own_certificate(home: Home, host: str) -> Certificate:
    """Return this home's certificate for an address, made anew where there is none that holds."""
    kept = Certificate(home.path / "certificate.pem", home.path / "certificate-key.pem")
    moment = datetime.fromtimestamp(home.clock() / 1000, UTC)
    if not _holds(kept, host, moment):
        _make(kept, host, moment)
    return kept


def _holds(kept: Certificate, host: str, moment: datetime) -> bool:
    try:
        found = x509.load_pem_x509_certificate(kept.file.read_bytes())
        key = serialization.load_pem_private_key(kept.key.read_bytes(), None)
        named = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    began, ends = found.not_valid_before_utc, found.not_valid_after_utc
    is_pair = _public(found) == _public(key)
    is_for_host = ip_address(host) in named.get_values_for_type(x509.IPAddress)
    return is_pair and is_for_host and began <= moment < ends - RENEWED


def _public(holder: x509.Certificate | PrivateKeyTypes) -> bytes:
    return holder.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _make(kept: Certificate, host: str, moment: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Goround at {host}")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(moment - CLOCKS)
        .not_valid_after(moment + LASTS - CLOCKS)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    write_private(kept.key, secret)
    write_private(kept.file, made.public_bytes(serialization.Encoding.PEM))
