"""What `vcops doctor` says about each thing it looked at."""

from __future__ import annotations

from collections.abc import Mapping

from vcops.errors import Param
from vcops.locale import N_, _

__all__ = ["SUBJECTS", "finding_text"]

SUBJECTS = {
    "doctor.python": N_("Python {value}"),
    "doctor.config": N_("configuration: {value}"),
    "doctor.database": N_("database: {value}, sound"),
    "doctor.database_new": N_("database: {value}, not made yet; it is made when first needed"),
    "doctor.database_read_only": N_("database: {value}, can be read and not written"),
    "doctor.shared_by_all": N_(
        "shared data: {value}, written by every account of this machine (SQLite writes two files beside the database);"
        " for fewer, make a group {group} before the first start"
    ),
    "doctor.shared_by_group": N_(
        "shared data: {value}, written by the group {group} (SQLite writes two files beside the database)"
    ),
    "doctor.journal_head": N_(
        "journal: {value} entries, as this machine last saw it; check all: vcops journal --verify"
    ),
    "doctor.journal_cut": N_(
        "journal: {value} entries, fewer or others than this machine has seen: vcops journal --verify"
    ),
    "doctor.disk": N_("disk: {value} MB free"),
    "doctor.handbook": N_("handbook: {value} procedures, the office's own in {folder}"),
    "doctor.catalog": N_("language: {value}"),
    "doctor.zones": N_("time zones: WIB, WITA, WIT"),
    "doctor.camera": N_("camera checks: OpenCV"),
    "doctor.speedtest": N_("connection checks: speedtest-cli"),
    "doctor.iperf3": N_("connection checks: iperf3"),
    "doctor.no_iperf3": N_("connection checks: iperf3 is not installed; http and speedtest do without it"),
    "doctor.servers": N_("connection is measured against: {value}"),
    "doctor.no_servers": N_(
        "connection: no server to measure against is named for all rooms; the README says how to get one"
    ),
    "doctor.stun": N_("loss over UDP is measured against: {value}"),
    "doctor.no_stun": N_("loss over UDP: only against the platform's own servers, where its page names some"),
    "doctor.postgres": N_("PostgreSQL driver"),
    "doctor.no_postgres": N_("PostgreSQL driver: not installed, needed only for a shared server"),
    "doctor.terminal": N_("terminal: {value}; the screens want 80x20 or more"),
    "doctor.no_terminal": N_("terminal: none here, so no screens; the commands work"),
}


def finding_text(subject: str, params: Mapping[str, Param]) -> str:
    """Return the line about one thing."""
    return _(SUBJECTS.get(subject, subject)).format(**params)
