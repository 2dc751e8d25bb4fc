"""HTML made safe to read: whoever wrote a page does not choose how long reading it takes.

html.parser looks at the rest of a page again for each construct that has no end, and a page full of them keeps its
reader busy for hours. Here each construct gets its end, or stops being one, as in browsers.
"""

LONGEST = 256 * 1024  # characters of a page that are read
# Within HTML that is a comment up to the next `>` (HTML, 13.2.5.42); html.parser looks for `]]>`.
SECTION, COMMENT = "<![", "<! ["


def tame(html: str) -> str:
    """Return a page as it is read, in which nothing is begun and never ended; what is too long is cut."""
    text = html[:LONGEST].replace(SECTION, COMMENT)

    # A comment without an end goes on to the end of the page.
    ended = text.rfind("-->")
    open_comment = text.find("<!--", ended + 1 if ended >= 0 else 0)
    if open_comment >= 0:
        text = text[:open_comment]

    # After the last bracket no tag ends, so none begins there either.
    ends = text.rfind(">") + 1
    return text[:ends] + text[ends:].replace("<", "&lt;")
