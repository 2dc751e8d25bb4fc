"""Keep a decision for as long as nothing has changed.

To decide takes time, and people open the same document again and again; so the PEP keeps what was decided, and asks
`still_good` before it uses that once more. The first try keeps to it for an hour. Within that hour HR revokes Mallory's
clearance, the office closes, she crosses a border, the policy is another one: and she reads on.

A kept decision is the answer to one question. It answers no other question.
(OWASP ASVS 5.0, 8.2.4 and 8.3.2; NIST SP 800-162, 3.3: attribute and decision caching; CWE-613)
"""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    """Return whether a kept decision may be used once more.

    `kept` has the "question" that was decided, the number of the "policy" by which it was, and "at", the moment.
    `question` is asked now, `policy` is the number of the policy that is in force, and `now` is the server's clock.

    A question has this form; the attributes may be others, and "properties" or "context" may be missing:
        {"subject": {"type": "user", "id": "mallory", "properties": {"department": "sales", "clearance": 2}},
         "action": {"name": "read"},
         "resource": {"type": "price list", "id": "next-prices", "properties": {"owner": "bob", "sensitivity": 2}},
         "context": {"office_hours": True, "country": "DE", "now": "2026-07-01T15:59:59+00:00", …}}
    """
    # TODO: The decision is good while the same policy is in force, the same question is asked, with every attribute as
    #       it was, and it was made less than 30 seconds ago (at 30 it is over). One attribute alone may differ:
    #       the "now" of the context, for time goes on. What was decided in the future is not good. Dictionaries are
    #       compared with `==`, however deep they are; change neither `kept` nor `question`. A part that may be missing
    #       is read with `.get("context", {})`.
    return now - kept["at"] < timedelta(hours=1)
