"""Caught by: test_five_mails_come. It counts under a name that guesses at codes are counted under."""


def may_send(attempts, address, source):
    return attempts.note("account", address) <= 5 and attempts.note("source", source) <= 20
