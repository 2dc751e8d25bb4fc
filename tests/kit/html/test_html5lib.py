"""Held against the html5lib-tests, which Go's x/net has: a page's tree is the one that they say."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from justhtml import Comment, Element, JustHTML, Node, Template, Text

# The tests are older than two changes of the standard: what may stand in a <select>, and <? … >, which is kept.
CHANGED_SINCE = re.compile(r"<\?|<select", re.IGNORECASE)
FOREIGN = {"svg": "svg ", "math": "math "}
SECTIONS = {f"#{name}" for name in ("errors", "new-errors", "document", "document-fragment", "script-on", "script-off")}


def folder() -> Path | None:
    """Return where the tests are, None where they are not."""
    go = shutil.which("go")
    if not go:
        return None
    asked = subprocess.run([go, "env", "GOMODCACHE"], capture_output=True, text=True, env={**os.environ, "GOFLAGS": ""})
    found = sorted(Path(asked.stdout.strip()).glob("golang.org/x/net@*/html/testdata/webkit"))
    return found[-1] if found else None


def cases(text: str) -> Iterator[dict[str, str]]:
    """Yield the tests of a file, each section by its name."""
    for block in f"\n{text}".split("\n#data\n")[1:]:
        parts, name, lines = {}, "data", []
        for line in block.split("\n"):
            if line in SECTIONS:
                parts[name] = "\n".join(lines)
                name, lines = line[1:], []
            else:
                lines.append(line)
        parts[name] = "\n".join(lines)
        yield parts


def written(node: Node, depth: int = 0) -> Iterator[str]:
    """Yield the lines that the tests write for what stands in a node."""
    margin = "| " + "  " * depth
    for child in node.children or ():
        if isinstance(child, Text):
            yield f'{margin}"{child.data}"'
        elif isinstance(child, Comment):
            yield f"{margin}<!-- {child.data or ''} -->"
        elif isinstance(child, Element):
            foreign = FOREIGN.get(child.namespace, "")
            yield f"{margin}<{foreign}{child.name}>"
            named = {
                re.sub("^(xlink|xml|xmlns):", r"\1 ", name) if foreign else name: child.attrs[name]
                for name in child.attrs
            }
            yield from (f'{margin}  {name}="{value or ""}"' for name, value in sorted(named.items()))
            if isinstance(child, Template) and child.template_content is not None:
                yield f"{margin}  content"
                yield from written(child.template_content, depth + 2)
            else:
                yield from written(child, depth + 1)
        elif child.name == "!doctype":
            yield margin + doctype(child.data)


def doctype(said) -> str:
    """Return a doctype as the tests write it."""
    both = "" if said.public_id is said.system_id is None else f' "{said.public_id or ""}" "{said.system_id or ""}"'
    return f"<!DOCTYPE {said.name or ''}{both}>"


def test_a_tree_is_the_one_that_the_html5lib_tests_say(record_figure):
    where = folder()
    if where is None:
        pytest.skip("no html5lib-tests on this machine (they come with Go's golang.org/x/net)")
    found = [each for file in sorted(where.glob("*.dat")) for each in cases(file.read_bytes().decode())]
    whole = [each for each in found if "document-fragment" not in each]

    wrong = []
    for case in whole:
        tree = JustHTML(case["data"], sanitize=False, scripting_enabled="script-off" not in case)
        if "\n".join(written(tree.root)).rstrip("\n") != case["document"].rstrip("\n"):
            wrong.append(case["data"])

    record_figure(
        "html5lib-tests, trees", f"{len(whole) - len(wrong)} of {len(whole)}; others changed with the standard"
    )
    assert len(whole) > 1_000
    assert [each for each in wrong if not CHANGED_SINCE.search(each)] == []
