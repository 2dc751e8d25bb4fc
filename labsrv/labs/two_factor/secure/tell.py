"""Tell people what was changed in their account."""

from typing import Any


def tell(mail: Any, address: str, change: str) -> None:
    """Notify the user of changes to how they log in, with nothing in it that opens the account (ASVS 6.3.7)."""
    mail.send(
        address,
        "Your account at the tea shop was changed",
        f"{change}\n\nIf it was not you: somebody has your password, and more. Choose another one now.",
    )
