"""Times are compared in whole seconds since the epoch, one refusal after the other."""

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 12 * 60 * 60


def still_alive(session, now):
    if now.timestamp() - session.created_at.timestamp() >= ABSOLUTE_SECONDS:
        return False

    return (now - session.last_seen).total_seconds() <= IDLE_SECONDS


def touch(session, now, by_person):
    session.last_seen = now if by_person else session.last_seen
