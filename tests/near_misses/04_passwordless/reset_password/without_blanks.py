"""Caught by: test_alice_chooses_another_password. It takes blanks away, which the login does not."""


def reset_password(accounts, sessions, forget_links, owner, form):
    accounts.set_password(owner, form["password"].strip())
    sessions.delete_all(owner)
    forget_links(owner)
