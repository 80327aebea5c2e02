"""URLs as people may see them: without the password that is inside."""

from __future__ import annotations

import re

__all__ = ["host_of", "redacted"]

_LOGIN = re.compile(r"(?<=://)(?P<user>[^/?#@:]*)(?P<password>:[^/?#]*)?@")
_SECRET = re.compile(
    r"(?P<name>[?&](?:[a-z_]*(?:password|passwd|passcode|token|secret|api_?key|signature)|pwd|pass|psw|auth|key|sig)=)[^&#]+",
    re.IGNORECASE,
)
_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#]*@)?(?P<host>\[[^\]]+\]|[^/?#:]+)", re.IGNORECASE)


def redacted(text: str) -> str:
    """Return an address fit for a screen, a log or a file: the password after a login name and in the query is `***`.

    A text that is no URL (a camera's index, a path) comes back as it is.
    """
    if "://" not in text:
        return text
    hidden = _LOGIN.sub(lambda found: found["user"] + (":***" if found["password"] else "") + "@", text)
    return _SECRET.sub(lambda found: found["name"] + "***", hidden)


def host_of(text: str) -> str:
    """Return the host out of a URL or of `HOST:PORT`; empty where there is none."""
    found = _HOST.match(text.strip())
    return found["host"] if found else ""
