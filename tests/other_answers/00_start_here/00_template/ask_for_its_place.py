"""Asks the list for the number's place, and lets a miss raise."""


def may_enter(tickets: list[str], number: str) -> bool:
    try:
        tickets.index(number)
    except ValueError:
        return False
    return True
