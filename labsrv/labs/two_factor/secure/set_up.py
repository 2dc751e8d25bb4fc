"""Begin to set up an app."""

from labsrv.kit.factors import Factors


def set_up(factors: Factors, user: str, secret: str) -> None:
    """Keep the secret beside the one in use: it counts once a code has shown that the app has it (ASVS 6.3.3)."""
    factors.propose(user, secret)
