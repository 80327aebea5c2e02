"""A form out of a list of fields. What was typed is never lost: a fault is shown inside, and the form stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from vcops.errors import VcopsError
from vcops.locale import _
from vcops.tui.dialogs.base import Dialog, head, hint, keys_shown
from vcops.tui.plain import plain
from vcops.tui.sentences import explain
from vcops.tui.widgets.choice import Choice
from vcops.tui.widgets.choices import Choices
from vcops.tui.widgets.completed import Completed, Known

__all__ = ["FieldSpec", "FormDialog"]

PANEL_WIDTH = 66
"""Cells for words in a dialog's panel, before it has been laid out."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. `label`, `hint` and the choices' labels are translated already."""

    key: str
    label: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label): one of these and nothing else."""
    several: bool = False
    """Any of the choices instead of one; the text is their values with blanks between them."""
    suggestions: tuple[str, ...] = ()
    """Completes what is typed: Enter takes what is shown, Tab keeps what was typed."""
    required: bool = False
    secret: bool = False
    hint: str = ""
    """Shown in the empty field."""
    heading: str = ""
    """Begins a group of fields above this one."""


class _Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Keeps the field that has the keys in sight, also where a fault takes some of the rows.

    The arrows go from field to field: a container's own bindings would scroll the one that has the keys out of sight.
    """

    def on_resize(self) -> None:
        """Follow the keys once the new height holds; asked for earlier, the scrolling was reckoned with the old one."""
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors:
            focused.scroll_visible(animate=False)


Submit = Callable[[dict[str, str]], Awaitable[Any]]


class FormDialog(Dialog[Any]):
    """Asks for texts. Enter goes on and saves from the last field, or from one of `saving`; ctrl+s from anywhere.

    The row of keys says which of the two Enter does in the field one is in.

    With `submit` the form stays open while it runs and shows the sentence of a VcopsError it raises (the parameter
    `column` names the field); its result is the answer. Without, the answer is the texts. Escape answers None.
    """

    DEFAULT_CSS = """
    FormDialog {
        .fields { height: auto; scrollbar-size-vertical: 1; }
        .field { height: 1; }
        .label { width: 24; color: $text-muted; }
        .heading { text-style: bold; margin: 1 0 0 0; }
        .field Input { width: 1fr; background: $background; padding: 0 1; }
        .field Input:focus { background: $block-cursor-background; }
        .field Choice, .field Choices { width: 1fr; background: $panel; }
        .field Choice:focus, .field Choices:focus { background: $block-cursor-background; }
        .field.-faulty > .label { color: $text-error; text-style: bold; }
        .fault { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("enter", "on_or_save", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(  # noqa: PLR0913
        self,
        title: str,
        fields: Sequence[FieldSpec],
        *,
        submit: Submit | None = None,
        detail: str = "",
        save: str = "",
        leave: str = "",
        first: str = "",
        saving: Sequence[str] = (),
    ) -> None:
        """`title`, `detail`, `save`, `leave` are translated already; `first` is the field to begin in.

        `saving` names fields besides the last in which Enter saves: what follows them seldom has to be said.
        """
        super().__init__()
        self._title, self._detail, self._fields = title, detail, list(fields)
        self._submit = submit
        self._save, self._leave, self._first, self._saving = save, leave, first, saving
        self._busy = self._left = False
        self._texts_before: dict[str, str] = {}
        self._at_fault: dict[str, str] = {}
        """What stood in the field that a fault is shown for, in all of them where it is none's alone."""

    def compose(self) -> ComposeResult:
        """Build the rows."""
        widest = max((cell_len(spec.label) + 2 * spec.required for spec in self._fields), default=0) + 1
        with Vertical(classes="panel"):
            yield head(self._title, self._detail)
            with _Fields(classes="fields"):
                for spec in self._fields:
                    if spec.heading:
                        yield Static(plain(spec.heading), classes="heading")
                    with Horizontal(classes="field", id=f"row-{spec.key}"):
                        star = " *" if spec.required else ""
                        label = Static(plain(spec.label + star), classes="label")
                        label.styles.min_width = widest
                        yield label
                        yield _widget(spec)
            yield Static("", classes="fault")
            yield hint(*self._keys(self._first or next((spec.key for spec in self._fields), "")))

    def _keys(self, key: str) -> list[tuple[str, str]]:
        """Return the row of keys as they work in a field."""
        save, leave = self._save or _("save"), ("Esc", self._leave or _("cancel"))
        if not self._saves(key):
            return [("Enter", _("next")), ("^s", save), leave]
        more = [("Tab", _("next"))] if key in self._saving else []
        return [("Enter", save), *more, leave]

    def _saves(self, key: str) -> bool:
        """Whether Enter saves in a field."""
        return key in self._saving or key == self._fields[-1].key

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the keys do in the field one has come to."""
        key = _key_of(event.widget)
        if any(spec.key == key for spec in self._fields):
            self.query_one(".hint", Static).update(keys_shown(*self._keys(key)))

    def on_mount(self) -> None:
        """Begin in the first field, or where it was asked to."""
        self._texts_before = self.texts()
        if self._fields:
            self._field(self._first or self._fields[0].key).focus()
        for spec in self._fields:
            self.watch(self._field(spec.key), "value", self._forget_mended, init=False)

    def on_resize(self) -> None:
        """Let the fields scroll where the window is lower than the form."""
        self._fit()

    def _fit(self) -> None:
        """Leave the fields what the words around them do not need: the fault and the keys stay in sight."""
        width = self.query_one(".panel").content_size.width or PANEL_WIDTH
        rows = 5  # the panel's edge, the hint with the row above it, the row below the head
        for text in self.query(".head, .fault"):
            if text.display and isinstance(text, Static):
                rows += text.get_content_height(self.size, self.app.size, width)
        if self.query_one(".fault").display:
            rows += 1
        self.query_one(".fields").styles.max_height = max(3, self.app.size.height - rows)

    def texts(self) -> dict[str, str]:
        """Return what is typed now, by key, without blanks around it."""
        return {spec.key: self._field(spec.key).value.strip() for spec in self._fields}

    def _field(self, key: str) -> Any:
        return self.query_one(f"#field-{key}")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_on_or_save()

    def action_on_or_save(self) -> None:
        """Go to the next field, or save from one in which Enter saves."""
        self._take_shown()
        if self.focused is not None and self._saves(_key_of(self.focused)):
            self.action_save()
        else:
            self.focus_next("Input, Choice, Choices")

    def action_save(self) -> None:
        """Hand the texts over."""
        if self._busy:
            return
        self._take_shown()
        texts = self.texts()
        for spec in self._fields:
            if spec.required and not texts[spec.key]:
                self.show_fault(_("{field} is needed.").format(field=spec.label), spec.key)
                return
        if self._submit is None:
            self.dismiss(texts)
            return
        self._busy = True
        self.app.asks(self.run_worker(self._hand_over(texts), exclusive=True))

    async def _hand_over(self, texts: dict[str, str]) -> None:
        assert self._submit is not None
        try:
            answer = await self._submit(texts)
        except VcopsError as error:
            column = str(error.params.get("column") or "")
            label = next((spec.label for spec in self._fields if spec.key == column), "")
            said = explain(error.code, {**error.params, "column": label} if label else error.params)
            self.show_fault(f"{said.message} {said.remedy}".strip(), column)
        else:
            self.dismiss(answer)
        finally:
            self._busy = False

    def _take_shown(self) -> None:
        """Take the completion that stands in the field one is in: what is seen is what is meant."""
        if isinstance(self.focused, Completed):
            self.focused.take_shown()

    def show_fault(self, text: str, key: str = "") -> None:
        """Show what is wrong, and in which field; nothing that was typed changes."""
        fault = self.query_one(".fault", Static)
        fault.update(plain(text))
        fault.display = True  # at once, where a class waits: the rows it takes are reckoned with here
        texts = self.texts()
        self._at_fault = {key: texts[key]} if key in texts else texts
        self._fit()
        for row in self.query(".field"):
            row.set_class(row.id == f"row-{key}", "-faulty")
        if any(spec.key == key for spec in self._fields):
            self._field(key).focus()
            self._field(key).scroll_visible(animate=False)

    def _forget_mended(self) -> None:
        """Take a fault away once its field holds something else; whether that is right is told when it is saved."""
        texts = self.texts()
        if all(texts[key] == text for key, text in self._at_fault.items()):
            return
        self._at_fault = {}
        self.query_one(".fault").display = False
        self.query(".field").remove_class("-faulty")
        self._fit()

    def action_leave(self) -> None:
        """Close without an answer; where something was typed only when it is said twice."""
        if self._left or self.texts() == self._texts_before:
            self.dismiss(self.answer_when_left())
        else:
            self._left = True
            self.show_fault(_("What was typed is not saved. Escape once more leaves it."))

    def answer_when_left(self) -> Any:
        """Return what a form that was left answers."""
        return None

    def fill_in(self, key: str, text: str) -> None:
        """Put a text into a field that nobody typed: leaving it drops nothing."""
        self._field(key).value = text
        self._texts_before[key] = text

    def on_input_changed(self) -> None:
        """Whoever types on does not want to leave any more."""
        self._left = False


def _key_of(field: Widget) -> str:
    return (field.id or "").removeprefix("field-")


def _widget(spec: FieldSpec) -> Widget:
    name = f"field-{spec.key}"
    if spec.choices and spec.several:
        return Choices(spec.choices, spec.value, id=name)
    if spec.choices:
        return Choice(spec.choices, spec.value, id=name)
    return Completed(
        spec.value,
        placeholder=spec.hint,
        password=spec.secret,
        suggester=Known(spec.suggestions, spec.value) if spec.suggestions else None,
        select_on_focus=True,  # typing replaces what stood there
        id=name,
    )
