"""Whole rows: the one that was decided on is found by all that stands in it, and replaced; a table of what is asked."""

from typing import Any

from labsrv.kit.store import Collection

MORE = {"sensitivity": "classify", "owner": "hand_over"}


def what_to_ask(old: dict[str, Any], new: dict[str, Any]) -> list[list[Any]]:
    more = [[action, old] for name, action in MORE.items() if old[name] != new[name]]
    return [*more, ["edit", new], ["edit", old]]


def store_change(documents: Collection, old: dict[str, Any], new: dict[str, Any]) -> bool:
    successor = {**new, "version": old["version"] + 1}
    return documents.find_one_and_replace(dict(old), successor) is not None
