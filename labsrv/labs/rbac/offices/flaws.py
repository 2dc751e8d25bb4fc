"""Flawed offices: each is wrong in one thing, which a suite of tests has to notice. Many are the lesson's own."""

from collections.abc import Callable
from typing import Any

from flask import request

from labsrv.kit.lessons.lab import Lab
from labsrv.labs.rbac import flaws
from labsrv.labs.rbac.offices.office import Style
from labsrv.labs.rbac.secure.answer_for import answer_for
from labsrv.labs.rbac.secure.needed_for import needed_for
from labsrv.labs.rbac.secure.own_records import own_records
from labsrv.labs.rbac.secure.permitted import permitted

Json = dict[str, Any]
Answer = Callable[[str | None, Json | None], int]

# Whom it lets in at all.


def allow_what_is_denied_and_deny_what_is_allowed(needed: str | None, user: Json | None) -> int:
    """Confuse the two answers."""
    return 403 if answer_for(needed, user) == 200 else 200


def refuse_everybody(needed: str | None, user: Json | None) -> int:
    """Let in nobody, which is safe and no use."""
    return 403 if user else 401


def crash_in_the_place_of_a_refusal(needed: str | None, user: Json | None) -> int:
    """Run into an error where somebody is to be refused: nobody has thought of it."""
    if answer_for(needed, user) == 200:
        return 200

    raise KeyError(needed)


# Who may do what.


def forget_one_address(request: Any, declared: dict[str, dict[str, str]]) -> str | None:
    """Ask for a login, and for nothing more, where roles are listed."""
    return "logged in" if request.endpoint == "roles" and request.method == "GET" else needed_for(request, declared)


def forget_one_verb(request: Any, declared: dict[str, dict[str, str]]) -> str | None:
    """Ask of a DELETE what is asked of a GET."""
    verb = "GET" if request.method == "DELETE" else request.method
    return declared.get(request.endpoint or "", {}).get(verb)


def hide_a_button_only(request: Any, declared: dict[str, dict[str, str]]) -> str | None:
    """Leave raises to the page, which shows its form to those who may prepare them."""
    return "logged in" if request.endpoint == "raises" and request.method == "POST" else needed_for(request, declared)


def compare_up_to_the_colon(permission: str, roles: list[str], grants: dict[str, list[str]]) -> bool:
    """Take one permission about raises for the other ones."""
    if permission.startswith("raises:"):
        return any(granted.startswith("raises:") for role in roles for granted in grants.get(role, []))
    return permitted(permission, roles, grants)


# What is in an answer.


def forget_the_branch_in_lists(user: Json) -> Json:
    """Let who sees a branch see the others as well, where there are several records."""
    own = own_records(user)
    return {} if request.endpoint in ("records", "export", "bulk") and "owner" not in own else own


# What there is afterwards.


def change_first_and_refuse_then(lab: Lab) -> Answer:
    """Return an answer that refuses whoever may not change a record, when it has been changed."""

    def answer(needed: str | None, user: Json | None) -> int:
        status = answer_for(needed, user)
        if status != 200 and request.method == "PATCH":
            said = request.get_json(silent=True)
            if isinstance(said, dict) and said and {*said} <= {"note", "band", "amount", "owner"}:
                lab.db.records.update_one({"_id": (request.view_args or {}).get("number")}, {"$set": said})
        return status

    return answer


# What comes later.


def let_anybody_approve(raise_: Json, user: Json) -> bool:
    """Ask for the permission to approve, and not for another person."""
    return True


def flawed(name: str, **decisions: Callable[..., Any]) -> Style:
    """Return an office with flawed decisions."""
    return Style(name, lambda lab: decisions)


# By what a suite has to look at.
YES_AND_NO = (
    flawed("swaps yes and no", answer_for=allow_what_is_denied_and_deny_what_is_allowed),
    flawed("refuses everybody", answer_for=refuse_everybody),
    flawed("lets in whoever is logged in", answer_for=flaws.leave_it_to_the_page),
    flawed("crashes where it should refuse", answer_for=crash_in_the_place_of_a_refusal),
)
CELLS = (
    flawed("lets in where nothing is declared", answer_for=flaws.let_in_what_nobody_declared),
    flawed("guards one address less", needed_for=forget_one_address),
    flawed("guards one verb less", needed_for=forget_one_verb),
    flawed("hides a button, and guards nothing behind it", needed_for=hide_a_button_only),
    flawed("takes one permission for another that begins like it", permitted=compare_up_to_the_colon),
)
ANSWERS = (
    flawed("lists the records of everybody in the branch", own_records=flaws.forget_the_list),
    flawed("exports the records of everybody in the branch", own_records=flaws.forget_the_export),
    flawed("gives records to whoever names their numbers", own_records=flaws.forget_the_bulk),
    flawed("lists the records of another branch", own_records=forget_the_branch_in_lists),
)
AFTERWARDS = (
    Style("changes first, and refuses then", lambda lab: {"answer_for": change_first_and_refuse_then(lab)}),
    flawed("writes every field that is sent", changes=flaws.take_whatever_comes),
)
LATER = (
    flawed("goes on with a role that was revoked", roles_of=flaws.as_it_was_when_activated),
    flawed("lets people approve what they prepared", may_approve=let_anybody_approve),
)
