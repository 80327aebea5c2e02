"""What goes wrong between the program and a printer, and with who signs."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "printing.no_cups": (
        N_("This machine has no {command}, so nothing can be sent to a printer; nothing was printed."),
        N_("Install cups-client, or write a PDF and print that."),
    ),
    "printing.no_server": (
        N_("The print server does not run; nothing was printed."),
        N_("Start CUPS (systemctl start cups), or write a PDF and print that."),
    ),
    "printing.no_answer": (
        N_("The print server does not answer ({command}); nothing is known of the print."),
        N_("Try again, or write a PDF and print that."),
    ),
    "printing.absent": (
        N_("There is no printer '{value}'; nothing was printed. Known: {known}."),
        N_("Choose one of these, or add it to the system first."),
    ),
    "printing.which": (
        N_("No printer was named and the system has no usual one; nothing was printed. Known: {known}."),
        N_("Name one of these."),
    ),
    "printing.refused": (
        N_("Printer '{printer}' takes no job now ({said}); nothing was printed."),
        N_("See to the printer, or choose another."),
    ),
    "printing.not_followed": (
        N_("The job was handed to printer '{printer}', but it cannot be followed ({said})."),
        N_("Look at the printer itself."),
    ),
    "printing.held": (
        N_("The job stands in the queue of '{printer}' and does not print: {said}."),
        N_("See to the printer; the job goes on by itself, or cancel it with: cancel -a {printer}"),
    ),
    "printing.failed": (
        N_("'{printer}' did not print it: {said}."),
        N_("See to the printer and print again; the figures are as they were."),
    ),
    "signatory.part": (
        N_("'{value}' is no place of a signature; nothing was stored."),
        N_("Say made or acknowledged."),
    ),
    "signatory.capacity": (
        N_("'{value}' is no capacity in which somebody signs; nothing was stored."),
        N_("Say plt, plh or an, or leave it empty for whoever holds the position."),
    ),
    "signatory.for_whom": (
        N_("Who signs a.n. signs for somebody, and it was not said for whom; nothing was stored."),
        N_("Give the position that is signed for, for instance: Kepala Dinas."),
    ),
    "form.paper": (
        N_("'{value}' is no size of paper; nothing was stored."),
        N_("Say A4 or F4."),
    ),
}
