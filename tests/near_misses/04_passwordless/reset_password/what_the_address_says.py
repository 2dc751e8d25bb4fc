"""Caught by: test_a_field_of_the_form_names_nobody. The address of the request names somebody."""

from flask import request


def reset_password(accounts, sessions, forget_links, owner, form):
    who = request.args.get("user", owner)
    accounts.set_password(who, form["password"])
    sessions.delete_all(who)
    forget_links(who)
