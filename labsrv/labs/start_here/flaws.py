"""What goes wrong at the door: the flawed version of the decision, with a name that confesses."""

from labsrv.labs import flaw


@flaw(of="may_enter", cwe=863, asvs="8.2.1")
def let_anyone_in_who_shows_a_number(tickets: list[str], number: str) -> bool:
    """Look whether there is a number on the ticket, and not which one."""
    return number != ""
