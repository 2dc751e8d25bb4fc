"""Accept any password that is long and that nobody would try.

The shop asks for a capital, a digit and a sign, as many do. `Password1!` has them all and is among the first that
Mallory tries; `oolong lantern kelp amber` has none and would outlast her. People answer such rules with the same few
tricks, and whoever guesses knows them.

Ask for length and leave the characters to the customer. Refuse what everybody has, and what is at hand: the customer's
own name, and the shop's: teashop.  (OWASP ASVS 5.0, 6.2.1, 6.2.4, 6.2.5, 6.2.9 and 6.2.11; CWE-521)
"""

import string


def acceptable(password: str, name: str) -> bool:
    """Tell whether the customer of that name may have this password.

    labsrv/kit/common_passwords.py has `COMMON`, the list of common ones in small letters, and `bare`, which takes off
    what a password is dressed in: capitals, digits and signs around it, and what only repeats it. `str.casefold` makes
    small letters.
    """
    # TODO: Fifteen characters or more, of any kind; not a common one, in whatever dress; no name that is at hand in it.
    wanted = (string.ascii_uppercase, string.digits, string.punctuation)
    return len(password) >= 8 and all(any(each in kind for each in password) for kind in wanted)
