"""Letters that are made to keep their reader busy, and ordinary ones beside them."""


def nested(depth: int, lines: int = 0) -> bytes:
    """Return multiparts within each other, and lines in the innermost one."""
    levels = (f"Content-Type: multipart/mixed; boundary=b{each}\r\n\r\n--b{each}\r\n" for each in range(depth))
    return "".join(levels).encode() + b"\r\nTea" + b"\r\n" * lines


def headed(name: str, value: str) -> bytes:
    """Return a letter with one header."""
    return f"{name}: {value}\r\n\r\nTea".encode()


MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
SEGMENTS = "; ".join(f"name*{each}*=a" for each in range(5_000))
# name: (a letter, what is said of it)
TANGLED = {
    "multiparts within each other": (nested(300), "parts"),
    "many parts": (MIXED + b"--b\r\n\r\nx\r\n" * 5_000, "parts"),
    "messages within each other": (b"Content-Type: message/rfc822\r\n\r\n" * 1_000, "parts"),
    "types on lines of their own": (b"X: y\rContent-Type: text/plain\r\r" * 100, "parts"),
    "lines": (nested(20, 60_000), "lines"),
    "a type of semicolons": (headed("Content-Type", ";" * 20_000), "header"),
    "parameters": (headed("Content-Type", "text/plain; " + "a=b; " * 10_000), "header"),
    "parameters in pieces (RFC 2231)": (headed("Content-Type", f"text/plain; {SEGMENTS}"), "header"),
    "an encoding without end": (headed("Content-Transfer-Encoding", "a;" * 20_000), "header"),
    "a disposition without end": (headed("content-disposition", "a;b=" * 20_000), "header"),
    "a list of senders": (headed("From", "a@b.example, " * 8_000), "header"),
    "a sender's comments": (headed("From", "(a)" * 20_000), "header"),
    "a sender of quotes": (headed("From", '"a" ' * 10_000), "header"),
    "a folded sender": (headed("From", "a\r\n b" * 10_000), "header"),
    "a subject of words": (headed("Subject", "a " * 100_000), "header"),
    "encoded words": (headed("Subject", "=?utf-8?q?a?= " * 8_000), "header"),
    "a type for each part": (
        MIXED + (b"--b\r\n" + headed("Content-Type", ";" * 500) + b"\r\n") * 8,
        "characters about its parts",
    ),
}
# Each is near a bound, and is taken apart.
ORDINARY = {
    "ten levels": nested(10),
    "twenty parts": MIXED + b"--b\r\nContent-Type: text/plain\r\n\r\nTea\r\n" * 20,
    "a long text": b"\r\n" + b"Tea, and more of it.\r\n" * 10_000,
    "a text of dashes": b"\r\nTea\r\n" + b"-----\r\n" * 250,
    "many headers": b"X: y\r\n" * 10_000 + b"\r\nTea",
    "many recipients": headed("To", "a@b.example, " * 5_000),
    "comments within each other": headed("From", "(" * 550),
    "a long subject": headed("Subject", "tea " * 1_500),
}
