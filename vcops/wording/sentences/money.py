"""What goes wrong with periods and tariffs."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "period.month": (
        N_("'{value}' is not a month."),
        N_("Write the year and the month, like 2026-10."),
    ),
    "period.quarter": (
        N_("'{value}' is not a quarter."),
        N_("Write the year and the number from 1 to 4, like 2026-3."),
    ),
    "period.semester": (
        N_("'{value}' is not a semester."),
        N_("Write the year and 1 or 2, like 2026-2."),
    ),
    "period.year": (
        N_("'{value}' is not a year."),
        N_("Write four digits, like 2026."),
    ),
    "period.backwards": (
        N_("The period ends in {last}, before it begins in {first}."),
        N_("Exchange the two months."),
    ),
    "period.needed": (
        N_("No period was named; nothing was reported."),
        N_("Name one, for instance --quarter 2026-3, or --from 2026-01 --to 2026-04."),
    ),
    "period.several": (
        N_("The period is given in two ways."),
        N_("Keep one of --month, --from with --to, --quarter, --semester and --year."),
    ),
    "tariff.unknown": (
        N_("There is no tariff '{id}'; nothing was changed."),
        N_("Choose one of: {known}. See: vcops tariff list."),
    ),
    "tariff.overlap": (
        N_("Tariff {id} is adopted from {since} on, so what was reported under it would change; nothing was stored."),
        N_("Adopt the new one from {earliest} or later, with --from."),
    ),
    "tariff.bad_day": (
        N_("'{value}' is not a day; nothing was stored."),
        N_("Write it like 2026-10-05 or 5/10/2026."),
    ),
    "tariff.missing": (
        N_("The tariff's {column} is empty; nothing was stored."),
        N_("Fill it in: every total is printed with its name and basis."),
    ),
    "tariff.nothing_valued": (
        N_("The tariff values nothing; nothing was stored."),
        N_("Type the rupiah for travel, for catering, or both."),
    ),
    "tariff.method": (
        N_("'{value}' is not a method; nothing was stored."),
        N_("Write flat (an amount a meeting) or per_head (an amount a person)."),
    ),
    "tariff.amount": (
        N_("'{value}' for {column} cannot be read as rupiah without doubt; nothing was stored."),
        N_("Write it like 15.000.000 or 2,3 miliar."),
    ),
    "tariff.amount_absurd": (
        N_("'{value}' for {column} is more than any meeting costs; nothing was stored."),
        N_("Check the number of zeros."),
    ),
    "tariff.cannot_write": (
        N_("The tariff file {file} cannot be written: {said}; nothing was stored."),
        N_("Ask for write permission on the handbook folder, or choose another with --office."),
    ),
}
