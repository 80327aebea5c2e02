"""What stands in the way of single packets: the interface, UDP, and the office's own reflector."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "network.no_interface": (
        N_("This machine has no interface or address {interface} that is up and has an address; nothing was measured."),
        N_("Plug the cable in or join the network, or name another one with --interface."),
    ),
    "connection.bad_address": (
        N_("{server} is not a host with a port; nothing was measured."),
        N_("Write it like this: stun.example.go.id:3478."),
    ),
    "connection.udp_blocked": (
        N_("No UDP answer came from {servers}; media will fall back to TCP, and loss was not measured."),
        N_(
            "Ask the network's administrator to let UDP out to the platform's ports, or name another server with --stun."
        ),
    ),
}
