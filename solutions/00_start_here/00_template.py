"""Open the door to ticket holders only."""


def may_enter(tickets: list[str], number: str) -> bool:
    """Return whether the visitor who shows `number` may enter; `tickets` has the numbers that were sold."""
    # A number proves nothing by being there: it has to be one of those that were sold, whole.
    return number in tickets
