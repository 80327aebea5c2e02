"""`vcops check`: measure, hold against the office's standard, say what came of it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from vcops.cli.check_shapes import CANCELLED, check_json, check_text, status_of, trouble_of
from vcops.cli.history import history
from vcops.cli.output import complain, document, error_object, say, tell
from vcops.domain.checks import CheckDone, CheckEvent, CheckProgress, CheckRemark, CheckRequest, CheckResult
from vcops.domain.measure_servers import KINDS
from vcops.domain.platforms import PLATFORMS
from vcops.domain.procedures import Step
from vcops.domain.standards import Standard
from vcops.errors import Unreachable
from vcops.locale import _, language
from vcops.operations import checks
from vcops.operations import sound as sound_of
from vcops.operations.link_lock import is_free_now
from vcops.operations.workplace import Workplace
from vcops.wording.errors import explain
from vcops.wording.metrics import progress_words
from vcops.wording.passed_over import passed_over_words

__all__ = ["check", "measure"]

_COUNTDOWN = 3
"""Seconds between the call to speak and the listening, where somebody reads it."""
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _not_empty(ctx: click.Context, option: click.Parameter, value: str) -> str:
    """Refuse an empty text that was given: a variable nobody has set is no wish for the first camera there is."""
    if value.strip() or ctx.get_parameter_source(option.name or "") is not ParameterSource.COMMANDLINE:
        return value
    raise click.BadParameter(_("it is empty; nothing was measured."))


def _text(name: str, metavar: str, said: str) -> Callable[[_Command], _Command]:
    """Return an option that takes a text."""
    return click.option(name, default="", callback=_not_empty, metavar=metavar, help=said)


_as_json = click.option("--json", "as_json", is_flag=True, help=_("one JSON document on stdout"))
_standard = click.option("--standard", metavar="ID", help=_("hold the readings against this standard"))
_seconds = click.option("--seconds", type=float, metavar="N", help=_("how long to measure"))
_every = click.option("--all", "every", is_flag=True, help=_("show what is met as well, and how it was measured"))


@click.group(
    help=_(
        "Measure against the office's own standard. Only `room` records what it measured, as `vcops run check` does;"
        " the others measure and print."
    )
)
def check() -> None:
    """Group of the checks."""


check.add_command(history)


@check.command(help=_("Measure a camera: what it delivers, by the clock."))
@_text("--source", "S", _("index, device path, file, http(s) or rtsp URL"))
@click.option("--list", "listing", is_flag=True, help=_("name the cameras of this machine and stop"))
@_text("--snapshot", "FILE", _("write one picture to this file"))
@_standard
@_seconds
@_every
@_as_json
@click.pass_obj
def camera(
    workplace: Workplace,
    source: str,
    listing: bool,
    snapshot: str,
    standard: str | None,
    seconds: float | None,
    every: bool,
    as_json: bool,
) -> int:
    """Check a camera, or list those there are."""
    if listing:
        return _list_cameras(as_json=as_json)
    request = CheckRequest(instrument="camera", source=source, snapshot=snapshot, standard_id=standard, seconds=seconds)
    return _run(workplace, request, as_json=as_json, every=every)


@check.command(help=_("Measure the link: will it hold the meeting, and if not, what is in the way."))
@click.option(
    "--via", type=click.Choice(checks.INSTRUMENTS), help=_("by what to measure; else by what the server's kind says")
)
@_text(
    "--server",
    "URL",
    _("the server to measure against; its kind may stand in front: {kinds}").format(kinds=", ".join(KINDS)),
)
@click.option(
    "--profile",
    type=click.Choice(checks.PROFILES),
    help=_("how an http server is asked; librespeed if nothing is said"),
)
@_text("--upload-url", "URL", _("where to write, for the profile plain"))
@_text("--stun", "HOST:PORT", _("STUN server that packets are sent to over UDP"))
@_text("--reflector", "HOST:PORT", _("the office's reflector, for loss and jitter each way"))
@_text("--interface", "NAME", _("interface or source address of the link to measure"))
@_text("--platform", "ID", _("meeting platform whose figures and addresses count"))
@_text("--quality", "ID", _("size of the picture: 360p, 720p (default), 1080p"))
@click.option("--participants", type=int, metavar="N", help=_("how many take part; 10 where nobody says"))
@click.option("--standard", "standard_id", metavar="ID", help=_("hold the readings against this standard"))
@_seconds
@click.option(
    "--max-mb", type=float, metavar="N", help=_("transfer no more than this, both ways; 1000 where nobody says")
)
@_every
@_as_json
@click.pass_obj
def connection(workplace: Workplace, /, every: bool, as_json: bool, **asked: Any) -> int:
    """Check the connection; the options are the fields of a request."""
    for choice in ("via", "profile"):
        asked[choice] = asked[choice] or ""
    return _run(workplace, CheckRequest(instrument="connection", **asked), as_json=as_json, every=every)


@check.command(
    help=_("Measure whether a meeting platform can be reached: a short name ({known}), a host or a URL.").format(
        known=", ".join(PLATFORMS)
    )
)
@click.argument("name", required=False, default="")
@_standard
@_every
@_as_json
@click.pass_obj
def platform(workplace: Workplace, name: str, standard: str | None, every: bool, as_json: bool) -> int:
    """Check a platform."""
    request = CheckRequest(instrument="platform", platform=name, standard_id=standard)
    return _run(workplace, request, as_json=as_json, every=every)


@check.command(help=_("Listen to the microphone while someone speaks, and for a chirp from the loudspeaker."))
@_text("--microphone", "NAME", _("microphone, by its name or a part of it"))
@_text("--speaker", "NAME", _("loudspeaker, by its name or a part of it"))
@click.option("--list", "listing", is_flag=True, help=_("name the microphones and loudspeakers and stop"))
@click.option("--playback", is_flag=True, help=_("record three seconds, play them back and stop; nothing is kept"))
@click.option("--standard", "standard_id", metavar="ID", help=_("hold the readings against this standard"))
@_seconds
@_every
@_as_json
@click.pass_obj
def sound(workplace: Workplace, /, listing: bool, playback: bool, every: bool, as_json: bool, **asked: Any) -> int:
    """Check the sound, list the devices, or let someone hear their own voice."""
    if listing:
        return _list_sound_devices(as_json=as_json)
    if playback:
        return _play_back(workplace, asked["microphone"], asked["speaker"], as_json=as_json)
    return _run(workplace, CheckRequest(instrument="sound", **asked), as_json=as_json, every=every)


@check.command(help=_("Make every automatic check of a room's procedure, and record them as a run."))
@click.argument("room")
@click.option("--procedure", default="", metavar="ID", help=_("the procedure whose checks are made"))
@_every
@_as_json
@click.pass_obj
def room(workplace: Workplace, room: str, procedure: str, every: bool, as_json: bool) -> int:
    """Check a whole room."""
    from vcops.operations import directory

    found = directory.room(workplace, room)
    run_id, results, stopped = _interruptible(_follow_room, workplace, found, procedure)
    statuses = [status_of(result) for _step, result in results]
    trouble = _stopped_early(run_id, results) if stopped else None
    if as_json:
        shown = [{"step": step.id} | check_json(result) for step, result in results]
        error = error_object(trouble) if trouble else None
        document({"room": found.name, "run": run_id or None, "checks": shown, "error": error})
    else:
        for step, result in results:
            say(
                f"{step.title.said(language())}: "
                + "\n  ".join("\n".join(check_text(result, every=every)).split("\n"))
                + "\n"
            )
        if trouble is None:
            tell(_("Recorded as run {run}.").format(run=run_id[-8:]))
    for _step, result in results:
        if not result.stopped and (one := trouble_of(result)):
            complain(one, as_json=False)
    if trouble:
        complain(trouble, as_json=False)
        return CANCELLED
    return next((one for one in (1, 3) if one in statuses), 0)


def _stopped_early(run_id: str, results: list[tuple[Step, CheckResult]]) -> Unreachable:
    """Return what is said of a room's checks that a person stopped: what of them was kept, and what counts."""
    if not results:
        return Unreachable("check.room_stopped_at_once")
    through = sum(not result.stopped for _step, result in results)
    return Unreachable("check.room_stopped", run=run_id[-8:], through=through)


def _list_cameras(*, as_json: bool) -> int:
    found = asyncio.run(checks.list_cameras())
    if as_json:
        document([{"id": one.source, "name": one.name, "identity": one.identity} for one in found])
    else:
        for one in found:
            say("  ".join(part for part in (one.source, one.name, one.identity) if part))
        if not found:
            tell(_("No camera was found."))
    return 0


def _list_sound_devices(*, as_json: bool) -> int:
    found = asyncio.run(sound_of.list_sound_devices())
    if as_json:
        document([{"id": one.name, "kind": one.kind, "default": one.default} for one in found])
        return 0
    kinds = {"microphone": _("microphone"), "speaker": _("loudspeaker")}
    default = _("(default)")
    for one in found:
        say(f"{kinds[one.kind]}  {one.name}" + (f"  {default}" if one.default else ""))
    if not found:
        tell(_("No microphone and no loudspeaker was found."))
    return 0


def _play_back(workplace: Workplace, microphone: str, speaker: str, *, as_json: bool) -> int:
    """Record and play; then ask a person, where one is at the keyboard, whether it was heard."""
    _interruptible(_follow_hearing, workplace, sound_of.SoundDevices(microphone, speaker))
    heard: bool | None = None
    if not as_json and sys.stdin.isatty():
        heard = click.confirm(_("Did you hear it clearly?"), default=True, err=True)
    if as_json:
        document({"check": "sound", "playback": True, "heard": heard})
    if heard is False:
        raise Unreachable("sound.not_heard")
    return 0


async def _follow_hearing(stop: asyncio.Event, workplace: Workplace, asked: sound_of.SoundDevices) -> None:
    narrator = _Narrator()
    async with aclosing(sound_of.hear(workplace, "playback", asked, stop=stop)) as events:
        async for event in events:
            narrator.show(event)
    narrator.wipe()


def _run(workplace: Workplace, request: CheckRequest, *, as_json: bool, every: bool) -> int:
    result = measure(workplace, request)
    if as_json:
        document(check_json(result))
    else:
        for line in check_text(result, every=every):
            say(line)
    if trouble := trouble_of(result):
        complain(trouble, as_json=False)
    return status_of(result)


def measure(
    workplace: Workplace,
    request: CheckRequest,
    standard: Standard | None = None,
    *,
    refuse: Callable[[], None] | None = None,
) -> CheckResult:
    """Make one check with its progress on stderr; Ctrl+C ends it and leaves what was measured so far.

    `standard` is a run's frozen one; without it the request's, else the instrument's own. `refuse` is called once
    more where it had to wait for the link, and raises what speaks against it by then. Raises InvalidInput, Unreachable.
    """
    result: CheckResult = _interruptible(_follow, workplace, request, standard, refuse)
    return result


async def _follow(
    stop: asyncio.Event,
    workplace: Workplace,
    request: CheckRequest,
    standard: Standard | None,
    refuse: Callable[[], None] | None,
) -> CheckResult:
    async with aclosing(checks.check(workplace, request, standard=standard, stop=stop)) as events:
        return await _result(events, refuse)


async def _result(events: AsyncGenerator[CheckEvent, None], refuse: Callable[[], None] | None) -> CheckResult:
    """Show the progress where someone watches, and return what the check came to."""
    narrator = _Narrator()
    result: CheckResult | None = None
    async for event in events:
        narrator.show(event)
        if refuse is not None and is_free_now(event):
            refuse()
        if isinstance(event, CheckDone):
            result = event.result
    if result is None:
        raise RuntimeError("a check ended without its result")
    return result


async def _follow_room(
    stop: asyncio.Event, workplace: Workplace, found: Any, procedure: str
) -> tuple[str, list[tuple[Step, CheckResult]], bool]:
    from vcops.operations.room_checks import PROCEDURE, check_room

    narrator, run_id = _Narrator(), ""
    results: list[tuple[Step, CheckResult]] = []
    begun = check_room(
        workplace,
        found,
        procedure_id=procedure or PROCEDURE,
        stop=stop,
        countdown=_COUNTDOWN if sys.stderr.isatty() else 0,  # where nobody watches nobody waits for it
    )
    async with aclosing(begun) as events:
        async for told in events:
            run_id = told.run.id
            narrator.show(told.event, told.step.title.said(language()))
            if isinstance(told.event, CheckDone):
                results.append((told.step, told.event.result))
                order = [step.id for step in told.run.steps()]
                results.sort(key=lambda one: order.index(one[0].id))  # several end in any order
    return run_id, results, stop.is_set()


def _interruptible(work: Any, *arguments: Any) -> Any:
    """Run a coroutine that takes a stop event first: Ctrl+C sets it, so that what was measured can still be shown."""

    async def watched() -> Any:
        stop = asyncio.Event()
        if sys.platform != "win32":  # there Ctrl+C cancels the coroutine, which ends the probe as well
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
        return await work(stop, *arguments)

    return asyncio.run(watched())


class _Narrator:
    """One line of progress on stderr that is written over, and wiped at the end; nothing where nobody watches."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._doing: dict[str, str] = {}

    def wipe(self) -> None:
        """Take the line away."""
        if self._watched:
            click.echo("\r\x1b[2K", err=True, nl=False)

    def show(self, event: CheckEvent, title: str = "") -> None:
        """Tell what is being done; a remark, and a server that was left, also where nobody watches.

        `title` tells apart what runs side by side.
        """
        if isinstance(event, CheckRemark):
            said = explain(event.code, event.params)
            tell(f"{title}: {said.message}" if title else f"{said.message} {said.remedy}".rstrip())
        if self._watched:
            self._show_progress(event, title)
        if isinstance(event, CheckDone):
            result = event.result
            for one in result.passed_over:
                tell(passed_over_words(one, result.source, measured=result.error is None))

    def _show_progress(self, event: CheckEvent, title: str) -> None:
        if isinstance(event, CheckProgress):
            share = "" if event.fraction is None else f"{event.fraction:4.0%} "
            words = share + progress_words(event.code, event.params)
            if event.code.startswith("sound."):  # what a person has to do comes before what only goes on
                self._doing = {title: words} | {name: said for name, said in self._doing.items() if name != title}
            else:
                self._doing[title] = words
        elif isinstance(event, CheckDone):
            self._doing.pop(title, None)
        else:
            return
        text = " · ".join(f"{name} {words}".strip() for name, words in self._doing.items())
        click.echo(f"\r\x1b[2K{text[:78]}", err=True, nl=False)
