"""Caught by: test_a_field_of_the_form_names_nobody. It asks who is logged in, not whose link it was."""

from flask import g


def reset_password(accounts, sessions, forget_links, owner, form):
    who = g.user.name if g.user else owner
    accounts.set_password(who, form["password"])
    sessions.delete_all(who)
    forget_links(who)
