"""Refusals first, a sentence each."""


def may_approve(raise_, user):
    me = user["name"]
    if raise_.get("prepared_by") == me:
        return False
    return raise_.get("owner") != me
