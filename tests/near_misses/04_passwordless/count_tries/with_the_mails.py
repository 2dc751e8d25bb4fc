"""Caught by: test_alice_may_ask_several_times. It counts under a name that mails are counted under."""


def may_guess(attempts, account, challenge):
    return attempts.note("address", account) <= 5
