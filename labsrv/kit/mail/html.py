"""HTML mail as the tree that a mail program builds of it (`labsrv.kit.html.tree`): where its links lead."""

from labsrv.kit.html.tree import Start, TooMuchMarkup, read_tree


def hrefs(html: str) -> list[str]:
    """Return where the links of a mail lead, as they are written, in order; [] for a mail that asks for too much."""
    try:
        starts = [each for each in read_tree(html) if isinstance(each, Start)]
    except TooMuchMarkup:
        return []
    found = (each.said.get("href", "").strip() for each in starts if each.name == "a")
    return [href for href in found if href]
