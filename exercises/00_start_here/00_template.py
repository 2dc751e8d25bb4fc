"""Open the door to ticket holders only.

The tea shop sells tickets for its tasting room. At the door it asks for the number on the ticket, and lets in everyone
who shows one. Mallory never bought a ticket. She made a number up, and is having her second cup.

Only a ticket that was sold opens the door.  (OWASP ASVS 5.0, 8.2.1; CWE-863)
"""


def may_enter(tickets: list[str], number: str) -> bool:
    """Return whether the visitor who shows `number` may enter; `tickets` has the numbers that were sold."""
    # TODO: True for a number that was sold, and for nothing else.
    return number != ""
