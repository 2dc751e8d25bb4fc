"""What may stand in the head of a message: one address, one line. Everything else could add a recipient or a header."""

import re
import unicodedata

# RFC 5321, 4.5.3.1: at most 64 characters before the @, and 254 for a whole address (RFC 3696, erratum 1690).
LONGEST_ADDRESS = 254
LONGEST_LOCAL = 64
LONGEST_SUBJECT = 300
LONGEST_TEXT = 256 * 1024
# RFC 5322, 3.2.3: a dot-atom; no quoted strings, no comments, no names around it, no characters beyond ASCII.
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@{LABEL}(?:\.{LABEL})*")
# E.164: a country's code and the number, fifteen digits at most.
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
# Some programs end a line at these as well.
LINE_ENDS = "\u2028\u2029"


class BadHeader(ValueError):
    """This is not exactly one address, or not one line: nothing was sent."""


def one_address(to: str) -> str:
    """Return the address, or raise `BadHeader` if it is anything but exactly one."""
    if isinstance(to, str) and len(to) <= LONGEST_ADDRESS and ADDRESS.fullmatch(to):
        local, _, _ = to.partition("@")
        if len(local) <= LONGEST_LOCAL:
            return to

    raise BadHeader(f"This is not exactly one mail address: {shown(to)}.")


def one_number(number: str) -> str:
    """Return the number, or raise `BadHeader` if it is anything but exactly one, written as E.164 has it."""
    if isinstance(number, str) and NUMBER.fullmatch(number):
        return number

    raise BadHeader(f"This is not exactly one phone number such as +12125550123: {shown(number)}.")


def one_line(subject: str) -> str:
    """Return the subject, or raise `BadHeader` where it would not stay on its line."""
    if isinstance(subject, str) and len(subject) <= LONGEST_SUBJECT and not any(map(breaks, subject)):
        return subject

    raise BadHeader(f"A subject is one line of at most {LONGEST_SUBJECT} characters: {shown(subject)}.")


def breaks(character: str) -> bool:
    """Return whether a character ends a line, steers a terminal, or is half of one (a lone surrogate)."""
    return character in LINE_ENDS or unicodedata.category(character) in ("Cc", "Cs")


def body(text: str) -> str:
    """Return the text of a message, or raise `ValueError` where mail can't carry it (RFC 5321, 4.5.2 has no NUL)."""
    if isinstance(text, str) and "\0" not in text and len(text) <= LONGEST_TEXT:
        return text.encode().decode()  # raises for a lone surrogate

    raise ValueError(f"A message is text of at most {LONGEST_TEXT:,} characters, without NUL.")


def shown(value: object) -> str:
    """Return what was given, short and escaped: it is hostile until proven otherwise."""
    written = ascii(value)
    return written if len(written) <= 80 else f"{written[:79]}…"
