"""Caught by: test_neither_does_a_session_nor_the_address. It asks who is logged in, not whose link it was."""

from flask import g


def reset_password(accounts, sessions, forget_links, owner, form):
    who = g.user.name if g.user else owner
    accounts.set_password(who, form["password"])
    sessions.delete_all(who)
    forget_links(who)
