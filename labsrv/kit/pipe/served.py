"""The end of a pipe where the services are: what the other side may call, and by which names."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from labsrv.kit.clock import Clock
from labsrv.kit.pipe.peer import Gone
from labsrv.kit.pipe.remote import Caller
from labsrv.kit.pipe.site_requests import SiteRequests
from labsrv.kit.services import Services
from labsrv.kit.store import OPERATIONS, Store
from labsrv.kit.store.collection import pairs
from labsrv.kit.store.limits import Allowance

CONFIRM_SECONDS = 5.0


def serve_services(
    services: Services,
    *,
    may_move_time: bool = False,
    allowance: Allowance | None = None,
    requests: SiteRequests | None = None,
    is_own: Callable[[str], bool] = lambda table: True,
) -> dict[str, Callable[..., Any]]:
    """Return the services by the names that the other side calls them by.

    The code under test may look at the clock and not move it, or it could make a session look expired to its checks.
    With an allowance, the store takes only what it can answer soon: in memory its work is done here. With `requests`
    it reaches other sites; `is_own` tells which tables are its own, where its neighbours have theirs beside them.
    """
    served: dict[str, Callable[..., Any]] = {
        "url": services.url,
        "hasher.about": lambda: {"cost": services.hasher.cost, "decoy": services.hasher.decoy},
        "hasher.log": lambda: services.hasher.log,
        "hasher.hash": services.hasher.hash,
        "hasher.verify": services.hasher.verify,
        # Only sending: whoever could read the mailboxes would have no need of a link.
        "mail.send": services.mail.send,
        "sms.send": services.sms.send,
    }
    served |= serve_store(services.db, allowance, is_own)
    if requests:
        served["send"] = requests.send
    if may_move_time:
        served["clock.advance"] = lambda seconds: services.clock.advance(seconds=seconds)
        served["clock.reset"] = services.clock.reset
    return served


def serve_store(
    store: Store, allowance: Allowance | None = None, is_own: Callable[[str], bool] = lambda table: True
) -> dict[str, Callable[..., Any]]:
    """Return a store's operations by the names that the other side calls them by."""

    def run(collection: str, operation: str, args: list[Any], options: dict[str, Any]) -> Any:
        # The other side is untrusted: a name is looked up in a list, and never on the store itself.
        if operation not in OPERATIONS:
            raise ValueError(f"A collection has no {operation!r}.")
        if not is_own(collection):
            raise ValueError(f"{collection!r} is another site's table.")
        if allowance:
            allowance.judge(operation, [args, options])

        # A pipe makes lists of the pairs that say an order.
        if isinstance(options.get("sort"), list):
            options["sort"] = pairs(options["sort"])
        if operation == "create_index" and args and isinstance(args[0], list):
            args[0] = pairs(args[0])

        return store.run(collection, operation, *args, **options)

    def clear() -> None:
        if not all(map(is_own, store.collections())):
            raise ValueError("There are tables of other sites as well.")
        store.clear()

    return {
        "store.run": run,
        "store.where": lambda: store.where,
        "store.collections": lambda: [name for name in store.collections() if is_own(name)],
        "store.clear": clear,
    }


def serve_clock() -> dict[str, Callable[..., Any]]:
    """Return what the site's process serves, so that time moves there as well."""
    clock = Clock()
    return {"clock.follow": lambda moved: clock.follow(timedelta(seconds=moved))}


def forward_time(
    clock: Clock, peer: Caller, timeout: float = CONFIRM_SECONDS, *, at_once: bool = True
) -> Callable[[], None]:
    """Have the other side's time follow this clock from now on, and return what ends that.

    Each move waits for the other side's word that it has moved, and raises `TimeoutError` when that does not come. One
    that is gone has no time any more. `at_once=False` if it knows already what time it is.
    """

    # Waited for: a check that has moved the clock must not meet a shop that is still in the past.
    def listener(_: float) -> None:
        try:
            peer.call("clock.follow", timeout=timeout, moved=clock.moved.total_seconds())
        except Gone:
            end()

    def end() -> None:
        if listener in clock.listeners:
            clock.listeners.remove(listener)

    clock.listeners.append(listener)
    if at_once:
        listener(0.0)
    return end
