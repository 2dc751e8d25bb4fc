"""It counts both, then looks at both: of two at once both may be refused."""


def may_send(attempts, address, source):
    attempts.note("to", address)
    attempts.note("from", source)
    return attempts.seen("to", address) <= 5 and attempts.seen("from", source) <= 20


PER_ADDRESS, PER_SOURCE = 5, 20
