"""Ask for the second step on every way in."""


def needs_second_step(way: str, device_known: bool) -> bool:
    """Ask on every way, and spare only a known device after the password (ASVS 6.3.4, 6.4.3)."""
    return not (way == "password" and device_known)
