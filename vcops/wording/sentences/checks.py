"""Why something could not be measured."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "check.not_measured": (
        N_("The step {step} is not measured by an instrument."),
        N_("Answer it by hand."),
    ),
    "check.meeting_here": (
        N_("“{meeting}” is on in this room: only what nobody notices is measured now."),
        N_("End that meeting first if it is over; else measure afterwards, or skip the step with a reason."),
    ),
    "check.meeting_elsewhere": (
        N_("“{meeting}” is on and may use the same link, which this measurement fills."),
        N_("Measure when it is over, or on a step of its own where the two are known to have different links."),
    ),
    "check.link_taken": (
        N_("The link is being measured at another terminal ({by}, for {seconds} s now)."),
        N_("This measurement begins by itself as soon as it is free."),
    ),
    "check.unknown_instrument": (
        N_("There is no check of {instrument} yet."),
        N_("Measure the camera, the connection or the platform."),
    ),
    "check.other_instrument": (
        N_("The standard {standard} is for {instrument}, not for {check}; nothing was measured."),
        N_("List the standards with: vcops standard list."),
    ),
    "check.no_standard": (
        N_("There is no standard to hold the readings against, so they stay without a verdict."),
        N_("Name one with --standard; list them with: vcops standard list."),
    ),
    "check.unmeasured": (
        N_("Not everything that the standard {standard} requires could be measured; what was measured is listed."),
        N_("See the remarks beside the readings, and measure again."),
    ),
    "check.not_met": (
        N_("The standard {standard} is not met: {metrics}."),
        N_("Mend that and measure again."),
    ),
    "check.seconds": (
        N_("{value} seconds cannot be measured; nothing was measured."),
        N_("Give 1 to {most}."),
    ),
    "check.no_iperf3_server": (
        N_("No iperf3 server is named; those that are named for HTTP do not speak it."),
        N_("Start one with: iperf3 -s, on a machine beyond the link, and name it with --server HOST:PORT."),
    ),
    "check.no_backup_interface": (
        N_("No interface is set for the backup link: what is measured is the link in use now."),
        N_('Move this machine to the backup link first, or write backup_interface = "NAME" into config.toml.'),
    ),
    "check.own_machine": (
        N_("A server that is named is this machine itself: against it this machine is measured, not the link."),
        N_("Name one beyond the link, best outside the building."),
    ),
    "check.no_stun": (
        N_("No STUN server is named: loss and UDP will not be judged, latency is measured over HTTP."),
        N_('Name one with --stun HOST:PORT, write stun = ["HOST:PORT"] into config.toml, or name the platform.'),
    ),
    "check.no_stun_for_iperf3": (
        N_("No STUN server is named: iperf3 tells the speed alone, so latency, jitter and loss are not measured."),
        N_('Name one with --stun HOST:PORT, write stun = ["HOST:PORT"] into config.toml, or name the platform.'),
    ),
    "check.no_stun_of_platform": (
        N_("The platform that is set names no STUN server: loss and UDP will not be judged, latency is over HTTP."),
        N_('Name one with --stun HOST:PORT, or write stun = ["HOST:PORT"] into config.toml.'),
    ),
    "check.no_stun_for_iperf3_of_platform": (
        N_("The platform that is set names no STUN server: iperf3 tells the speed alone, nothing else is measured."),
        N_('Name one with --stun HOST:PORT, or write stun = ["HOST:PORT"] into config.toml.'),
    ),
    "check.bad_interface": (
        N_("{value} is not the name of an interface or an address of this machine; nothing was measured."),
        N_("List them with: ip address (Linux), ipconfig (Windows), ifconfig (macOS)."),
    ),
    "check.participants": (
        N_("{value} participants cannot be reckoned with; nothing was measured."),
        N_("Give 1 to {most}."),
    ),
    "check.unknown_quality": (
        N_("There are no figures for the quality {value} on that platform; nothing was measured."),
        N_("Use one of: {expected}."),
    ),
    "check.max_mb": (
        N_("A limit of {value} MB leaves nothing to measure with; nothing was measured."),
        N_("Give more than 0 and at most {most}."),
    ),
    "check.unknown_via": (
        N_("A connection cannot be measured by {value}."),
        N_("Use one of: {expected}."),
    ),
    "check.unknown_profile": (
        N_("There is no server profile {value}."),
        N_("Use one of: {expected}."),
    ),
    "check.unknown_server_kind": (
        N_("{server} names a kind of server that there is not."),
        N_("Write one of these in front of the address: {kinds}; without any it is a LibreSpeed server."),
    ),
    "check.server_upload": (
        N_("What stands after # in {server} is not understood."),
        N_("Where to write to stands there for plain+https:// alone: #upload=/PATH or #upload=URL."),
    ),
    "check.no_server": (
        N_("No server to measure the connection against is named."),
        N_(
            "Name one with --server URL, or once for all with: vcops office set --measure-servers URL. Any server with "
            "LibreSpeed on it will do, the office's own too; the README says how to get one."
        ),
    ),
    "check.no_platform": (
        N_("No platform is named."),
        N_("Name one ({known}), a host or a URL, or once for all with: vcops office set --platform NAME."),
    ),
    "check.unknown_platform": (
        N_("{value} is neither a known platform nor a host nor a URL."),
        N_("Known are: {known}."),
    ),
    "check.no_automatic": (
        N_("The procedure {procedure} has no step that is measured."),
        N_("Name another with --procedure."),
    ),
    "probe.cancelled": (
        N_("The check was stopped; what had been measured by then is kept as partial."),
        N_("Measure again for a verdict."),
    ),
    "check.room_stopped_at_once": (
        N_("The checks were stopped before anything was measured; no measurement was recorded."),
        N_("Begin again with the same command."),
    ),
    "check.room_stopped": (
        N_(
            "The checks were stopped. In run {run} {through} of them came to their end and count; what else was read"
            " by then is kept there and does not count."
        ),
        N_("Begin again with the same command: the run goes on."),
    ),
    "probe.late": (
        N_("The check did not get on for {seconds} seconds and was ended; what had been measured by then is kept."),
        N_("Unplug the device and plug it in again, or check the network, and measure again."),
    ),
    "probe.died": (
        N_("The measuring process ended unexpectedly (status {status}); what had been measured by then is kept."),
        N_("Measure again; if it happens again, run: vcops doctor."),
    ),
    "probe.garbled": (
        N_("The measuring process answered with something that is no reading."),
        N_("Measure again; if it happens again, run: vcops doctor."),
    ),
    "probe.broken": (
        N_("The measuring process failed ({kind}); what had been measured by then is kept."),
        N_("Measure again; if it happens again, run: vcops doctor."),
    ),
    "probe.unknown": (
        N_("There is no probe {name}."),
        N_("Use camera, connection or platform."),
    ),
    "probe.bad_request": (
        N_("The request to the probe is not one JSON object on one line."),
        "",
    ),
    "camera.none": (
        N_("No camera was found on this machine."),
        N_("Plug one in, or name a file or a URL with --source."),
    ),
    "camera.none_at": (
        N_("No camera at {source}; found {found}."),
        N_("Choose one of these with --source."),
    ),
    "camera.no_permission": (
        N_("You may not read {source}."),
        N_("Ask for permission; for a camera on Linux: join the group video and log in again."),
    ),
    "camera.cannot_open_device": (
        N_("The camera {source} cannot be opened."),
        N_("Close other programs that use it, plug it in again, and see: vcops check camera --list."),
    ),
    "camera.cannot_open": (
        N_("{source} cannot be opened as video."),
        N_("Check that it is a video file or a camera's stream, and that the address is complete."),
    ),
    "camera.too_large": (
        N_("The picture of {source} is {width} x {height} pixels, more than any camera sends; nothing was measured."),
        N_("Check that the address is the camera's, and set it to 1920 x 1080."),
    ),
    "camera.no_file": (
        N_("There is no file {file}."),
        N_("Check the path; a camera is named by its index, its device path or its URL."),
    ),
    "camera.unknown_scheme": (
        N_("A camera cannot be read over {scheme}."),
        N_("Use http, https or rtsp."),
    ),
    "camera.bad_url": (
        N_("{source} is not a complete URL."),
        N_("Write it like this: rtsp://192.0.2.10/stream."),
    ),
    "camera.unauthorized": (
        N_("The camera at {host} refused the name or the password (status {status})."),
        N_(
            "Type the camera's address once more as http://NAME:PASSWORD@HOST/...; for a room the password is kept in"
            " secrets.toml."
        ),
    ),
    "camera.http_status": (
        N_("{source} answers with status {status} instead of video."),
        N_("Check the path in the camera's manual."),
    ),
    "camera.not_video": (
        N_("{source} sends {kind}, not video."),
        N_("That is the camera's page; its stream has another path, see its manual."),
    ),
    "camera.no_frames": (
        N_("{source} opens but sends no picture."),
        N_("Close other programs that use it, take off the lens cover lock, plug it in again."),
    ),
    "camera.stopped": (
        N_("{source} stopped sending after {frames} frames; they are kept as partial readings."),
        N_("Check its cable, its power and the network."),
    ),
    "camera.no_timestamps": (
        N_("The file {source} tells neither timestamps nor a frame rate."),
        N_("Use another file."),
    ),
    "camera.no_opencv": (
        N_("The library that reads cameras cannot be loaded ({said})."),
        N_("Install it: pip install opencv-python-headless."),
    ),
    "camera.snapshot_kind": (
        N_("{file} does not name a kind of picture that can be written; the readings stand."),
        N_("End its name with .jpg or .png."),
    ),
    "camera.snapshot_failed": (
        N_("The picture {file} could not be written ({said}); the readings stand."),
        N_("Check the folder and its permissions."),
    ),
    "network.dns": (
        N_("The name {host} is not found."),
        N_("Check the spelling, the network cable or Wi-Fi, and the DNS server."),
    ),
    "network.refused": (
        N_("{host} refuses connections at port {port}."),
        N_("Check the port, and that the service runs."),
    ),
    "network.timeout": (
        N_("{host} does not answer at port {port}."),
        N_("Check the address, the network and the firewall."),
    ),
    "network.unreachable": (
        N_("There is no way to {host}: this machine has no network that leads there."),
        N_("Check the network cable or Wi-Fi."),
    ),
    "network.certificate": (
        N_("The certificate of {host} is not accepted: {said}."),
        N_("Check this machine's date; for an office's own authority, name its file in SSL_CERT_FILE."),
    ),
    "network.tls": (
        N_("{host} does not speak TLS at port {port} ({said})."),
        N_("Check whether the address should begin with http:// or have another port."),
    ),
    "network.broke_off": (
        N_("The connection to {host}, port {port}, broke off."),
        N_("Check the network and measure again."),
    ),
    "connection.unknown_instrument": (
        N_("A connection cannot be measured by {via}."),
        N_("Use http, speedtest or iperf3."),
    ),
    "connection.unknown_profile": (
        N_("There is no server profile {profile}."),
        N_("Use librespeed, cloudflare or plain."),
    ),
    "connection.bad_url": (
        N_("The server's address is not a complete URL."),
        N_("Write it like this: https://speed.example.go.id/backend/."),
    ),
    "connection.not_http": (
        N_("{host} answers, but not as a web server."),
        N_("Check the address and the port."),
    ),
    "connection.http_status": (
        N_("{host} answers {path} with status {status}."),
        N_("Check the address and --profile: it must be the folder that holds empty.php and garbage.php."),
    ),
    "connection.redirected": (
        N_("{host} sends the request on to {place}, so it was not measured."),
        N_("Give the address it leads to; in a guest network, log in first."),
    ),
    "connection.upload_refused": (
        N_("{host} refuses the upload at {path} with status {status}; what was measured before is kept."),
        N_("Check the address and --profile, or let the server's administrator allow it."),
    ),
    "connection.no_download": (
        N_("Nothing could be downloaded from {host}."),
        N_("Check the server, or measure against another with --server."),
    ),
    "connection.no_upload": (
        N_("Nothing could be uploaded to {host}; what was measured before is kept."),
        N_("Check the server, or measure against another with --server."),
    ),
    "speedtest.not_a_server": (
        N_("{host} does not answer as a Speedtest server."),
        N_("Give the address of its upload.php."),
    ),
    "platform.bad_url": (
        N_("The platform's address is not a complete URL."),
        N_("Write it like this: https://zoom.us."),
    ),
    "platform.proxy": (
        N_("The proxy did not let the request to {host} through."),
        N_("Check HTTPS_PROXY and the proxy's rules."),
    ),
    "platform.redirects": (
        N_("{host} sends the request round in circles."),
        N_("In a guest network, log in first; else tell the platform's administrator."),
    ),
}
