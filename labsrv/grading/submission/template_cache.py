"""The labs' page templates, translated to Python once: every check's process would do it anew, for a fifth of its time.

The zygote fills the cache before it forks; a submission's shop reads from it, and translates what is not there.
"""

import contextlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import flask
from jinja2 import BytecodeCache, Environment, TemplateError
from jinja2.bccache import Bucket

from labsrv import labs
from labsrv.kit.lessons.tea_shop import tea_shop


class TemplateCache(BytecodeCache):
    """Keeps translated templates by name, source and the settings that a translation depends on."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        settings = (
            environment.trim_blocks,
            environment.lstrip_blocks,
            sorted(environment.extensions),
            environment.undefined,
        )
        key = f"{self.get_cache_key(name, filename)} {settings}"
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.load_bytecode(BytesIO(self.kept[bucket.key]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        out = BytesIO()
        bucket.write_bytecode(out)
        self.kept[bucket.key] = out.getvalue()


TEMPLATES = TemplateCache()


def use_cache(app: flask.Flask) -> None:
    """Let a shop take its translated templates from the cache."""
    app.jinja_env.bytecode_cache = TEMPLATES


def load_templates(app: flask.Flask) -> None:
    """Read all of a shop's templates, translated where the cache has them."""
    use_cache(app)
    for name in app.jinja_env.list_templates():
        with contextlib.suppress(TemplateError):  # one that needs what only its shop has
            app.jinja_env.get_template(name)


def fill_cache(techniques: Iterable[str]) -> None:
    """Translate the templates of some labs, and let Flask import what a first answer takes."""
    for technique in techniques:
        folder = Path(str(labs.site_module(technique).__file__)).parent / "templates"
        app = tea_shop("pages", pages=folder)
        load_templates(app)
        app.test_client().get("/")
