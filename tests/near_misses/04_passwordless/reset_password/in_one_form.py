"""Caught by: test_alice_chooses_another_password. It changes some characters, which the login does not."""

import unicodedata


def reset_password(accounts, sessions, forget_links, owner, form):
    accounts.set_password(owner, unicodedata.normalize("NFKC", form["password"]))
    sessions.delete_all(owner)
    forget_links(owner)
