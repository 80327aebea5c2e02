"""What the operating system says of a file, in the language in use."""

from __future__ import annotations

import errno
import os

from vcops.locale import N_, _

__all__ = ["system_words"]

_SAID = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("not permitted"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EEXIST: N_("it exists already"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EBUSY: N_("it is in use"),
    errno.EIO: N_("the disk cannot be read or written"),
}
_BY_TEXT = {os.strerror(number): text for number, text in _SAID.items()}


def system_words(said: str) -> str:
    """Return what the system said, in words; as it said it where it is something else."""
    return _(_BY_TEXT[said]) if said in _BY_TEXT else said
