"""Caught by: test_others_are_not_concerned. The neighbours of a machine are one source with it."""


def may_send(attempts, address, source):
    return attempts.note("address", address) <= 5 and attempts.note("source", source.rpartition(".")[0]) <= 20
