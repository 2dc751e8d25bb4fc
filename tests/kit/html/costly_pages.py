"""Small pages that keep a browser busy, and ordinary large ones that do not."""

from urllib.parse import quote

FONTS = "".join(f"<font color=#{number:06}>" for number in range(250))
ANCHORS = "".join(f"<a name={number}><div>" for number in range(60))
DRAWING = "<svg viewBox='0 0 1 1'><title>Tea</title><g><path d='M0 0'/><path d='M1 1'/></g></svg>"

TEAS = "<div>x</div>" * 1_000
OPENED = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>"
USES = "<g id='a0'><path d='M0 0h1'/></g>" + "".join(
    f"<g id='a{level + 1}'>" + f"<use href='#a{level}'/>" * 6 + "</g>" for level in range(6)
)
VARIABLES = "".join(f"--a{each}:var(--a{each + 1}) var(--a{each + 1});" for each in range(25))


def styled(css: str, markup: str) -> str:
    """Return a page with a stylesheet."""
    return f"<style>{css}</style>{markup}"


def image(drawing: str) -> str:
    """Return a page with a drawing as its image."""
    return f'<img src="data:image/svg+xml,{quote(drawing)}">'


# name: (markup, what is said of it)
COSTLY = {
    "elements": ("<i></i>" * 9_000, "elements"),
    "elements that imply others": ("<table><td></table>" * 2_100, "elements"),
    "ends that are elements": ("</p>" * 9_000, "elements"),
    "unclosed <b> before many blocks": ("<b>" * 200 + "<p>x" * 600, "within each other"),
    "unclosed <b> before many closed blocks": ("<b><i><u>" + "<p>x</p>" * 2_500, "elements"),
    "fonts of many colours, unclosed in a paragraph": ("<p>" + FONTS + "<p>x" * 240, "never closed"),
    "<b> of many names, unclosed in a paragraph": (
        "<p>" + "".join(f"<b id={number}>" for number in range(150)) + "<p>x" * 400,
        "never closed",
    ),
    "formatting closed in a comment": ("".join(f"<b id={n}><!--</b>-->" for n in range(99)), "never closed"),
    "formatting closed in a script": ("".join(f"<b id={n}><script></b></script>" for n in range(99)), "never closed"),
    "formatting closed in an attribute": ("".join(f"<b id={n}><p title='</b>'>" for n in range(99)), "never closed"),
    "links that hold blocks that hold links": (ANCHORS + "x</a>" * 2_000, "elements"),
    "formatting closed in the wrong place": ("<b><u><div><p></b></div>" * 400, "elements"),
    "blocks within each other": ("<div>" * 2_000, "within each other"),
    "lists within each other": ("<ul><li>" * 500, "within each other"),
    "tables within each other": ("<table><td>" * 300, "within each other"),
    "buttons around fonts": ("<button><font><font><font>" * 200, "within each other"),
    "drawings within each other": ("<svg>" * 500, "within each other"),
    "attributes of one element": ("<p " + " ".join(f"a{number}" for number in range(30_000)) + ">", "attributes"),
    "attributes of <html>, again and again": ("".join(f"<html a{number}>" for number in range(30_000)), "tags"),
    "ends of nothing": ("<div></b></i>" * 9_000, "within each other"),
    "end tags": ("</x>" * 50_000, "tags"),
    "fields": ("<input>" * 3_000, "fields"),
    "options": ("<select>" + "<option>x" * 5_000 + "</select>", "options"),
    "columns that cells span": ("<table>" + "<tr><td colspan=1000>x" * 300, "places in its tables"),
    "columns spanned in entities": ("<table>" + "<tr><td colspan=&#49;000>x" * 300, "places in its tables"),
    "rows that cells span": ("<table>" + "<tr><td rowspan=65534 colspan=9>x" * 300, "places in its tables"),
    "rows spanned to the end": ("<table>" + "<tr><td rowspan=0>x" * 300, "places in its tables"),
    "columns of no cell": ("<table>" + "<col span=1000>" * 100, "places in its tables"),
    "templates": ("<template><b>" * 300, "nobody can count"),
    "formulas": ("<math><mi>" * 300, "nobody can count"),
    "tags in a list of options": ("<select>" + "<p><option>x" * 300, "nobody can count"),
    "HTML in a drawing": ("<svg><p></svg>" * 300, "nobody can count"),
    "a script that begins another": ("<script><!--<script></script>" + "<b>x" * 300, "nobody can count"),
}
COSTLY |= {
    "lines": ("<pre>" + "\n" * 100_000, "lines"),
    "marks on one letter": ("<p>a" + "\u0301" * 50_000, "marks"),
    "marks in entities": ("<p>a" + "&#769;" * 50_000, "marks"),
    "a drawing of many parts": (image(f"{OPENED}{'<g/>' * 20_000}</svg>"), "parts in a drawing"),
    "a drawing that uses itself": (image(f"{OPENED}{USES}<use href='#a6'/></svg>"), "parts in a drawing"),
    "a drawing whose kind is broken over lines": (
        image(f"{OPENED}{USES}</svg>").replace("svg+xml", "s\nvg+xml"),
        "parts in a drawing",
    ),
}
# name: markup; it is shown without its styles
COSTLY_STYLES = {
    "rules": styled("*{color:red}" * 20_000, TEAS),
    "variables made of variables": styled(f"*{{{VARIABLES}--a25:xx}}", TEAS),
    "rules about neighbours": styled("*~*~*~*~div.zz~div{color:red}" * 20, TEAS * 3),
    "rules about what an element has": styled("*:has(*+* *)~*{color:red}" * 200, TEAS),
    "columns in columns": styled("div{columns:100}", "<div>" * 30 + TEAS),
    "shadows": styled("div{box-shadow:" + ",".join(["0 0 100px red"] * 500) + "}", TEAS),
    "filters": styled("*{filter:blur(500px)}", TEAS),
    "pictures of colours": styled("div{background:" + ",".join(["linear-gradient(red,blue)"] * 2_000) + "}", TEAS),
    "text that a rule writes": styled("*::before{content:'" + "x" * 5_000 + "'}", TEAS),
    "rules in rules": styled("a{" * 20_000, TEAS),
    "rules in rules, twice each": styled("*{" + "& *,& *{" * 20 + "color:red" + "}" * 21, TEAS),
    "an escaped word": styled("div{c\\6f lumns:100}", "<div>" * 30 + TEAS),
    "styles of attributes": "<p style='box-shadow:" + ",".join(["0 0 100px red"] * 50) + "'>x</p>" * 100,
}
ORDINARY_STYLES = {
    "a stylesheet": styled("td, th { border: 1px solid #ccc; padding: 2px } tr:hover { color: var(--ink) }" * 4, TEAS),
    "a shadow": styled("body > div { box-shadow: 0 1px 2px #ccc } a::before { content: '\\2192' }", TEAS),
    "media": styled("@media print { .a { & b { color: red } } } /* } */ a:not(.b) { width: calc(1px + 2px) }", TEAS),
}
ORDINARY_PAGES = {
    "a table of a thousand rows": "<table>" + ("<tr>" + "<td>tea" * 5) * 1_000 + "</table>",
    "the same table, closed": "<table><tbody>" + ("<tr>" + "<td>tea</td>" * 5 + "</tr>") * 1_000 + "</tbody></table>",
    "a long article": "<p>Some <b>words</b>, <a href='/tea?a=b'>a link</a> and <i>more</i> of it.</p>\n" * 1_500,
    "a long article whose paragraphs have no end": "<h2>Tea<p>Some <b>words</b> and <em>more</em> of it.\n" * 1_200,
    "lists whose items have no end": ("<ul>" + "<li>tea <b>or</b> <a href=/milk>milk</a>" * 20 + "</ul>") * 60,
    "a table with fields": "<table>" + "<tr><td><input name=a><td><select><option>1<option>2</select>" * 150,
    "drawings in a table": "<table>" + f"<tr><td>{DRAWING}<td>tea" * 800,
    "cells that span a few": "<table>" + "<tr><td colspan=3>a<td rowspan=2>b<tr><td>c" * 500,
    "formatting that is badly nested": "<p><b>some <i>words</b> more</i></p>" * 200,
    "scripts full of tags": "<style>a > b { color: red }</style>" + "<script>x = '<b><i><u>' // <p>\n</script>" * 1_000,
    "a comment full of tags": "<!--" + "<b>" * 10_000 + "-->tea",
    "brackets that begin nothing": "<p>1 < 2 <3 << </>" * 1_000,
    "a small page of anything": "<svg><foreignObject><p><b>x</svg><select><p><template><math><dialog>" * 3,
}
