"""What stands in the way of a meeting, in a sentence with its figures, and what to do about it."""

from __future__ import annotations

from vcops.domain.facts import Finding
from vcops.domain.metrics import METRICS
from vcops.domain.needs import Needs
from vcops.domain.standards import Standard
from vcops.errors import Param
from vcops.formats.numbers import number
from vcops.locale import N_, _, language
from vcops.wording.camera_findings import CAMERA_SENTENCES, OFFICE_FIRST
from vcops.wording.metrics import bound_words, metric_name, note_words, unit_word, value_words
from vcops.wording.on_screen import REMEDIES, Keys
from vcops.wording.sound_findings import SOUND_SENTENCES
from vcops.wording.terms import platform_name

__all__ = ["finding_words", "needs_words"]

_SENTENCES: dict[str, tuple[str, str]] = {
    "finding.captive_portal": (
        N_("The network shows its own login page instead of letting this machine out."),
        N_("Open a browser on this machine, log in, and measure again."),
    ),
    "finding.loss": (
        N_("{loss} % of the packets are lost: picture and sound will break up."),
        N_("Use a cable instead of Wi-Fi, try another port or cable, or use the backup link."),
    ),
    "finding.loss_by_way": (
        N_("{loss} % of the packets are lost ({up} % on the way up, {down} % on the way down)."),
        N_("Use a cable instead of Wi-Fi, try another port or cable, or use the backup link."),
    ),
    "finding.up_by_loss": (
        N_("Uplink {mbps} of {needed} Mbps: limited by loss ({loss} %), not by capacity."),
        N_("Mend the loss first; buying more bandwidth will not help."),
    ),
    "finding.down_by_loss": (
        N_("Downlink {mbps} of {needed} Mbps: limited by loss ({loss} %), not by capacity."),
        N_("Mend the loss first; buying more bandwidth will not help."),
    ),
    "finding.up_short_for": (
        N_("Uplink {mbps} of {needed} Mbps needed for {quality}."),
        N_("Lower the quality of the camera's picture, stop backups and synchronisation, or use the backup link."),
    ),
    "finding.down_short_for": (
        N_("Downlink {mbps} of {needed} Mbps needed for {quality} with {participants} participants."),
        N_("Ask participants to turn their video off, show fewer of them at once, or use the backup link."),
    ),
    "finding.up_tight_for": (
        N_("Uplink {mbps} Mbps is enough for {quality} ({needed} Mbps), but not with head-room ({wanted} Mbps)."),
        N_("Stop everything else that sends during the meeting: backups, synchronisation, uploads."),
    ),
    "finding.down_tight_for": (
        N_(
            "Downlink {mbps} Mbps is enough for {quality} with {participants} participants ({needed} Mbps), "
            "but not with head-room ({wanted} Mbps)."
        ),
        N_("Stop other downloads in the building during the meeting."),
    ),
    "finding.up_short": (
        N_("Uplink {mbps} of {needed} Mbps."),
        N_("Lower the quality of the camera's picture, stop backups and synchronisation, or use the backup link."),
    ),
    "finding.down_short": (
        N_("Downlink {mbps} of {needed} Mbps."),
        N_("Ask participants to turn their video off, show fewer of them at once, or use the backup link."),
    ),
    "finding.up_tight": (
        N_("Uplink {mbps} Mbps is enough, but less than the {wanted} Mbps that leave head-room."),
        N_("Stop everything else that sends during the meeting: backups, synchronisation, uploads."),
    ),
    "finding.down_tight": (
        N_("Downlink {mbps} Mbps is enough, but less than the {wanted} Mbps that leave head-room."),
        N_("Stop other downloads in the building during the meeting."),
    ),
    "finding.hosts_blocked": (
        N_("Addresses of the platform cannot be reached: {subject}."),
        N_("Ask the network staff to open them on the firewall."),
    ),
    "finding.udp_blocked": (
        N_("UDP is blocked: picture and sound will fall back to TCP and stutter as soon as a packet is lost."),
        N_("Ask the network staff to let the platform's UDP ports out, or use the backup link."),
    ),
    "finding.udp_blocked_ports": (
        N_("UDP is blocked: picture and sound will fall back to TCP and stutter as soon as a packet is lost."),
        N_("Ask the network staff to let UDP {ports} out, or use the backup link."),
    ),
    "finding.udp_silent": (
        N_("The platform's own servers do not answer over UDP ({subject}), though others do."),
        N_("Ask the network staff to let the platform's UDP ports out, or use the backup link."),
    ),
    "finding.udp_silent_ports": (
        N_("The platform's own servers do not answer over UDP ({subject}), though others do."),
        N_("Ask the network staff to let UDP {ports} out, or use the backup link."),
    ),
    "finding.rises_up": (
        N_("The latency rises by {rise} ms, to {loaded} ms, while the link is sending at full speed."),
        N_("Find who fills the uplink (backups, synchronisation), or let the router share it fairly (SQM, QoS)."),
    ),
    "finding.rises_down": (
        N_("The latency rises by {rise} ms, to {loaded} ms, while the link is receiving at full speed."),
        N_("Stop large downloads during the meeting, or let the router share the link fairly (SQM, QoS)."),
    ),
    "finding.latency": (
        N_("The latency is {value} ms, more than the {limit} ms at which people begin to talk over each other."),
        N_("Turn off the VPN, use a cable, and ask the provider to check the route if it stays high."),
    ),
    "finding.jitter": (
        N_("The latency wavers by {value} ms from packet to packet, more than {limit} ms."),
        N_("Use a cable instead of Wi-Fi, or bring the access point nearer and choose the 5 GHz band."),
    ),
    "finding.wifi_weak": (
        N_("The Wi-Fi signal is weak: {signal} dBm."),
        N_("Use a cable, or move nearer to the access point."),
    ),
    "finding.proxy": (
        N_("The connection goes through a proxy: {subject}."),
        N_("Let the platform past the proxy; media through a proxy falls back to TCP."),
    ),
    "finding.clock_behind": (
        N_("This machine's clock is {seconds} seconds behind."),
        N_("Turn on automatic time (NTP); a wrong clock breaks logins and certificates."),
    ),
    "finding.clock_ahead": (
        N_("This machine's clock is {seconds} seconds ahead."),
        N_("Turn on automatic time (NTP); a wrong clock breaks logins and certificates."),
    ),
    "finding.certificate_ends": (
        N_("The platform's certificate ends in {days} days."),
        N_("Check this machine's date; if it is right, tell the platform's administrator."),
    ),
    "finding.certificate_ended": (
        N_("The platform's certificate ended {days} days ago."),
        N_("Check this machine's date; if it is right, tell the platform's administrator."),
    ),
    "finding.not_met": (N_("{name}: {shown}, the bound is {asked}."), ""),
    "finding.not_certain": (
        N_("{name} is not certain yet: {shown}, somewhere from {low} to {high}, and the bound {edge} lies between."),
        N_("Measure again; a longer measurement is surer, such as --seconds 30."),
    ),
    "finding.too_uneven": (
        N_("{name} is not certain yet: {shown} on average, but too uneven to tell whether {edge} is kept."),
        N_("Close what else uses this machine or the link and measure again, for longer, such as --seconds 30."),
    ),
    "finding.written_bytes": (
        N_("{name} is not certain: {shown} were handed to the network, from {low} to {high} may have arrived."),
        N_("Measure on Linux, where the system tells what arrived, or with --via iperf3."),
    ),
    "finding.rough_instrument": (
        N_("{name} is not certain: speedtest-cli read {shown}, which may be anything from {low} to {high}."),
        N_("Measure over HTTP instead: --via http, or a LibreSpeed server of the office's own."),
    ),
    "finding.cut_short": (
        N_("{name} is not certain: the measurement was cut short at {shown}."),
        N_("Measure again to the end."),
    ),
    "finding.not_read": (N_("Not measured: {names}."), ""),
    "finding.not_measured": (N_("{name} was not measured: {why}."), ""),
    "finding.holds_for": (
        N_("The link holds for {participants} participants at {quality}."),
        "",
    ),
    "finding.holds_unseen": (
        N_("The link holds for {participants} participants at {quality}; packet loss was not measured."),
        "",
    ),
    "finding.holds": (N_("Everything that is required is met."), ""),
    **CAMERA_SENTENCES,
    **SOUND_SENTENCES,
}


_OF_THE_OFFICE = OFFICE_FIRST | SOUND_SENTENCES.keys() | {"finding.not_met"}
"""Findings on one bound, about which the office's standard may say what to do."""


def finding_words(finding: Finding, standard: Standard | None = None, keys: Keys | None = None) -> str:
    """Return what was found and what to do about it, in the language in use; the code where none was written.

    With `keys` the remedy is the screens', which names one of them; without, the command line's.

    A bound that is missed and has no remedy of its own here has the one of the `standard`, where the office wrote it;
    `OFFICE_FIRST` names the findings on which the office is asked first. Of several cameras each is named in front,
    and what a cause explains behind it.
    """
    said = _SENTENCES.get(finding.code)
    if said is None:
        return finding.code
    filled = _Lenient(dict(keys or {}) | _words(finding, keys))
    found, remedy = said
    remedy = remedy if keys is None else REMEDIES.get(finding.code, remedy)
    does = [_(remedy).format_map(filled) if remedy else "", _remedy_of(finding, standard)]
    first = reversed(does) if finding.code in OFFICE_FIRST else does
    parts = [_(found).format_map(filled), next((one for one in first if one), "")]
    if "follow" in finding.params:
        parts.append(_("Probably the cause of this too: {follow}.").format_map(filled))
    text = " ".join(part for part in parts if part)
    return f"{finding.params['camera']}: {text}" if "camera" in finding.params else text


def _remedy_of(finding: Finding, standard: Standard | None) -> str:
    """Return what the office wrote about a bound, where the finding is on nothing else."""
    if standard is None or finding.code not in _OF_THE_OFFICE:
        return ""
    asked = standard.requirement(str(finding.params.get("metric", "")))
    return asked.remedy.said(language()) if asked and asked.remedy else ""


def needs_words(needs: Needs) -> str:
    """Return what a link is asked for: `720p, 10 participants, Zoom`."""
    people = _("{count} participants").format(count=needs.participants)
    return ", ".join(part for part in (needs.quality, people, platform_name(needs.platform)) if part)


def _words(finding: Finding, keys: Keys | None) -> dict[str, str]:
    """Return the parameters as they stand in a sentence."""
    params = finding.params
    words = {name: _figure(name, value) for name, value in params.items()}
    metric = str(params.get("metric", ""))
    if metric in METRICS:
        unit = unit_word(metric)
        words["name"] = metric_name(metric)
        words["shown"] = f"{_value(metric, params.get('value'))} {unit}".strip()
        words["value"] = _value(metric, params.get("value"))
        words["asked"] = f"{bound_words(str(params.get('bound') or ''))} {unit}".strip()
        words |= {name: _value(metric, params[name]) for name in ("low", "high") if name in params}
        words["why"] = note_words(str(params.get("note") or "not_measured"), keys)
    if "metrics" in params:
        words["names"] = _names(params["metrics"])
    if "follow" in params:
        words["follow"] = _names(params["follow"]).lower()
    if "platform" in params:
        words["platform"] = platform_name(str(params["platform"] or ""))
    return words


def _names(metrics: Param) -> str:
    return ", ".join(metric_name(one) for one in str(metrics).split(","))


def _value(metric: str, value: Param) -> str:
    if value in ("yes", "no"):
        return _(str(value))
    return value_words(metric, value) if isinstance(value, int | float) else value_words(metric, None)


def _figure(name: str, value: Param) -> str:
    if isinstance(value, float):
        if name in _WHOLE:
            return number(value)
        return number(value, 2 if name in _BOUNDS and round(value, 1) != round(value, 2) else 1)
    return "" if value is None else str(value)


_WHOLE = ("rise", "loaded", "idle", "signal", "days", "limit", "width")
"""Nobody cares for a tenth of these."""
_BOUNDS = ("needed", "wanted", "edge")
"""Shown as exactly as they were asked for."""


class _Lenient(dict[str, str]):
    """A parameter that is missing shows as its name instead of ending the program."""

    def __missing__(self, key: str) -> str:
        return key
