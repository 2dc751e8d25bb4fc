"""Mallory listens: how long does the shop take to answer a customer, and how long somebody whom she made up?

Times are for looking at. Whether there is something to hear, attacks and checks find out by counting hashes.
"""

from collections.abc import Iterable

from labsrv.kit.lessons.lab import Lab
from labsrv.labs.passwords.moves import WRONG, bot
from labsrv.labs.passwords.people import log_in

INVENTED = ("hilda", "igor", "judith", "kurt", "linus", "mona", "norbert", "olive", "paula", "ruth")


def answer_times(lab: Lab, names: Iterable[str], invented: Iterable[str] = INVENTED) -> dict[str, list[float]]:
    """Try each name once with a wrong password, from many addresses; return the times of the answers, in milliseconds.

    Names of both kinds take turns, so that whatever slows the machine down meanwhile slows both.
    """
    times: dict[str, list[float]] = {"customers": [], "invented names": []}
    answer_time(lab, 0, "somebody first")  # what is loaded at the first request is no news about anybody
    for number, pair in enumerate(zip(names, invented, strict=False), start=1):
        for kind, name in zip(times, pair, strict=True):
            times[kind].append(answer_time(lab, number, name))
    return times


def answer_time(lab: Lab, number: int, name: str) -> float:
    """Return for how many milliseconds the shop thinks about a wrong password of this name."""
    return log_in(bot(lab, number), lab.shop, name=name, password=WRONG).exchange.seconds * 1000
