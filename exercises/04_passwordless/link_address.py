"""Know your own address.

The link in the mail needs the shop's address. This shop takes it from the request: "whatever host they asked
for". The one who asks is Mallory, and her request says that the shop is called `mallory.localhost`. The mail goes
to Alice, comes from the shop, and is genuine; when she clicks, her token goes to Mallory.

Write links to the shop's own address, whatever a request says.  (RFC 9110, 7.2; OWASP ASVS 5.0, 4.1.3; CWE-644)
"""

from flask import Request


def base_url(request: Request, configured: str) -> str:
    """Return what links begin with, for instance `http://shop.localhost:8000`; `configured` stands in the settings.

    `request.host` is what the request says in its header Host. X-Forwarded-Host is a header in which a proxy says for
    which host it was asked.
    """
    # TODO: No request has a say in where the links of a mail lead.
    host = request.headers.get("X-Forwarded-Host", request.host)
    return f"{request.scheme}://{host}"
