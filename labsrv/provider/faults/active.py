"""Which faults are on: `create_provider(…, spoil=with_faults)` is a provider that has the menu."""

from collections.abc import Iterable
from typing import Any

from labsrv.provider.faults.menu import FAULTS
from labsrv.provider.provider import Provider


def with_faults(point: str, thing: Any, provider: Provider) -> Any:
    """Return what a provider says whose faults are on, one after the other in the menu's order."""
    for name in active_faults(provider):
        if FAULTS[name].point == point:
            thing = FAULTS[name].spoil(thing, provider)
    return thing


def active_faults(provider: Provider) -> list[str]:
    """Return the names of the faults that are on, in the menu's order."""
    on = {row["_id"] for row in provider.rows("faults").find()}
    return [name for name in FAULTS if name in on]


def set_faults(provider: Provider, names: Iterable[str]) -> None:
    """Switch on these faults and no others; raises `LookupError` for an unknown one."""
    names = list(dict.fromkeys(names))
    for name in names:
        if name not in FAULTS:
            raise LookupError(f"There is no fault {name!r}. There are {', '.join(FAULTS)}.")

    provider.rows("faults").delete_many({})
    for name in names:
        provider.rows("faults").insert_one({"_id": name})
