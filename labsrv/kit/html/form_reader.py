"""The forms of a page, collected element by element: HTML, "constructing the entry list"."""

import re
from dataclasses import dataclass, field

from labsrv.kit.html.forms import MULTIPART, PLAIN, URLENCODED, Button, Form

Attributes = dict[str, str]

TYPED_IN = {"text", "search", "email", "url", "tel", "number", "date", "time", "datetime-local", "month", "week"}
SILENT = {"button", "reset", "file"}


@dataclass
class Control:
    """Something on a page that may belong to a form. `value` None is a box without a tick."""

    said: Attributes
    form: Form | None
    value: str | None = None
    box: str | None = None
    button: Button | None = None


@dataclass
class Select:
    """A list to choose from."""

    said: Attributes
    options: list[tuple[Attributes, list[str]]] = field(default_factory=list)

    def shown(self) -> str:
        """Return the words of all options."""
        return " ".join("".join(words) for _, words in self.options)

    def chosen(self) -> list[str]:
        """Return the values that are sent: the selected ones, or the first where there is one choice."""
        able = [(said, words) for said, words in self.options if "disabled" not in said]
        picked = [each for each in able if "selected" in each[0]]
        if "multiple" not in self.said:
            picked = picked[-1:] or able[:1]
        return [said.get("value", re.sub(r"\s+", " ", "".join(words)).strip()) for said, words in picked]


class FormReader:
    """Collect forms and their controls. `open` and `close` return what a person reads there."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.controls: list[Control] = []
        self.form: Form | None = None  # which controls belong to from here on
        self.button: Button | None = None
        self.area: tuple[Attributes, list[str]] | None = None
        self.select: Select | None = None

    def open(self, tag: str, said: Attributes) -> str:
        """Read where an element begins."""
        if tag == "form":
            self.open_form(said)
        elif tag == "input":
            return self.input(said)
        elif tag == "button" and said.get("type", "submit").lower() not in ("reset", "button"):
            self.button = self.sending(said)
        elif tag == "textarea":
            self.area = (said, [])
        elif tag == "select":
            self.select = Select(said)
        elif tag == "option" and self.select:
            self.select.options.append((said, []))
        return ""

    def close(self, tag: str) -> str:
        """Read where an element ends."""
        if tag == "button":
            self.button = None
        elif tag == "textarea" and self.area:
            (said, words), self.area = self.area, None
            self.add(said, "".join(words))
            return "".join(words)
        elif tag == "select" and self.select:
            select, self.select = self.select, None
            for value in select.chosen():
                self.add(select.said, value)
            return select.shown()
        return ""

    def words(self, text: str) -> bool:
        """Read text; return whether it stands in a control that shows it only when it ends."""
        if self.button:
            self.button.text += text
        if self.area:
            self.area[1].append(text)
        elif self.select and self.select.options:
            self.select.options[-1][1].append(text)
        return bool(self.area or self.select)

    def open_form(self, said: Attributes) -> None:
        """Begin a form."""
        enctype = said.get("enctype", "").lower()
        self.form = Form(
            action=said.get("action", "").strip(),
            method="POST" if said.get("method", "").lower() == "post" else "GET",
            name=said.get("name") or said.get("id", ""),
            id=said.get("id", ""),
            enctype=enctype if enctype in (MULTIPART, PLAIN) else URLENCODED,
        )
        self.forms.append(self.form)

    def input(self, said: Attributes) -> str:
        """Take in an <input>, which is many things."""
        kind, value = said.get("type", "text").lower(), said.get("value", "")

        if kind in ("submit", "image"):
            if button := self.sending(said):
                button.text = value
            return value
        if kind in ("checkbox", "radio"):
            box = said.get("value", "on")
            self.controls.append(Control(said, self.form, box if "checked" in said else None, box))
        elif kind not in SILENT:
            self.add(said, value)
        return value if kind in TYPED_IN else ""

    def sending(self, said: Attributes) -> Button | None:
        """Read a button that sends its form."""
        method = said.get("formmethod", "").upper() or None
        button = Button(said.get("name", ""), said.get("value", ""), "", said.get("formaction"), method)
        self.controls.append(Control(said, self.form, button=button))
        return button

    def add(self, said: Attributes, value: str) -> None:
        """Read a control with a value."""
        self.controls.append(Control(said, self.form, value))

    def finished(self) -> list[Form]:
        """Return the forms with what belongs to them; only now are all known that `form=` may name."""
        # The first of several forms with one id counts.
        by_id = {each.id: each for each in reversed(self.forms)}
        for control in self.controls:
            form = by_id.get(control.said["form"]) if "form" in control.said else control.form
            if form and "disabled" not in control.said:
                give(form, control)
        return self.forms


def give(form: Form, control: Control) -> None:
    """Put a control into its form."""
    name = control.said.get("name", "")
    if control.button:
        form.buttons.append(control.button)
    elif name and control.value is not None:
        form.add(name, control.value)
    if name and control.box is not None:
        form.boxes.setdefault(name, control.box)
