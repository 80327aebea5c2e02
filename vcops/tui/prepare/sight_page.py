"""The words around a preview: what is done, how sharp it is, and the figures so far beside their bounds."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.cells import cell_len

from vcops.domain.checks import JudgedReading, judged
from vcops.domain.metrics import METRICS
from vcops.domain.readings import Reading
from vcops.domain.standards import Standard, bound_text
from vcops.domain.verdicts import Verdict
from vcops.formats.numbers import number
from vcops.locale import N_, _, language
from vcops.tui.plain import Cell
from vcops.tui.prepare.commands import key_of
from vcops.tui.prepare.live import put_progress
from vcops.tui.prepare.paper import Paper
from vcops.tui.prepare.readings import put_reading
from vcops.tui.prepare.sight import Sight, focus_score
from vcops.tui.prepare.signs import verdict_tone
from vcops.tui.prepare.step_page import Look
from vcops.wording.metrics import progress_words

__all__ = ["focus_line", "sight_foot", "sight_head"]

_NEVER = datetime.min.replace(tzinfo=UTC)
_FOCUS = {Verdict.PASS: N_("sharp"), Verdict.WARN: N_("soft"), Verdict.FAIL: N_("blurred")}
_NARROW = 60
_FIRST = (
    "faces_count", "face_width_px", "face_headroom_pct", "face_luma", "backlight_ratio", "luma_mean",
    "highlights_clipped_pct", "sharpness_sigma_px", "fps", "frame_width_px",
)  # fmt: skip
"""What a hand at the camera or at a lamp can change comes first."""


def sight_head(sight: Sight, look: Look, width: int) -> Paper:
    """Return the lines above the picture: the step, and how far its check is or what the keys do."""
    paper = Paper(width)
    title = Cell(look.step.title.said(language()), "strong")
    if len(sight.cameras) > 1:
        which = _("{name} {number}/{count}, {key} next").format(
            name=sight.cameras[sight.place], number=sight.place + 1, count=len(sight.cameras), key=key_of("look")
        )
        paper.ends([title], Cell(which, "accent"))
    else:
        paper.line(title)
    if look.check is not None:
        put_progress(paper, look.check)
        return paper
    keys = (("Enter", _("measure")), (key_of("white-sheet"), _("white sheet")), ("Esc", _("close")))
    pieces: list[Cell] = []
    for key, does in keys:
        pieces += [Cell("   " if pieces else ""), Cell(key, "accent"), Cell(f" {does}", "dim")]
    paper.line(*pieces)
    paper.line(Cell(progress_words(sight.code, sight.params) or _("Starting …"), "accent"))
    return paper


def focus_line(sight: Sight, standard: Standard | None, width: int) -> Paper:
    """Return the focus as a bar that grows as the picture gets sharper, with a mark at the best it has been."""
    paper = Paper(width)
    label = Cell(_("Focus") + "  ", "strong")
    if sight.sigma is None:
        waiting = _("nothing with edges to focus on yet") if sight.picture else ""
        paper.line(label, Cell(waiting, "dim"))
        return paper
    verdict = judged(Reading("sharpness_sigma_px", sight.sigma, _NEVER), standard).verdict
    tone = verdict_tone(verdict) if verdict else "accent"
    score = focus_score(sight.sigma)
    word = f" {_(_FOCUS[verdict])}" if verdict in _FOCUS else ""
    best = 0 if sight.best is None else focus_score(sight.best)
    tail = [Cell(f"  {number(score):>3}{word}", tone)]
    if width >= _NARROW and best:
        tail.append(Cell(_(", best {score}").format(score=number(best)), "dim"))
    room = max(4, width - cell_len(label.text) - _tail_room(width))
    paper.line(label, *_bar(score, best, room, tone), *tail)
    return paper


def _tail_room(width: int) -> int:
    """Return how many cells the words behind the bar need at most: a bar that changes its length looks like news."""
    longest = max(cell_len(_(one)) for one in _FOCUS.values())
    best = cell_len(_(", best {score}").format(score=number(100))) if width >= _NARROW else 0
    return 2 + 3 + 1 + longest + best


def _bar(score: int, best: int, room: int, tone: str) -> list[Cell]:
    """Return the bar: filled up to the score, a mark where the best was."""
    filled, mark = round(room * score / 100), round(room * best / 100) - 1
    if mark < 0:
        return [Cell("━" * filled, tone), Cell("─" * (room - filled), "dim")]
    before, after = min(filled, mark), max(filled - mark - 1, 0)
    return [
        Cell("━" * before, tone),
        Cell("─" * (mark - before), "dim"),
        Cell("┃", "strong"),
        Cell("━" * after, tone),
        Cell("─" * (room - mark - 1 - after), "dim"),
    ]


def sight_foot(sight: Sight, look: Look, width: int, *, plain: bool) -> Paper:
    """Return the lines below the focus: the sheet, the figures so far, what to do."""
    paper = Paper(width)
    if plain:
        paper.line(Cell(_("Without colours: light and dark alone."), "dim"))
    standard = look.walked.standard(look.step)
    if sight.preview.card:
        _put_sheet(paper, sight, standard)
    if look.check is not None:
        _put_figures(paper, look.check.found, standard)
    else:
        if not plain:
            paper.line(Cell(_("Top of the head: between the edge marks."), "dim"))
        paper.line(Cell(_("Nothing is measured or stored."), "dim"))
        if look.step.instruction:
            paper.blank()
            paper.paragraph(look.step.instruction.said(language()))
    return paper


def _put_sheet(paper: Paper, sight: Sight, standard: Standard | None) -> None:
    chroma = sight.picture.chroma if sight.picture else None
    if chroma is None:
        paper.line(Cell(_("Hold a white sheet into the box."), "strong"))
        return
    put_reading(paper, judged(Reading("white_card_chroma", round(chroma, 1), _NEVER), standard))


def _put_figures(paper: Paper, found: dict[str, JudgedReading], standard: Standard | None) -> None:
    asked = {one.metric: one for one in standard.requirements} if standard else {}
    order = [*(one for one in _FIRST if one in asked or one in found)]
    order += [one for one in METRICS if one not in order and (one in found or one in asked)]
    for metric in order:
        if metric == "white_card_chroma":  # said above, where somebody holds one
            continue
        bound = bound_text(METRICS[metric], asked[metric].pass_) if metric in asked else None
        waiting = JudgedReading(Reading(metric, None, _NEVER), pass_text=bound)
        put_reading(paper, found.get(metric, waiting), running=True)
