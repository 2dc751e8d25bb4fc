"""The tea shop's looks: the page that all of its pages are written on, the same in every lesson."""

from pathlib import Path

from flask import Flask
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader

PAGES = Path(__file__).parent / "pages"


def tea_shop(name: str, *, pages: Path | None = None) -> Flask:
    """Return an empty site whose templates may extend `tea_shop.html`.

    `name` is the module that it is built in; its own pages lie in `templates` beside it, or where `pages` says.
    """
    app = Flask(name, template_folder=pages or "templates")
    own: BaseLoader | None = app.jinja_loader
    app.jinja_loader = ChoiceLoader([*([own] if own else []), FileSystemLoader(PAGES)])
    return app
