"""Keep mailboxes from being filled.

A form that sends mail to whatever address somebody types is a machine for filling mailboxes. Mallory asks for
Alice's link, a thousand times: from her own machine, from many, and by twos at the same moment. Alice turns the
shop's mail off, and the mail server puts the shop on a list.

Send at most five mails to one address in a quarter of an hour, and twenty at the request of one source. The shop
answers the same when you say no.  (OWASP ASVS 5.0, 2.4.1; CWE-770)
"""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    """Tell whether one more mail may be sent; labsrv/kit/attempts.py counts, for a quarter of an hour.

    `attempts.note(kind, who)` counts one more and returns how many there are now, to no two callers the same;
    `attempts.seen(kind, who)` counts none. `source` is where the request comes from. The shop itself has the kinds
    "account" for guesses at codes, and "password".
    """
    # TODO: Nobody gets more mail, and nobody causes more, than the two limits say: not even at the same moment. Whether
    # what you refuse counts as well is up to you.
    return True
