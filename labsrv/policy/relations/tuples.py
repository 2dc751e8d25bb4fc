"""Relation tuples: this user has this relation to this object. A user may be a userset, `group:tea#member`."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from labsrv.policy.relations.model import RelationModel, UserKind

OBJECT = re.compile(r"([^\s:#@*]+):([^\s:#*]+)")
USER = re.compile(r"([^\s:#@*]+):(?:(\*)|([^\s:#*]+)(?:#([^\s:#@*]+))?)")


class BadRelation(ValueError):
    """A tuple, or a question about one, that the model has no room for; the message says what."""


class RelationTuple(NamedTuple):
    """`document:1`, `viewer`, `user:alice`."""

    object: str
    relation: str
    user: str


def type_of(name: str) -> str:
    """Return the type of an object: `document` of `document:1`."""
    return name.partition(":")[0]


def kind_of(user: str) -> UserKind:
    """Return what kind of user this is; raise `BadRelation` for what is none."""
    found = USER.fullmatch(user)
    if found:
        return UserKind(found[1], found[4] or "", found[2] == "*")

    raise BadRelation(f"{user!r} is no user: write user:alice, user:* or group:tea#member.")


def fits(model: RelationModel, each: RelationTuple) -> bool:
    """Return whether the model has room for a tuple. One that it has none for, any more, counts for nothing."""
    return kind_of(each.user) in model.kinds(type_of(each.object), each.relation)


def refuse_unfit(model: RelationModel, tuples: Iterable[RelationTuple]) -> None:
    """Raise `BadRelation` for a tuple that the model has no room for."""
    for each in tuples:
        if not OBJECT.fullmatch(each.object):
            raise BadRelation(f"{each.object!r} is no object: write document:1.")
        if not fits(model, each):
            raise BadRelation(
                f"{each.object}#{each.relation}@{each.user}: the model gives this relation to no such user."
            )
