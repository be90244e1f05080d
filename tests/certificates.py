"""An authority and certificates of it, made for a test."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = timedelta(days=1)


class Authority:
    """Signs certificates; `path` is the file by which it is trusted."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._name = folder, _name("Authority of a test")
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.path = folder / "authority.pem"
        usage = x509.KeyUsage(
            key_cert_sign=True, crl_sign=True, digital_signature=False, content_commitment=False,
            key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
            decipher_only=False,
        )  # fmt: skip
        made = _unsigned(self._name, self._name, self._key, is_authority=True).add_extension(usage, critical=True)
        self.path.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def certificate(self, name: str, *, self_signed: bool = False) -> Path:
        """A file with a key and the certificate of a name or an IP address."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _unsigned(_name(name), _name(name) if self_signed else self._name, key, is_authority=False)
        made = made.add_extension(x509.SubjectAlternativeName([_alternative(name)]), critical=False)
        signed = made.sign(key if self_signed else self._key, hashes.SHA256())
        path = self._folder / f"{name}{'-self-signed' * self_signed}.pem"
        form = serialization.PrivateFormat.TraditionalOpenSSL
        path.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
            + signed.public_bytes(serialization.Encoding.PEM)
        )
        path.chmod(0o600)
        return path

    def context(self, name: str, *, self_signed: bool = False) -> ssl.SSLContext:
        """What a server that shows such a certificate needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate(name, self_signed=self_signed))
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _unsigned(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, is_authority: bool
) -> x509.CertificateBuilder:
    now = datetime.now(timezone.utc)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - _DAY).not_valid_after(now + _DAY)
    return made.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
