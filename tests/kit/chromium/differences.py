"""Where our Browser and Chromium differ, and the rule that causes it.

A difference that is not listed fails, and so does a listed one that is none any more.
"""

THIRD_PARTIES = (
    "Chromium blocks third-party cookies of its own accord (its setting `block_third_party_cookies`); no standard asks "
    "for it, other browsers draw the line elsewhere, and a jar that kept to it would hide what SameSite decides."
)
ANEW = (
    "Fetch Metadata, 2.3: the worst step of the whole way decides. Chromium sends a CORS request anew where a redirect "
    "needs another preflight or changes its method (CorsURLLoader::FollowRedirect), and forgets the way it has come."
)
OTHER_PROCESS = (
    "Fetch Metadata, 2.4: a navigation by hand says so. Where a frame of another site fills the window, Chromium hands "
    "the navigation from one process to another, and the sign gets lost (navigator.userActivation.isActive was true)."
)
THE_STAR = (
    "Fetch, CORS-preflight fetch: `Access-Control-Allow-Headers: *` does not cover Authorization, it has to be named. "
    "Chromium has announced that (its deprecation AuthorizationCoveredByWildcard) and still lets it pass."
)
OLD_NAMES = (
    "HTML, meta referrer: `default`, `always` and `origin-when-crossorigin` are names of old, which browsers still "
    "read. The model knows the names of Referrer Policy, 3."
)
SPACE = "URL Standard, host parser: a space in a host is a forbidden host code point. Chromium escapes it."
PARTITIONED = (
    "Chromium keeps cookies with Partitioned (CHIPS) apart for each site; the draft does not know the attribute."
)
DATES = (
    "RFC 6265bis, 5.1.1: a year has two to four digits, and letters may follow a number. Chromium's reader of dates "
    "takes years of one and five digits as well, and stumbles over the letters."
)
EARLY = (
    "RFC 6265bis, 5.1.1: a year before 1601 is no date, so Expires does not count. Chromium reads a date long past, "
    "and drops the cookie."
)
PREFLIGHTED = "(fetch PUT|fetch with a header)"
# The ways by which a request leaves the site of its page and comes back; one to the page of Mallory's
HOME = "(shop > idp > shop|idp > shop|idp > shop > shop|mallory > shop|idp > mallory > shop)"
AWAY = "idp > mallory > shop"

# family → the whole name of a cell, as a regular expression → the rule (its source)
DIFFERENCES: dict[str, dict[str, str]] = {
    "cookies sent, third parties blocked": {
        "cross-site, (image|style|frame|fetch.* with credentials): None-Secure sent": THIRD_PARTIES,
    },
    "redirects": {
        f"same-(origin|site), 302, {PREFLIGHTED}, {HOME}: Sec-Fetch-Site": ANEW,
        f"same-origin, 302, {PREFLIGHTED}, api.shop > shop: Sec-Fetch-Site": ANEW,
        f"cross-site, 302, {PREFLIGHTED}, {AWAY}: Sec-Fetch-Site": ANEW,
        "same-(origin|site), 302, fetch POST, (idp|mallory) > shop( > shop)?: Sec-Fetch-Site": ANEW,
        "same-origin, 302, fetch POST, api.shop > shop: Sec-Fetch-Site": ANEW,
        "cross-site, 302, fetch POST, idp > mallory > shop: Sec-Fetch-Site": ANEW,
    },
    "redirects, other statuses": {
        f"same-(origin|site), 30(1|7|8), fetch PUT, {HOME}: Sec-Fetch-Site": ANEW,
        f"cross-site, 30(1|3|7|8), fetch PUT, {AWAY}: Sec-Fetch-Site": ANEW,
        "cross-site, 30(1|3), fetch POST, idp > mallory > shop: Sec-Fetch-Site": ANEW,
    },
    "frames in frames": {
        "(shop > mallory|mallory > shop|mallory > shop > shop), .* to the whole window: Sec-Fetch-User": OTHER_PROCESS,
    },
    "frames in frames, redirected": {
        "shop > shop .*fetch POST with credentials, idp > shop: Sec-Fetch-Site": ANEW,
        "shop > api.shop .*fetch POST with credentials, idp > shop: Sec-Fetch-Site": ANEW,
    },
    "CORS, answers to preflights": {
        "(same-site|cross-site), star does not cover Authorization: .*": THE_STAR,
    },
    "referrer policies in meta": {
        "(default|always|origin-when-crossorigin), .*: Referer": OLD_NAMES,
    },
    "pages, hostile addresses": {"//ev<space>il.test/../": SPACE},
    "cookie rows, stored": {
        "5.6 an unknown attribute is ignored": PARTITIONED,
        "5.1.1 a letter after a field belongs to its token": DATES,
        "5.1.1 a year of (one digit|five digits)": DATES,
        "5.1.1 year (100|1600) is too early": EARLY,
    },
}
