"""Readings in words: what was measured, its value with a unit, its bound, how it was measured, and remarks on it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vcops.domain.metrics import METRICS, Instrument, Value
from vcops.errors import Param
from vcops.formats.numbers import number
from vcops.locale import N_, _
from vcops.wording.on_screen import REMEDIES, Keys

__all__ = [
    "bound_words", "check_name", "how_words", "metric_name", "note_words", "progress_words", "unit_word", "value_words",
]  # fmt: skip

NOTHING = "–"
"""Stands where nothing was measured."""

_NAMES = {
    "frame_width_px": N_("Picture width"),
    "frame_height_px": N_("Picture height"),
    "fps": N_("Frames a second"),
    "longest_gap_ms": N_("Longest gap"),
    "first_frame_ms": N_("Time to the first frame"),
    "identical_frames_pct": N_("Identical frames"),
    "longest_freeze_ms": N_("Longest freeze"),
    "black_frames_pct": N_("Black frames"),
    "truncated_frames_pct": N_("Damaged frames"),
    "luma_mean": N_("Brightness"),
    "highlights_clipped_pct": N_("Overexposed area"),
    "sharpness_sigma_px": N_("Blur"),
    "noise_sigma": N_("Picture noise"),
    "flicker_ripple_pct": N_("Flicker of the light"),
    "faces_count": N_("Faces"),
    "face_width_px": N_("Face width"),
    "face_headroom_pct": N_("Room above the head"),
    "face_luma": N_("Brightness of the face"),
    "backlight_ratio": N_("Background to face"),
    "white_card_chroma": N_("Colour cast"),
    "download_mbps": N_("Download"),
    "upload_mbps": N_("Upload"),
    "latency_ms": N_("Latency"),
    "jitter_ms": N_("Jitter"),
    "loss_pct": N_("Packet loss"),
    "latency_loaded_down_ms": N_("Latency while downloading"),
    "latency_loaded_up_ms": N_("Latency while uploading"),
    "mos": N_("Speech quality (MOS)"),
    "r_factor": N_("Speech quality (R)"),
    "http_latency_ms": N_("Latency over HTTP"),
    "loss_down_pct": N_("Packet loss down"),
    "loss_up_pct": N_("Packet loss up"),
    "jitter_down_ms": N_("Jitter down"),
    "jitter_up_ms": N_("Jitter up"),
    "clock_offset_s": N_("Clock offset"),
    "link_wired": N_("By cable"),
    "wifi_signal_dbm": N_("Wi-Fi signal"),
    "ipv4_reachable": N_("Reached over IPv4"),
    "ipv6_reachable": N_("Reached over IPv6"),
    "captive_portal": N_("Login page in the way"),
    "proxy_in_use": N_("Goes through a proxy"),
    "mic_active_dbfs": N_("Speech level"),
    "mic_peak_dbfs": N_("Highest level"),
    "mic_silent": N_("Microphone silent"),
    "mic_clipped_samples": N_("Clipped samples"),
    "mic_snr_db": N_("Speech above noise"),
    "mic_hum_db": N_("Mains hum"),
    "echo_heard_ratio": N_("Loudspeaker heard"),
    "echo_delay_ms": N_("Echo delay"),
    "echo_above_voice_db": N_("Echo above the voice"),
    "dns_ms": N_("Finding the name"),
    "tcp_ms": N_("Connecting"),
    "tls_ms": N_("Securing the connection"),
    "tls_days_left": N_("Certificate still good for"),
    "http_status": N_("Answer of the site"),
    "hosts_reachable_pct": N_("Platform's addresses open"),
    "udp_reachable": N_("Media ports open (UDP)"),
    "seats_count": N_("Seats"),
    "display_count": N_("Displays"),
    "spare_microphone_count": N_("Spare microphones"),
}
_UNITS = {"d": N_("days"), "fps": N_("fps")}
_CHECKS = {
    "camera": N_("Camera"),
    "connection": N_("Connection"),
    "sound": N_("Sound"),
    "platform": N_("Platform"),
    "room": N_("Room"),
}
_NOTES = {
    "not_measured": N_("not measured"),
    "size_changed": N_("the size changed while it was measured"),
    "no_face": N_("nobody was found in the picture"),
    "too_few_edges": N_("too few sharp contours to judge by"),
    "too_short": N_("not seen for long enough"),
    "nothing_seen": N_("nothing could be seen"),
    "too_much_clipped": N_("too much of the picture is black or white"),
    "rate_hides_flicker": N_("cannot be seen at this frame rate"),
    "no_white_card": N_("no white sheet was seen in the box"),
    "capped": N_("ended at the data limit"),
    "too_brief": N_("measured too briefly for a sure figure"),
    "capped_early": N_("the data limit was too small for a sure figure"),
    "still_rising": N_("still getting faster when it ended: at least this much"),
    "stalled": N_("the transfer stood still for a while"),
    "broke_off": N_("the connection broke off"),
    "no_upload_url": N_("give --upload-url to measure it"),
    "through_proxy": N_("goes through a proxy"),
    "dns_failed": N_("the name was not found"),
    "tcp_failed": N_("no connection"),
    "tls_failed": N_("no secure connection"),
    "no_encryption": N_("the address is not https"),
    "no_answer": N_("no answer"),
    "no_udp_server": N_("no STUN server is named"),
    "udp_blocked": N_("nothing came back over UDP"),
    "mic_gated": N_("exact silence between the sounds: a gate or noise suppression mutes the rest"),
    "nobody_spoke": N_("the level hardly changed: did anyone speak?"),
    "mic_is_monitor": N_("this is what the loudspeaker is given, not a microphone"),
    "sound_gaps": N_("the sound came with gaps"),
    "rate_changed": N_("the device sent faster or slower than it should"),
}
_HOWS = {
    "frame-shape": N_("size of the frames that arrived"),
    "clock": N_("by the clock, frame by frame"),
    "file-timestamps": N_("by the file's own timestamps"),
    "file-declared-rate": N_("by the rate the file declares"),
    "luma-640-equal": N_("frames that equal the one before exactly, 640 pixels wide"),
    "luma-640-below-20": N_("frames whose mean brightness is under 20 of 255"),
    "luma-640-mean": N_("mean brightness of all frames, 0 to 255"),
    "lower-part-missing": N_("frames whose lower part did not arrive"),
    "luma-640-from-250": N_("pixels of brightness 250 to 255"),
    "edge-sigma-mean-of-8": N_("blur of the sharpest edges, mean of 8 frames, in pixels of 1920x1080"),
    "immerkaer-calmest-tenth": N_("noise of the calmest tenth of the picture (Immerkaer), 640 pixels wide"),
    "row-means-100-hz": N_("brightness of the rows at the beat of 100 Hz and the frame rate"),
    "mtcnn-three-in-five": N_("faces found in at least three of five looks"),
    "linear-light-around-face": N_("light around the people against light on the face"),
    "card-chroma-ab": N_("chroma C*ab of the white sheet"),
    "http-round-trip-median": N_("median round trip of small requests on one connection"),
    "round-trip-mean-difference": N_("mean difference of round trips that follow each other"),
    "iperf3-received-bytes": N_("bytes that iperf3's far end received, without the slow start"),
    "iperf3-sent-bytes": N_("bytes that iperf3 handed to the system; what arrived is not known here"),
    "http-date": N_("dates that the web server writes into its answers"),
    "http-body-bytes": N_("bytes received over four connections, without the slow start"),
    "tcp-acknowledged-bytes": N_("bytes the server acknowledged over four connections, without the slow start"),
    "http-written-bytes": N_("bytes handed to the system over four connections; what arrived is not known here"),
    "speedtest-whole-phase": N_("all bytes over the whole time, slow start included"),
    "udp-round-trip-median": N_("median round trip of single UDP packets, 50 a second"),
    "udp-unanswered": N_("UDP packets without an answer within 1.5 seconds"),
    "reflector-count": N_("packets counted by the reflector, each way"),
    "reflector-mean-difference": N_("mean difference of one-way times that follow each other"),
    "median-during-steady-part": N_("median round trip while the link is full"),
    "stun-answer": N_("an answer over UDP from a STUN server"),
    "ntp-exchange": N_("packets exchanged with a time server; the one that travelled fastest"),
    "interface-of-route": N_("the interface that packets to the server leave by"),
    "system-proxy": N_("the proxy that the environment or the system names"),
    "plain-http-answer": N_("one request without encryption: who answers, and where it leads"),
    "e-model": N_("E-model (ITU-T G.107) from latency, jitter and loss"),
    "getaddrinfo": N_("one look-up"),
    "tcp-connect": N_("one connection"),
    "tls-handshake": N_("one handshake"),
    "certificate-end": N_("end date of the certificate"),
    "http-get": N_("one request, redirects followed"),
    "all-samples-below-2": N_("no sample differs from zero by more than the smallest step"),
    "frames-50ms-95th-percentile": N_("95th percentile of the levels of 50 ms each"),
    "highest-sample": N_("the highest sample"),
    "runs-at-full-scale": N_("samples in runs of more than six at full scale"),
    "above-10th-percentile": N_("95th percentile of the levels of 50 ms above the 10th"),
    "mains-lines-in-pauses": N_("strongest line at 50 to 300 Hz above the noise beside it, in the pauses"),
    "matched-filter": N_("a chirp from 300 to 6000 Hz, found again with a matched filter"),
    "chirp-gain-against-voice": N_("what came back of the chirp, set to a voice of -26 dBFS, against the voice here"),
}
_PROGRESS = {
    "camera.opening": N_("opening the camera"),
    "camera.settling": N_("letting the picture settle"),
    "camera.measuring": N_("measuring: {width}x{height}, {fps} fps"),
    "camera.snapshot_people": N_("no picture kept: somebody may be on it"),
    "camera.looking": N_("{width}x{height}, {fps} fps, faces: {faces}"),
    "camera.snapshot_written": N_("picture written to {file}"),
    "connection.surroundings": N_("looking at the link"),
    "connection.idle": N_("measuring latency: {latency_ms} ms, {loss_pct} % lost of {sent}"),
    "connection.extending": N_("not certain yet, measuring on: {mbps} Mbps, {latency_ms} ms"),
    "connection.download": N_("measuring download: {mbps} Mbps"),
    "connection.upload": N_("measuring upload: {mbps} Mbps"),
    "platform.dns": N_("finding {host}"),
    "platform.tcp": N_("connecting to {host}"),
    "platform.tls": N_("securing the connection to {host}"),
    "platform.http": N_("asking {host} for its page"),
    "check.link_taken": N_(
        "the link is measured at another terminal ({by}, for {seconds} s now): waiting for our turn"
    ),
    "check.link_free": N_("the link is free again"),
    "check.next_camera": N_("camera: {name}"),
    "check.next_server": N_("{server} cannot be measured against; trying {next}"),
    "sound.opening": N_("opening the microphone"),
    "sound.soon": N_("speak in {seconds} …"),
    "sound.waiting": N_("waiting for the first sound"),
    "sound.listening": N_("speak now: {level_dbfs} dBFS, highest {hold_dbfs}"),
    "sound.chirp": N_("be silent: a test tone sounds at {device}"),
    "sound.recording": N_("speak now, it is played back: {level_dbfs} dBFS, highest {hold_dbfs}"),
    "sound.playing": N_("listen: what you said sounds at {device}"),
    "sound.sounding": N_("listen: a test tone sounds at {device}"),
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def metric_name(metric: str) -> str:
    """Return what a metric is called; its id where it has no name."""
    return _(_NAMES.get(metric, metric))


def check_name(instrument: Instrument) -> str:
    """Return what a check is called: `Camera`, `Connection`."""
    return _(_CHECKS[instrument])


def unit_word(metric: str) -> str:
    """Return a metric's unit as it is written after a number; empty for yes and no, and for plain numbers."""
    unit = METRICS[metric].unit
    return "" if unit == "bool" else _(_UNITS.get(unit, unit))


def value_words(metric: str, value: Value | None) -> str:
    """Return a value without its unit: `1.280`, `29,9`, `ya`; a dash where nothing was measured."""
    if value is None:
        return NOTHING
    if METRICS[metric].yes_no or isinstance(value, bool):
        return _("yes") if value else _("no")
    return number(value, METRICS[metric].decimals)


def bound_words(bound: str | None) -> str:
    """Return a bound of the public JSON shape as people read it: `>= 33.3` is `≥ 33,3`, `70..180` is `70–180`."""
    if bound is None:
        return ""
    if bound.startswith("= "):
        word = bound[2:]
        return _(word) if word in ("yes", "no") else _numbers(bound)
    return _numbers(bound.replace(">=", "≥").replace("<=", "≤")).replace("..", "–")


def note_words(note: str | None, keys: Keys | None = None) -> str:
    """Return the remark on a reading; empty where there is none. With `keys` it names one of them, not an option."""
    if not note:
        return ""
    said = _NOTES.get(note, note)
    return _(said) if keys is None else _(REMEDIES.get(note, said)).format_map(dict(keys))


def how_words(how: str) -> str:
    """Return how a reading was made."""
    return _(_HOWS.get(how, how)) if how else ""


def progress_words(code: str, params: Mapping[str, Param]) -> str:
    """Return what a check is doing right now, with the figures so far."""
    shown = {name: _figure(value) for name, value in params.items()}
    return _(_PROGRESS.get(code, code)).format_map(_Lenient(shown))


def _figure(value: Param) -> str:
    if value is None:
        return NOTHING
    return number(value, 1) if isinstance(value, float) else str(value)


def _numbers(text: str) -> str:
    def written(found: re.Match[str]) -> str:
        value = float(found.group())
        decimals = len(f"{value:.3f}".rstrip("0").partition(".")[2])
        return number(value, decimals)

    return _NUMBER.sub(written, text)


class _Lenient(dict[str, str]):
    """A figure that is not known yet shows as a dash."""

    def __missing__(self, key: str) -> str:
        return NOTHING
