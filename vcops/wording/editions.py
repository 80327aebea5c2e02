"""Which edition of its procedure a run walks, in words, and what of the office's own was left out."""

from __future__ import annotations

from pathlib import PurePath

from vcops.domain.editions import Edition, EditionState
from vcops.errors import InvalidInput
from vcops.locale import _
from vcops.wording.errors import explain

__all__ = ["edition_text", "left_out_text", "standard_left_out_text"]


def edition_text(edition: Edition) -> str:
    """Return what is to be said where the handbook holds something else by now; empty where it does not."""
    if edition.left_out is not None:
        return _left_out(edition, edition.left_out)
    if edition.state is EditionState.GONE:
        said = _("The handbook no longer has this procedure; the run goes on by version {version}, which it keeps.")
        return said.format(version=edition.version)
    if edition.state is EditionState.SAME:
        return ""
    if edition.version == edition.now_version:
        said = _("The procedure was changed after this run started, under the same version {version}; the run goes on"
                 " as it started.")  # fmt: skip
        return said.format(version=edition.version)
    said = _("A newer version of the procedure is in force: {now}. This run goes on by version {version}.")
    return said.format(now=edition.now_version, version=edition.version)


def left_out_text(fault: InvalidInput) -> str:
    """Return where a file of the office's has its first fault, and that what ships is used in its place."""
    said = _("{fault} Until the file is corrected, the shipped one is used in its place.")
    return said.format(fault=explain(fault.code, fault.params).message)


def standard_left_out_text(fault: InvalidInput) -> str:
    """Return that a standard of the office's judges nothing for now, as briefly as a row of the screen needs it."""
    return _("The office's standard is left out: {place} has a fault.").format(place=_place(fault))


def _left_out(edition: Edition, fault: InvalidInput) -> str:
    if edition.state is EditionState.SAME:
        return _("The shipped procedure is used: {place} has a fault.").format(place=_place(fault))
    said = _("{place} has a fault; the run goes on by version {version}, which it keeps.")
    return said.format(place=_place(fault), version=edition.version)


def _place(fault: InvalidInput) -> str:
    """Return `video-conference.yaml, line 12`; the file alone where nothing in it could be read."""
    file, line = PurePath(str(fault.params.get("file", ""))).name, fault.params.get("line")
    return _("{file}, line {line},").format(file=file, line=line) if line else file
