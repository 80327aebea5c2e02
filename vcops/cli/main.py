"""The root command: global options, the table of commands, and what every error becomes."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from vcops import __version__, locale
from vcops.cli.lazy import LazyGroup
from vcops.cli.output import complain, document
from vcops.errors import VcopsError
from vcops.locale import N_, _
from vcops.operations.workplace import Workplace, open_workplace
from vcops.settings import Memory, Options, find_places

__all__ = ["root", "run"]

COMMANDS = {
    "check": (
        "vcops.cli.check:check",
        N_("measure the camera, the connection, the platform or a whole room"),
    ),
    "reflector": (
        "vcops.cli.reflector:reflector",
        N_("answer test packets, so that a check tells loss and jitter of each direction"),
    ),
    "run": ("vcops.cli.run:run_group", N_("walk a procedure without the screen")),
    "meeting": ("vcops.cli.meeting:meeting", N_("plan, log, list, import and export meetings")),
    "tally": ("vcops.cli.tally:tally", N_("meetings, people and avoided cost of a period")),
    "report": (
        "vcops.cli.report:report",
        N_("the printed month, quarter or year, and one meeting: text, PDF, workbook, sheet, printer"),
    ),
    "close": ("vcops.cli.close:close", N_("close a month for ever; what may follow it")),
    "verify": ("vcops.cli.verify:verify", N_("what of a closed month was altered since")),
    "correct": ("vcops.cli.correct:correct", N_("reverse a meeting of a closed month, with its reason")),
    "room": ("vcops.cli.directory:room", N_("rooms and their kit")),
    "unit": ("vcops.cli.directory:unit", N_("units that ask for meetings")),
    "person": ("vcops.cli.directory:person", N_("staff")),
    "office": ("vcops.cli.office:office", N_("the office's own facts")),
    "tariff": ("vcops.cli.tariff:tariff", N_("rates for the avoided cost")),
    "standard": ("vcops.cli.standard:standard", N_("what the office asks of a room")),
    "sop": ("vcops.cli.sop:sop", N_("procedures: list, show, new, check, schema")),
    "journal": (
        "vcops.cli.journal:journal",
        N_("every change, and whether one was made behind the program's back"),
    ),
    "db": ("vcops.cli.db:db", N_("the database: path, check, backup, restore, migrate")),
    "doctor": ("vcops.cli.doctor:doctor", N_("what works on this machine and what does not")),
    "config": ("vcops.cli.config:config", N_("where everything lies, and the configuration in force")),
    "keys": ("vcops.cli.config:keys", N_("the keys of the screens, to copy and change")),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--database", metavar="URL", envvar="VCOPS_DATABASE")
@click.option("--home", metavar="DIR", envvar="VCOPS_HOME", type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", type=click.Choice(locale.LANGUAGES), envvar="VCOPS_LANG")
@click.option("--office", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--as", "who", metavar="NAME")
@click.option("--demo", is_flag=True)
@click.version_option(__version__, "--version", prog_name="vcops")
@click.pass_context
def root(
    ctx: click.Context,
    database: str | None,
    home: Path | None,
    lang: str | None,
    office: Path | None,
    who: str | None,
    demo: bool,
) -> None:
    """Open the screens, or do one thing and print it."""
    options = Options(database, home, lang, office, who, demo)
    ctx.obj = ctx.with_resource(_Opened(options)).workplace
    if ctx.invoked_subcommand is None:
        from vcops.cli.screens import open_screens

        ctx.exit(open_screens(ctx.obj))
    if demo:
        from vcops.operations.demo import furnish

        furnish(ctx.obj)


def _open(options: Options) -> Workplace:
    """Open what the options name; the example on a throwaway database where it is asked for."""
    if not options.demo:
        return open_workplace(options)
    from vcops.operations.demo import open_demo

    return open_demo(options)


class _Opened:
    """The workplace of one command, closed when it ends."""

    def __init__(self, options: Options) -> None:
        self.workplace = _open(options)

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *exception: object) -> None:
        self.workplace.close()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status. Never raises for what a person can mend."""
    arguments = _global_first(arguments)
    locale.use(locale.choose(_asked(arguments, "--lang") or _remembered_language(arguments)))
    _translate_click()
    _describe(root)
    as_json = "--json" in arguments
    try:
        outcome = root.main(args=list(arguments), prog_name="vcops", standalone_mode=False)
    except VcopsError as error:
        return complain(error, as_json=as_json)
    except click.UsageError as error:
        return _complain_usage(error, as_json=as_json)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Cancelled; nothing more was stored."), err=True)
        return 130
    except BrokenPipeError:  # `vcops ... | head`: not a fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return outcome if isinstance(outcome, int) else 0


def _complain_usage(error: click.UsageError, *, as_json: bool) -> int:
    message, remedy = (
        error.format_message(),
        _("See: {command} --help").format(command=error.ctx.command_path if error.ctx else "vcops"),
    )
    click.echo(f"vcops: {message} {remedy}", err=True)
    if as_json:
        document({"error": {"code": "usage", "message": message, "remedy": remedy}})
    return 2


def _global_first(arguments: Sequence[str]) -> list[str]:
    """Return the words with the global options in front, where click looks for them.

    People write `vcops check camera --lang en`. What stands behind `--` is nobody's option, and no command has an
    option of its own by one of these names.
    """
    takes_value = {name: not one.is_flag for one in root.params if isinstance(one, click.Option) and not one.is_eager
                   for name in one.opts}  # fmt: skip
    words, front, rest = list(arguments), list[str](), list[str]()
    while words and words[0] != "--":
        word = words.pop(0)
        if word.partition("=")[0] not in takes_value:
            rest.append(word)
            continue
        front.append(word)
        if takes_value.get(word) and words:
            front.append(words.pop(0))
    return [*front, *rest, *words]


def _asked(arguments: Sequence[str], option: str) -> str | None:
    """Return an option's value before click reads it: help texts need the language first. The last one counts."""
    found = None
    for place, word in enumerate(arguments):
        if word.startswith(option + "="):
            found = word.partition("=")[2]
        elif word == option and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found


def _remembered_language(arguments: Sequence[str]) -> str | None:
    """Return what was chosen on the Settings screen; the environment goes before it."""
    if os.environ.get("VCOPS_LANG"):
        return None
    home = _asked(arguments, "--home") or os.environ.get("VCOPS_HOME")
    return Memory(find_places(Path(home) if home else None).memory_file).read().get("language")


def _translate_click() -> None:
    """Let click's own sentences come from our catalog: it asks gettext's process-wide domain."""
    gettext.bindtextdomain("vcops", str(Path(locale.__file__).parent))
    gettext.textdomain("vcops")
    os.environ["LANGUAGE"] = locale.language()


def _describe(group: click.Group) -> None:
    """Give the root command, which is imported before the language is chosen, its translated help."""
    group.help = _(
        "Prepare a video-conference room, log its meetings, account for what they saved. "
        "Without a command it opens the screens."
    )
    about = {
        "database": _("database to work on; default: the embedded SQLite file"),
        "home": _("configuration and data in one folder"),
        "lang": _("language: Indonesian or English"),
        "office": _("extra handbook folder; its YAML overrides the shipped one by id"),
        "who": _("who acts"),
        "demo": _("an example office with a year of meetings, on a throwaway database"),
        "version": _("Show the version and exit."),
    }
    for parameter in group.params:
        if isinstance(parameter, click.Option) and parameter.name in about:
            parameter.help = about[parameter.name]
