"""Pages of sites that consist of a page or two, and need no templates of their own, in the looks of the tea shop.

small_page("Pictures of tea")               a page of the shop's own people
mallorys_page("Tea shop: log in", form)     a copy of the shop's looks: another hue, and the leaf hangs crooked
"""

from markupsafe import Markup

from labsrv.kit.lessons.tea_shop import PAGES

STYLE = Markup((PAGES / "tea_shop.css").read_text(encoding="utf-8"))
WHOLE = Markup(
    '<!doctype html><html lang="en"{kind}><head><meta charset="utf-8"><title>{title}</title>\n'
    '<meta name="viewport" content="width=device-width">\n'
    "<style>\n{style}</style>\n</head><body>{nav}<main><h1>{heading}</h1>{rest}</main></body></html>"
)


def small_page(title: str, rest: str | Markup = "", *, heading: str = "") -> str:
    """Return a whole HTML page: text is escaped, `Markup` goes in as it is. Without a heading the title is one."""
    return WHOLE.format(kind="", nav="", title=title, style=STYLE, heading=heading or title, rest=rest)


def mallorys_page(title: str, rest: str | Markup = "", *, heading: str = "", name: str = "The tea shop") -> str:
    """Return a page like `small_page`, of somebody who has copied the shop's looks, and not quite; and its name."""
    copied, nav = Markup(' class="copy"'), Markup("<nav><b>{}</b></nav>").format(name)
    return WHOLE.format(kind=copied, nav=nav, title=title, style=STYLE, heading=heading or title, rest=rest)
