"""Caught by: test_another_keyboard_will_do. Its table has the letters of one keyboard, and Bob may buy any."""


def prepare(password: str) -> str:
    for a, b in {
        "a\u0308": "\u00e4",
        "o\u0308": "\u00f6",
        "u\u0308": "\u00fc",
        "e\u0301": "\u00e9",
        "e\u0300": "\u00e8",
    }.items():
        password = password.replace(a, b)
    return password
