"""Which edition of its procedure a run walks, in words."""

from __future__ import annotations

from vcops.domain.editions import Edition, EditionState
from vcops.locale import _

__all__ = ["edition_text"]


def edition_text(edition: Edition) -> str:
    """Return what is to be said where the handbook holds something else by now; empty where it does not."""
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
