"""What all checks of a lesson use, built once: the shop's routes, and the sites around it."""

from functools import cache
from typing import Any

from flask import Flask
from werkzeug.routing import Map

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab


@cache
def routes(technique: str, party: str = labs.MAIN_SITE) -> Map:
    """Return the routes by name of a party's site: they are the same whatever is decided."""
    lab = Lab(technique, place=FirstNumber(), hash_cost="low", listens=False)
    try:
        return labs.complete(technique, {}, party)(lab).url_map
    finally:
        lab.stop()


class Whichever:
    """Stands for the lab of the check that runs now: what is built over it serves one check after another."""

    def __init__(self, lab: Lab):
        self.lab = lab

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lab, name)


@cache
def neighbours(technique: str) -> tuple[Whichever, dict[str, Flask]]:
    """Return the shop's neighbours by name, and the lab that they are built over.

    They keep nothing themselves. To build them takes as long as a whole check.
    """
    lab = Lab(technique, place=FirstNumber(), hash_cost="low", listens=False)
    try:
        whichever = Whichever(lab)
        return whichever, labs.neighbours_of(technique, whichever)
    finally:
        lab.stop()


def prepare(technique: str) -> None:
    """Build ahead of the first check what all checks of a lesson use."""
    for party in labs.parties(technique):
        routes(technique, party)
    neighbours(technique)
