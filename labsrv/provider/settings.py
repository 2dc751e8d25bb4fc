"""What one provider is called, where it is, and for how long what it hands out is good."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

NAME = re.compile(r"[a-z][a-z0-9]{0,19}")


@dataclass(frozen=True, kw_only=True)
class ProviderSettings:
    """One provider. Two of a lab differ in `name`: it is in the names of their cookies and of their tables.

    `issuer` is where it is to be had, without a slash at its end; left out, it is the lab's site of this name.
    """

    name: str = "idp"
    issuer: str = ""
    title: str = "Tea Identity"
    sign_up: bool = True
    # Shows a page on which this provider is told to answer wrongly.
    fault_page: bool = False
    # RFC 6749, 4.1.2, allows ten minutes; nobody needs them (ASVS 10.4.3).
    code_life: timedelta = timedelta(seconds=60)
    id_token_life: timedelta = timedelta(minutes=10)
    access_token_life: timedelta = timedelta(minutes=10)
    # From log-in on, in use or not (ASVS 10.4.8).
    refresh_life: timedelta = timedelta(days=30)
    session_life: timedelta = timedelta(hours=12)
    # For as long a login page that somebody left open can still be sent.
    step_life: timedelta = timedelta(minutes=15)
    # What is signed with a key that was replaced stays good for so long.
    key_overlap: timedelta = timedelta(hours=1)
    algorithms: tuple[str, ...] = field(default=("RS256", "ES256"))

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"A provider's name is a few small letters and digits, and {self.name!r} is not.")
        if self.issuer.endswith("/"):
            raise ValueError(f"An issuer ends without a slash here: {self.issuer.rstrip('/')!r}.")
