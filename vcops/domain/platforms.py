"""Meeting platforms that a check knows by a short name."""

from __future__ import annotations

__all__ = ["PLATFORMS", "platform_url"]

PLATFORMS = {
    "zoom": "https://zoom.us",
    "teams": "https://teams.microsoft.com",
    "meet": "https://meet.google.com",
    "webex": "https://www.webex.com",
    "jitsi": "https://meet.jit.si",
}
"""Short name -> the page that a participant's browser opens first."""


def platform_url(name: str) -> str | None:
    """Return the URL for a short name, a URL or a host name; None where it is none of them."""
    text = name.strip()
    if known := PLATFORMS.get(text.lower()):
        return known
    if text.lower().startswith(("https://", "http://")):
        return text
    looks_like_host = text and not any(one in text for one in " /\\@") and ("." in text or text.startswith("localhost"))
    return f"https://{text}" if looks_like_host else None
