"""What a form on a page holds, and what a browser sends for it: HTML, "form control infrastructure"."""

import secrets
from dataclasses import dataclass, field
from urllib.parse import quote_plus

Value = str | list[str]
Entries = list[tuple[str, str]]

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
PLAIN = "text/plain"


@dataclass
class Button:
    """A button that sends its form. Its own action or method wins over the form's."""

    name: str
    value: str = ""
    text: str = ""
    action: str | None = None
    method: str | None = None


@dataclass
class Form:
    """A form as it stands on its page. Change `fields` as a person would, then `browser.submit(form)`.

    `fields` has what would be sent now, hidden fields included; boxes that are not ticked are in `boxes` with the value
    that a tick would send.
    """

    action: str
    method: str = "GET"
    name: str = ""
    fields: dict[str, Value] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)
    boxes: dict[str, str] = field(default_factory=dict, repr=False)
    enctype: str = URLENCODED
    id: str = field(default="", repr=False)
    page: object | None = field(default=None, repr=False, compare=False)

    def add(self, name: str, value: str) -> None:
        """Add a field; a second one of the same name makes a list."""
        known = self.fields.get(name)
        if known is None:
            self.fields[name] = value
        else:
            self.fields[name] = [*known, value] if isinstance(known, list) else [known, value]

    def filled(self, fields: dict[str, object]) -> tuple[Entries, Button | None]:
        """Return what is sent, and the button that was pressed, when a person fills in these fields.

        True ticks a box, None or False leaves the field out. Naming a button presses it; otherwise it is the first one,
        as with the Enter key (HTML, "implicit submission").
        """
        button = self.button_for(fields)
        values: dict[str, object] = {**self.fields, **fields}
        if button and button.name:
            values.setdefault(button.name, button.value)

        return [entry for name, value in values.items() for entry in self.entries(name, value)], button

    def button_for(self, fields: dict[str, object]) -> Button | None:
        """Return the button that these fields name, or the first."""
        named = [button for button in self.buttons if button.name and button.name in fields]
        exact = [button for button in named if fields[button.name] == button.value]
        return next(iter(exact + named + self.buttons), None)

    def entries(self, name: str, value: object) -> Entries:
        """Return the entries of one field."""
        if value is None or value is False:
            return []
        if value is True:
            return [(name, self.boxes.get(name, "on"))]
        if isinstance(value, list | tuple):
            return [(name, str(each)) for each in value]
        return [(name, str(value))]


def encode(entries: Entries, enctype: str = URLENCODED) -> tuple[bytes, str]:
    """Return the body that a form sends and its Content-Type (HTML, "form submission")."""
    entries = [(line_breaks(name), line_breaks(value)) for name, value in entries]

    if enctype == PLAIN:
        return "".join(f"{name}={value}\r\n" for name, value in entries).encode(), PLAIN
    if enctype == MULTIPART:
        return multipart(entries, "----AuthlabForm" + secrets.token_hex(8))

    return urlencoded(entries).encode(), URLENCODED


def urlencoded(entries: Entries) -> str:
    """Return `name=value&…` as the URL Standard writes it, which is not quite as Python does."""
    return "&".join(f"{escaped(name)}={escaped(value)}" for name, value in entries)


def escaped(text: str) -> str:
    """Leave letters, digits and `*-._`; a space becomes a plus."""
    return quote_plus(text, safe="*").replace("~", "%7E")


def multipart(entries: Entries, boundary: str) -> tuple[bytes, str]:
    """Return the entries as RFC 7578 parts."""
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{quoted(name)}"\r\n\r\n{value}\r\n'
        for name, value in entries
    ]
    return "".join([*parts, f"--{boundary}--\r\n"]).encode(), f"{MULTIPART}; boundary={boundary}"


def quoted(name: str) -> str:
    """Escape a field's name for its header."""
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def line_breaks(text: str) -> str:
    """Write every line break as CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
