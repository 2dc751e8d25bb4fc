"""Who has an account: a table of users over the store."""

from dataclasses import dataclass, field

from labsrv.kit.passwords import Hashes
from labsrv.kit.people import Person
from labsrv.kit.store import Collection


@dataclass(frozen=True)
class User:
    """A row of the table of users. A disabled user exists and may do nothing."""

    name: str
    role: str = "customer"
    disabled: bool = False
    password_hash: str = field(default="", repr=False)


@dataclass(frozen=True)
class Refused:
    """What somebody reads whom a login turns away."""

    words: str = "Name or password is wrong."


class Accounts:
    """The users by name. `rows` is the collection itself; a row's `_id` is the name."""

    def __init__(self, rows: Collection, hasher: Hashes):
        self.rows = rows
        self.hasher = hasher

    def add(self, person: Person) -> None:
        """Open an account."""
        self.rows.insert_one(
            {
                "_id": person.name,
                "role": person.role,
                "disabled": False,
                "password_hash": person.known_hash or self.hasher.hash(person.password),
            }
        )

    def get(self, name: str) -> User | None:
        """Return the user of that name, disabled or not."""
        row = self.rows.find_one({"_id": name})
        return User(row["_id"], row["role"], row["disabled"], row["password_hash"]) if row else None

    def authenticate(self, name: str, password: str) -> User | None:
        """Return the user whose name and password these are; strangers cost the same work (ASVS 6.3.8)."""
        user = self.get(name)
        matches = self.hasher.verify(user.password_hash if user else self.hasher.decoy, password)

        if user and matches and not user.disabled:
            return user

        return None

    def set_password(self, name: str, password: str) -> None:
        """Replace the user's password."""
        self.rows.update_one({"_id": name}, {"$set": {"password_hash": self.hasher.hash(password)}})

    def disable(self, name: str) -> None:
        """Close the account without deleting it."""
        self.rows.update_one({"_id": name}, {"$set": {"disabled": True}})
