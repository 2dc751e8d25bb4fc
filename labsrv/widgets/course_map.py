"""Where a learner is in the course: lessons and exercises with points, what is next, and the requirements that are met.

Takes plain data; whoever puts it together says what is where. A lesson has a `name`, a `title`, `points`, `out_of`,
its notebook's `file`, and `steps`: exercises with `stem`, `title`, `best`, `out_of`, `file`, and a `state` of `STATES`.
A file is {"name", "shown", "path"}.
"""

from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from labsrv.widgets.base import View, source

STATES = ("done", "begun", "new")


class CourseMap(View):
    """Shows lessons, of which the one with the next exercise is open; `look_again()` returns the data anew."""

    _esm = source(__file__, "opening.js", "course_map.js")
    _css = source(__file__, "course_map.css")

    lessons: traitlets.List[Any] = traitlets.List().tag(sync=True)
    following = traitlets.Dict().tag(sync=True)
    requirements = traitlets.Dict().tag(sync=True)

    def __init__(self, look_again: Callable[[], Mapping[str, Any]], **options: Any):
        self.look_again = look_again
        super().__init__(**options)
        self.look()
        self.on_msg(self.wished)

    def look(self) -> None:
        """Show where the learner is now."""
        known = self.look_again()
        with self.hold_sync():
            self.lessons, self.following = list(known["lessons"]), dict(known["following"])
            self.requirements = dict(known["requirements"])

    def as_text(self) -> str:
        """Return the lessons with their points, what is next, and the requirements, a line each."""
        lines = [
            f"{each['name']:18} {each['points']:3} of {each['out_of']:3}  {each['title']}" for each in self.lessons
        ]
        ahead = f"Next: {self.following['name']}: {self.following['title']}" if self.following else "All is done."
        met, of = self.requirements["met"], self.requirements["of"]
        return "\n".join([*lines, ahead, f"Requirements of ASVS 5.0 that your code meets: {len(met)} of {of}"])

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Look again when somebody asks for it."""
        if isinstance(wish, dict) and wish.get("do") == "look":
            self.look()
