"""Certificates for the test servers: one that a client may be told to trust, one that has run out."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

__all__ = ["Authority"]


class Authority:
    """A certificate authority that nobody knows until its file is named in SSL_CERT_FILE."""

    def __init__(self, folder: Path) -> None:
        self._own = trustme.CA()
        self.file = folder / "authority.pem"
        self._own.cert_pem.write_to_path(str(self.file))

    def server_context(self, name: str = "localhost", days: float = 30) -> ssl.SSLContext:
        """Return what a server needs to speak TLS as `name`, with a certificate that ends in so many days."""
        ends = datetime.now(UTC) + timedelta(days=days)
        starts = min(ends, datetime.now(UTC)) - timedelta(days=90)
        certificate = self._own.issue_cert(name, not_before=starts, not_after=ends)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context
