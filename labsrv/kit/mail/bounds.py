"""How much of a message is taken apart: it is counted before the standard library's parser sees it.

That parser tries each line of a message against the boundary of every multipart around it, looks at the rest of a
header again at each of its signs, and goes down into messages in messages without end. Whoever writes a message must
not choose how long it takes to read it. What is counted is never less than what the parser finds.
"""

import re

MOST_TYPES = 30
# Dashes also begin lines of honest text.
MOST_DASHED = 300
MOST_LINES = 50_000
# Of what is parsed: the characters of one header, of the subject, and of all headers that describe parts.
LONGEST_HEADER = 600
LONGEST_SUBJECT = 8_000
MOST_DESCRIBED = 3_000

# A header goes on over lines that begin with a space or a tab.
MORE = rb"[^\n]*+(?:\n[ \t][^\n]*+)*+"
TYPE = re.compile(rb"\ncontent-type:", re.IGNORECASE)
SENDER = re.compile(rb"\nfrom:" + MORE, re.IGNORECASE)
SUBJECT = re.compile(rb"\nsubject:" + MORE, re.IGNORECASE)
DESCRIBED = re.compile(rb"\ncontent-(?:type|transfer-encoding|disposition):" + MORE, re.IGNORECASE)


def excess_of(raw: bytes) -> str:
    """Return what a message has too much of, such as "more than 30 parts"; "" where it may be taken apart."""
    # A line ends as the parser has it: at CR, LF or both.
    text = b"\n" + raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if text.count(b"\n") > MOST_LINES:
        return f"more than {MOST_LINES:,} lines"
    # A part has a boundary before it; one that holds others has a type.
    if len(TYPE.findall(text)) > MOST_TYPES or text.count(b"\n--") > MOST_DASHED:
        return f"more than {MOST_TYPES} parts"

    senders, subjects, described = (list(map(len, kind.findall(text))) for kind in (SENDER, SUBJECT, DESCRIBED))
    if max(senders + described, default=0) > LONGEST_HEADER or max(subjects, default=0) > LONGEST_SUBJECT:
        return "a header that is too long"
    if sum(described) > MOST_DESCRIBED:
        return f"more than {MOST_DESCRIBED:,} characters about its parts"
    return ""
