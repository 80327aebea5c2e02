"""What is said of a room's cameras."""

from vcops.locale import _

__all__ = ["login_kept"]


def login_kept(file: str) -> str:
    """Return that a camera's login was taken out of its address, and where it is now."""
    return _("The camera's name and password are kept in {file}; the room has its address without them.").format(
        file=file
    )
