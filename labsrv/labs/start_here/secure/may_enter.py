"""Let in whoever holds a ticket."""


def may_enter(tickets: list[str], number: str) -> bool:
    """Restrict the room to those with explicit permission (ASVS 8.2.1): this very number was sold."""
    return number in tickets
