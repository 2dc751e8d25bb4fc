"""When a host or a path is covered by a cookie's (RFC 6265bis, 5.1.3 and 5.1.4)."""

from labsrv.kit.addresses.sites import ip_address


def domain_matches(host: str, domain: str) -> bool:
    """5.1.3: return whether a canonical host is the domain itself or a name below it."""
    if host == domain:
        return True

    return bool(domain) and host.endswith("." + domain) and ip_address(host) is None


def path_matches(request_path: str, cookie_path: str) -> bool:
    """5.1.4: return whether the request's path is the cookie's path or lies below it."""
    if request_path == cookie_path:
        return True

    if request_path.startswith(cookie_path):
        return cookie_path.endswith("/") or request_path[len(cookie_path)] == "/"

    return False


def default_path(request_path: str) -> str:
    """5.1.4: return the folder of the request's path, without its last slash."""
    if not request_path.startswith("/"):
        return "/"

    return request_path[: request_path.rindex("/")] or "/"
