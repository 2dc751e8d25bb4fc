"""Set up an app, and lock nobody out.

Two mistakes in setting up an app. The shop makes the secret out of the customer's name, and so can Mallory. And it
lets a new secret count from the moment at which its QR code is shown: Alice clicks a link in Mallory's letter, looks at
the page, closes it, and has no app any more that opens her account.

A secret is drawn, and a new app counts once a code has shown that somebody scanned it; until then the app before it
does. The shop asks for that code by itself: see what `Factors` can do in labsrv/kit/factors.py.
(OWASP ASVS 5.0, 6.5.3; RFC 4226, 4, R6; CWE-330, CWE-304)
"""

import base64
import hashlib

from labsrv.kit.factors import Factors


def new_secret(user: str) -> str:
    """Return the secret of a new app, in base32, without padding."""
    # TODO: Nobody can say what it is, whatever they know of the user. It has 160 bits, as RFC 4226 wants. The module
    # `secrets` draws from the system's generator.
    return base64.b32encode(hashlib.sha1(user.encode()).digest()).decode()


def set_up(factors: Factors, user: str, secret: str) -> None:
    """Note the secret of the app that `user` is about to scan; the shop then shows it as a QR code.

    `factors` keeps two secrets of a user apart: the one in use, and one that was proposed.
    """
    # TODO: Who only looks at the page keeps the app that they have.
    factors.activate(user, secret)
