"""Caught by: test_whoever_was_in_is_out. The session of this browser stays, and it is from before as well."""

from flask import g


def reset_password(accounts, sessions, forget_links, owner, form):
    accounts.set_password(owner, form["password"])
    sessions.delete_all(owner, but=g.session)
    forget_links(owner)
