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
    "ntp.no_answer": (
        N_("The time server {server} does not answer, so this machine's clock was not checked against it."),
        N_("Name another as ntp in config.toml, or let UDP port 123 out."),
    ),
    "ntp.refused": (
        N_("The time server {server} refuses to answer this machine, so its clock was not checked against it."),
        N_("Name the office's own time server as ntp in config.toml."),
    ),
    "ntp.unsynchronised": (
        N_(
            "The time server {server} does not know the time itself, so this machine's clock was not checked against it."
        ),
        N_("Name another as ntp in config.toml, and tell that server's administrator."),
    ),
    "reflector.port_in_use": (
        N_("UDP port {port} is taken by another program, so nothing is answered."),
        N_("Stop that program, or take another port with --port."),
    ),
    "reflector.no_permission": (
        N_("You may not open UDP port {port}, so nothing is answered: ports below 1024 are for the administrator."),
        N_("Take a higher port, such as --port 8620, or start it as the administrator."),
    ),
    "reflector.bad_address": (
        N_("{address} is no address of this machine, so nothing is answered."),
        N_("Name one of this machine's own addresses with --bind, or leave it out to answer on all."),
    ),
    "reflector.bad_port": (
        N_("There is no UDP port {port}; nothing is answered."),
        N_("Give 1 to 65535, or 0 to let the system choose."),
    ),
    "connection.udp_blocked": (
        N_("No UDP answer came from {servers}; media will fall back to TCP, and loss was not measured."),
        N_(
            "Ask the network's administrator to let UDP out to the platform's ports, or name another server with --stun."
        ),
    ),
}
