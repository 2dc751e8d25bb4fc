import unicodedata


def prepare(password: str) -> str:
    # Nothing is cut off, and characters that can be sent in two ways are composed: NFC changes nothing that one sees.
    return unicodedata.normalize("NFC", password)
