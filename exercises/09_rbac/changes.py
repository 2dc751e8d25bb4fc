"""Take from a body the fields that somebody may change, or nothing at all.

Managers write notes: the page has a form with one field. The site writes whatever it is sent. Mallory, a manager, sends
her note and beside it an `amount`, and could as well have sent an `owner`.

Say which fields may come from whom, and of what kind. Whatever else is in a body, it was not meant by your form, and
nothing of it is written: half a change is one that nobody asked for.
(OWASP ASVS 5.0, 8.2.3, 15.3.3, 2.2.1; OWASP API Security Top 10 2023, API3; RFC 8259, 4; CWE-915)
"""

import json
from typing import Any


def changes(body: str, user: dict[str, Any]) -> dict[str, Any] | None:
    """Return the new values by field, which are written as they are; None where anything at all is wrong.

    `body` is what was sent, a text. `user` has `name`, `branch`, `roles` (the active ones, and what these inherit) and
    `permissions`. That they may change this record has been looked at.

    `json.loads(body, object_pairs_hook=f)` calls f with a list of the (name, value) pairs of each object, and takes
    what f returns for the object. f may raise ValueError, which comes out of `json.loads`.
    """
    # TODO: A body is one JSON object with at least one field. Each of its names stands in it once (`json.loads` takes
    #       the last one and keeps silent; other programs take the first), and is one that a role of the user changes:
    #           manager  note
    #           hr       note, amount, band
    #       A note is a text of at most 200 characters that can be printed (`str.isprintable`); it may be empty. An
    #       amount is a whole number from 1 to 99999, written as one: 3000, not "3000", 3000.0 or true. A band is one
    #       of A, B, C, D and E. Whoever is both may change what either may.
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
