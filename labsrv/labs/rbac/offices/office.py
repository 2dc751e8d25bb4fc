"""An office of the company's: one site over a store of its own, its staff, their records, and who may do what.

desk = OfficeDesk()
office = desk.open(draw, AS_DECLARED)        new people, new numbers, and a site that decides like this
office.ask("employee", "GET", "/api/records")
office.rows, office.people                   the permission matrix, and whose record is which
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from secrets import token_urlsafe
from typing import Any

from flask import Flask

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.asking import Ask, Row
from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.lessons.asker import App, Asker
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.rbac.offices.rows import rows_for
from labsrv.labs.rbac.shop import COOKIE

# Who works there, by the parts that they play: branch and roles. `nobody` is not logged in.
STAFF = {
    "employee": ("harbour", ["employee"]),
    "colleague": ("harbour", ["employee"]),
    "manager": ("harbour", ["manager"]),
    "hr": ("harbour", ["hr"]),
    "payroll": ("harbour", ["payroll"]),
    "director": ("harbour", ["director"]),
    "hill": ("hill", ["hr"]),
}
NOBODY = "nobody"
NAMES = ("aiko", "emil", "ines", "juno", "kofi", "lale", "luca", "noor", "omar", "sana", "teo", "vera", "yara")
BANDS = "ABCDE"

Decisions = Mapping[str, Callable[..., Any]]
Wrapper = Callable[[App], App]


@dataclass(frozen=True)
class Style:
    """How an office's site is made: what it decides in its own way, and how it answers. The rest is as declared."""

    name: str
    decisions: Callable[[Lab], Decisions] = lambda lab: {}
    wrap: Wrapper = lambda app: app


AS_DECLARED = Style("as it was declared")


@dataclass(frozen=True)
class GradedOffice:
    """One site with its people; `rows` is its permission matrix as data."""

    style: Style
    people: dict[str, dict[str, Any]]
    rows: list[Row]
    ask: Ask


class OfficeDesk:
    """Where one office after another is opened. The site is built once, and what it decides is exchanged."""

    def __init__(self) -> None:
        self.lab = Lab("rbac", place=FirstNumber(), hash_cost="low", listens=False)
        self.secure = {name: labs.secure("rbac", name) for name in labs.decisions_of("rbac")}
        self.deciding: dict[str, Callable[..., Any]] = dict(self.secure)
        self.app: Flask = labs.complete("rbac", {name: self.whichever(name) for name in self.secure})(self.lab)
        self.app.config["PROPAGATE_EXCEPTIONS"] = True

    def whichever(self, name: str) -> Callable[..., Any]:
        """Return a decision that is made as the office wants it which is open."""
        return lambda *args: self.deciding[name](*args)

    def open(self, draw: Random, style: Style = AS_DECLARED) -> GradedOffice:
        """Return an office with drawn people; the one before it is closed."""
        self.lab.db.clear()
        self.deciding = self.secure | dict(style.decisions(self.lab))
        people, spare = move_in(self.lab, draw)
        cookies = {part: log_in(self.lab, each["name"], each["roles"]) for part, each in people.items()}
        asker = Asker(style.wrap(self.app), self.lab.url("shop").split("/")[2], cookies | {NOBODY: ""})
        return GradedOffice(style, people, rows_for(people, spare), asker)

    def close(self) -> None:
        """End the store."""
        self.lab.stop()


def move_in(lab: Lab, draw: Random) -> tuple[dict[str, dict[str, Any]], dict[str, list[Any]]]:
    """Fill the store; return the people by their parts, and the keys of what is there to be deleted or approved."""
    # In a list the employee's record is the first, and the other branch's the last: whoever looks at one sees no leak.
    first, *numbers, last = sorted(draw.sample(range(1000, 9999), len(STAFF) + 2))
    draw.shuffle(numbers)
    parts = {part: new_person(draw, *STAFF[part]) for part in draw.sample(list(STAFF), len(STAFF))}
    between = numbers[: len(STAFF) - 2]
    owned = zip(STAFF, [first, *between, last], strict=True)
    people = {part: {**parts[part], "record": number} for part, number in owned}
    for person in people.values():
        lab.db.users.insert_one({"_id": person["name"], "role": "staff", "disabled": False, "password_hash": "none"})
        lab.db.staff.insert_one({"_id": person["name"], "branch": person["branch"], "roles": person["roles"]})
        keep_record(lab, draw, person["record"], person["name"], person["branch"])

    # Of people who have left: their records may go.
    leavers = numbers[len(STAFF) - 2 :]
    for number in leavers:
        keep_record(lab, draw, number, new_person(draw, "harbour", [])["name"], "harbour")
    raises = [keep_raise(lab, draw, people) for _ in range(3)]
    return people, {"leavers": leavers, "raises": raises}


def new_person(draw: Random, branch: str, roles: list[str]) -> dict[str, Any]:
    """Return somebody with a drawn name."""
    return {"name": f"{draw.choice(NAMES)}-{draw.getrandbits(24):06x}", "branch": branch, "roles": list(roles)}


def keep_record(lab: Lab, draw: Random, number: int, owner: str, branch: str) -> None:
    """Put a pay record into the store, and a slip."""
    amount = draw.randrange(2000, 6000)
    record = {
        "band": draw.choice(BANDS),
        "amount": amount,
        "note": f"note {draw.getrandbits(32):08x}",
    }
    lab.db.records.insert_one({"_id": number, "owner": owner, "branch": branch, **record})
    slip = {"record": number, "name": "2026-10.txt", "text": f"{owner}: {amount}\n"}
    lab.db.slips.insert_one({"_id": f"{number}-2026-10", **slip})
    lab.db.drafts.insert_one({"_id": number, "owner": owner, "amount": amount + 120})


def keep_raise(lab: Lab, draw: Random, people: dict[str, dict[str, Any]]) -> str:
    """Put a raise into the store that the manager has prepared for the colleague; return its key."""
    key, colleague = f"{draw.getrandbits(48):012x}", people["colleague"]
    raise_ = {"record": colleague["record"], "owner": colleague["name"], "branch": "harbour"}
    by = {"prepared_by": people["manager"]["name"], "prepared_as": ["manager"], "approved_by": None}
    lab.db.raises.insert_one({"_id": key, **raise_, "amount": draw.randrange(2000, 6000), **by})
    return key


def log_in(lab: Lab, name: str, roles: list[str]) -> str:
    """Begin a session in which somebody's roles are active; return its Cookie header."""
    session, now = token_urlsafe(32), lab.clock.now()
    times = {"created_at": now, "last_seen": now, "confirmed_at": None}
    lab.db.sessions.insert_one({"_id": fingerprint(session), "user": name, "basket": [], **times})
    lab.db.activations.insert_one({"_id": fingerprint(session), "roles": list(roles)})
    return f"{COOKIE}={session}"
