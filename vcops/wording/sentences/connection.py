"""Why a link could not be measured against a server, where that is more than a server out of reach."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "network.dns_silent": (
        N_("The name server did not answer within {seconds} seconds when asked for {host}."),
        N_("Check the network cable or Wi-Fi and the DNS server, or give the server's address in numbers."),
    ),
    "connection.large_packets_lost": (
        N_("Small packets reach {host}, full-sized ones do not; what was measured before is kept."),
        N_("Turn off the VPN or lower its MTU (1400), and ask the provider about packets that are too large."),
    ),
    "connection.not_bytes": (
        N_("{host} answers {path} with {kind} instead of data, so it was not measured."),
        N_("Check the address and --profile; in a guest network, log in first."),
    ),
    "connection.too_short": (
        N_("{host} answers {path} with {bytes} bytes only: too few to measure with."),
        N_("Name a larger file, of 25 MB or more, or use a LibreSpeed server."),
    ),
    "connection.too_many": (
        N_("{host} takes no more measurements for now (429); what was measured before is kept."),
        N_("Wait some minutes, or measure against a server of your own with --server."),
    ),
    "connection.too_many_wait": (
        N_("{host} takes no more measurements for {seconds} seconds (429); what was measured before is kept."),
        N_("Wait that long, or measure against a server of your own with --server."),
    ),
    "connection.proxy": (
        N_("The proxy {host} did not let the measurement through (status {status})."),
        N_("Check the proxy's rules and HTTPS_PROXY, or except the server with NO_PROXY."),
    ),
    "connection.proxy_address": (
        N_("The proxy's address in the environment is not a complete URL."),
        N_("Write it like this: HTTPS_PROXY=http://proxy.example.go.id:3128."),
    ),
    "connection.proxy_kind": (
        N_("A proxy that is spoken to by {kind} cannot be measured through."),
        N_("Name an http proxy in HTTPS_PROXY, or except the server with NO_PROXY."),
    ),
    "connection.proxy_gone": (
        N_("The proxy {host} does not answer at port {port}."),
        N_("Check HTTPS_PROXY and HTTP_PROXY, or except the server with NO_PROXY."),
    ),
    "connection.no_iperf3": (
        N_("iperf3 is not installed on this machine; nothing was measured."),
        N_("Install it (Debian: apt install iperf3), or measure with --via http."),
    ),
    "connection.iperf3_busy": (
        N_("The iperf3 server {host} is busy with another measurement."),
        N_("Wait a minute, or start another server: iperf3 -s -p PORT."),
    ),
    "connection.iperf3_said": (
        N_("iperf3 could not measure against {host}: {said}."),
        N_("Check that iperf3 -s of the same version runs there, or measure with --via http."),
    ),
}
