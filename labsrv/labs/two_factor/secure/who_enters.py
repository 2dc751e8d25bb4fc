"""Say who is logged in once both steps are made."""

from collections.abc import Mapping

from labsrv.kit.visits import Visit


def who_enters(visit: Visit, form: Mapping[str, str]) -> str:
    """Both steps are the same user's: the one whose first step this visit remembers (ASVS 6.3.3)."""
    return visit.user
