"""Pages of sites that consist of a page or two, and need no templates of their own."""

from markupsafe import Markup

WHOLE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    "<style>body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 1rem auto; color: #222; "
    "background: #fff; }}</style></head><body><main><h1>{heading}</h1>{rest}</main></body></html>"
)


def small_page(title: str, rest: str | Markup = "", *, heading: str = "") -> str:
    """Return a whole HTML page: text is escaped, `Markup` goes in as it is. Without a heading the title is one."""
    return WHOLE.format(title=title, heading=heading or title, rest=rest)
