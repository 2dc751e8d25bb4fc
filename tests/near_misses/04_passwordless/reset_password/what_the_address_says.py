"""Caught by: test_neither_does_a_session_nor_the_address. The address of the request names somebody."""

from flask import request


def reset_password(accounts, sessions, forget_links, owner, form):
    who = request.args.get("user", owner)
    accounts.set_password(who, form["password"])
    sessions.delete_all(who)
    forget_links(who)
