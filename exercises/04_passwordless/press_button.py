"""Tell a click from a visit.

The mail server of Alice's office opens every link in every mail, to see whether it is safe. It means no harm. This
shop takes the visit for Alice's click: the link is used up before she reads the mail. Mail programs that show
previews, and browsers that fetch pages ahead, do the same.

Log somebody in when a person has pressed the button of the page, and let any visit change nothing.
(RFC 9110, 9.2.1; OWASP ASVS 5.0, 3.5.3; CWE-650)
"""

from flask import Request


def is_meant(request: Request) -> bool:
    """Tell whether this request is to use the link up. Where it is not, the shop shows a page with a button.

    The button sends a form to the same address, with method POST. `request.method` is the request's, in capitals.
    """
    # TODO: Whatever looks at a link, by whatever name, uses up nothing.
    return True
