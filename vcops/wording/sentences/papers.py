"""What goes wrong when a paper is set in type."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "paper.template": (
        N_("{file}, line {line}: this template cannot be printed ({said}); no PDF was written."),
        N_("Correct the line, or take the file away to print with the template that ships."),
    ),
    "paper.not_a_picture": (
        N_("{file} is not a picture that can be printed ({said}); no PDF was written."),
        N_("Save the logo anew as PNG or SVG, or take the file away."),
    ),
    "paper.logo_too_large": (
        N_("{file} is larger than {most} MB; no PDF was written."),
        N_("Save the logo smaller (1,000 points wide are enough for print), or take the file away."),
    ),
    "paper.unreadable": (
        N_("{file} cannot be read: {said}; no PDF was written."),
        N_("Check its permissions, or take the file away."),
    ),
}
