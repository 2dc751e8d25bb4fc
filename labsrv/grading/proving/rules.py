"""What is done to a solution, one thing at a time: a table of rules, each with the nodes of the syntax tree it is for.

A rule yields edits. One that makes no program, or the same program, is left out by who asks (mutants.py).
"""

import ast
import re
from collections.abc import Callable, Iterator
from typing import Any

from labsrv.grading.proving.source_text import Edit, SourceText, one_line

# The bound beside it, and the opposite.
COMPARISONS: dict[type[ast.cmpop], tuple[str, list[str]]] = {
    ast.Lt: ("<", ["<=", ">="]),
    ast.LtE: ("<=", ["<", ">"]),
    ast.Gt: (">", [">=", "<="]),
    ast.GtE: (">=", [">", "<"]),
    ast.Eq: ("==", ["!="]),
    ast.NotEq: ("!=", ["=="]),
    ast.In: ("in", ["not in"]),
    ast.NotIn: ("not in", ["in"]),
    ast.Is: ("is", ["is not"]),
    ast.IsNot: ("is not", ["is"]),
}
ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
EITHER_ORDER = (ast.Add, ast.BitOr, ast.BitAnd)
OPPOSITES = {"any": "all", "min": "max", "startswith": "endswith", "delete_one": "delete_many"}
OPPOSITES |= {new: old for old, new in OPPOSITES.items()}
# Methods that return their object in another form.
SAME_IN_OTHER_FORM = {
    *("casefold", "lower", "upper", "strip", "lstrip", "rstrip", "replace", "zfill"),
    *("removeprefix", "removesuffix"),
}
EMPTY = {"str": '""', "bytes": 'b""', "int": "0", "list": "[]", "dict": "{}", "set": "set()"}
SHORT = 60  # characters of code that still tell at a glance what was changed in it
LARGE = 16  # a number of this size is made much smaller as well


# Operators and bounds ------------------------------------------------------------------------------------------------


def comparison(text: SourceText, node: ast.Compare) -> Iterator[Edit | None]:
    """Move a bound by one, or ask the opposite."""
    operands = [node.left, *node.comparators]
    for left, operator, right in zip(operands, node.ops, operands[1:], strict=False):
        old, others = COMPARISONS[type(operator)]
        for new in others:
            yield text.token(left, right, old, new, node)


def arithmetic(text: SourceText, node: ast.BinOp) -> Iterator[Edit | None]:
    """Reckon the other way, or with one side alone."""
    if type(node.op) in ARITHMETIC:
        yield text.token(node.left, node.right, *ARITHMETIC[type(node.op)], node)
    yield text.put(node, text.atom(node.left))
    if isinstance(node.op, EITHER_ORDER):
        yield text.put(node, text.atom(node.right))


def connective(text: SourceText, node: ast.BoolOp) -> Iterator[Edit | None]:
    """Take "and" for "or", or leave out one of the conditions."""
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    for left, right in zip(node.values, node.values[1:], strict=False):
        one, other = one_line(text.of(left)), one_line(text.of(right))
        if edit := text.token(left, right, old, new, node):
            yield told(edit, f"{one} {old} {other}", f"{one} {new} {other}")
    for left_out in node.values:
        rest = [each for each in node.values if each is not left_out]
        kept = text.atom(rest[0]) if len(rest) == 1 else f"({f' {old} '.join(map(text.atom, rest))})"
        yield told(text.put(node, kept), f"{one_line(text.of(left_out))} {old} …", after="")


def sign(text: SourceText, node: ast.UnaryOp) -> Iterator[Edit | None]:
    """Leave out a "not" or a minus."""
    yield text.put(node, text.atom(node.operand))


def bound(text: SourceText, node: ast.Slice) -> Iterator[Edit | None]:
    """Leave out where a slice begins or ends."""
    for each in (node.lower, node.upper):
        if each:
            yield text.put(each, "", text.parents[node])


# Conditions ----------------------------------------------------------------------------------------------------------


def condition(text: SourceText, node: ast.expr) -> Iterator[Edit | None]:
    """Force a condition; one that stands beside others is left out there, which is the same."""
    parent = text.parents[node]
    tested = isinstance(parent, ast.If | ast.While | ast.IfExp) and parent.test is node
    tested |= isinstance(parent, ast.comprehension) and node in parent.ifs
    asks = isinstance(node, ast.BoolOp | ast.Compare) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )
    if tested or (asks and not isinstance(parent, ast.BoolOp) and not isinstance(parent, ast.UnaryOp)):
        asked = "if " if tested else ""
        for forced in ("True", "False"):
            yield told(text.put(node, forced), f"{asked}{one_line(text.of(node))}", f"{asked}{forced}")


def only_the_first(text: SourceText, node: ast.For | ast.comprehension) -> Iterator[Edit | None]:
    """Look at the first of several alone."""
    yield text.put(node.iter, f"list({text.of(node.iter)})[:1]")


# Statements and arguments --------------------------------------------------------------------------------------------


def statement(text: SourceText, node: ast.stmt) -> Iterator[Edit | None]:
    """Leave out a statement; one whose name is needed later would only raise."""
    at_the_end = isinstance(node, ast.Return) and isinstance(text.parents[node], ast.FunctionDef)
    names = isinstance(node, ast.Assign | ast.AnnAssign) and any(map(is_name, targets(node)))
    if not at_the_end and not names:
        edit = text.put(node, "pass")
        yield told(edit, head(text, node), after="")


def head(text: SourceText, node: ast.stmt) -> str:
    """Return a statement as one tells it: of a loop, its first line."""
    return one_line(text.of(node)) if not isinstance(node, ast.For) else f"for {text.of(node.target, node.iter)}: …"


def targets(node: Any) -> list[ast.expr]:
    """Return what a statement assigns to."""
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def is_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name | ast.Tuple)


def argument(text: SourceText, node: ast.Call) -> Iterator[Edit | None]:
    """Leave out an argument, or give one under another name."""
    given = [*node.args, *node.keywords]
    for number, each in enumerate(given):
        edit = text.leave_out([(one, one) for one in given], number)
        whole = one_line(text.of(node.func))
        yield told(edit, f"{one_line(text.of(each))} in {whole}(…)")
    for keyword in node.keywords:
        if keyword.arg:
            start = text.start(keyword)
            yield text.edit(start, start + len(keyword.arg), f"{keyword.arg}_", keyword)


def call(text: SourceText, node: ast.Call) -> Iterator[Edit | None]:
    """Take what goes into a call for what comes out of it; call the opposite."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in OPPOSITES:
        end = text.end(node.func)
        yield text.edit(end - len(name), end, OPPOSITES[name], node)
    if isinstance(text.parents[node], ast.Expr):
        return
    if isinstance(node.func, ast.Attribute) and name in SAME_IN_OTHER_FORM:
        yield text.put(node, text.atom(node.func.value))
    elif node.args:
        yield text.put(node, text.atom(node.args[-1]))


def element(text: SourceText, node: ast.List | ast.Set | ast.Tuple) -> Iterator[Edit | None]:
    """Leave out one of several."""
    if len(node.elts) > 1 and isinstance(getattr(node, "ctx", ast.Load()), ast.Load) and not is_unpacked(text, node):
        for number in range(len(node.elts)):
            yield text.leave_out([(each, each) for each in node.elts], number)


def is_unpacked(text: SourceText, node: ast.expr) -> bool:
    """Tell whether each element of a tuple gets a name: leaving one out would only raise."""
    parent = text.parents[node]
    return isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Tuple)


def entry(text: SourceText, node: ast.Dict) -> Iterator[Edit | None]:
    """Leave out an entry, or call its key another name."""
    if not all(node.keys):
        return
    items: list[Any] = list(zip(node.keys, node.values, strict=True))
    for number, (key, value) in enumerate(items):
        yield text.leave_out(items, number)
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            edit = text.put(key, other_name(text.of(key)))
            shown = one_line(text.source[text.end(key) : text.end(value)])
            yield told(edit, edit.before + shown, edit.after + shown)


# Constants and names -------------------------------------------------------------------------------------------------


def constant(text: SourceText, node: ast.Constant) -> Iterator[Edit | None]:
    """Move a number, turn a yes into a no, write a text differently."""
    parent = text.parents[node]
    said = text.of(node)
    if isinstance(node.value, bool):
        yield in_context(text, node, str(not node.value))
    elif isinstance(node.value, int):
        moved = [node.value - 1, node.value + 1, *([node.value // 8] if node.value >= LARGE else [])]
        for value in moved:
            new = hex(value) if said.lower().startswith("0x") and value >= 0 else str(value)
            yield in_context(text, node, new)
    elif isinstance(node.value, str | bytes) and not is_named(parent, node):
        yield in_context(text, node, other_name(said))


def in_context(text: SourceText, node: ast.expr, new: str) -> Edit:
    """Return the edit of a constant, told by the piece of code that it stands in."""
    parent = text.parents[node]
    parent = text.parents[parent] if isinstance(parent, ast.Slice) else parent
    if isinstance(parent, ast.Dict):
        key = parent.keys[parent.values.index(node)]
        edit = text.put(node, new)
        named = f"{text.of(key)}: " if key else ""
        return told(edit, named + edit.before, named + edit.after)
    if isinstance(parent, ast.expr | ast.keyword) and len(text.of(parent)) <= SHORT:
        return text.put(node, new, parent)
    return text.put(node, new)


def is_named(parent: ast.AST, node: ast.expr) -> bool:
    """Tell whether a text is a key, whose name `entry` changes, or one of several, which `element` leaves out."""
    one_of_several = isinstance(parent, ast.List | ast.Set | ast.Tuple) and len(parent.elts) > 1
    return one_of_several or (isinstance(parent, ast.Dict) and node in parent.keys)


def other_name(literal: str) -> str:
    """Return a literal with one character more before its closing quotes; of several in a row, the last one."""
    quotes = re.search(r"(\"\"\"|'''|\"|')$", literal)
    return f"{literal[: -len(quotes[1])]}_{quotes[1]}" if quotes else literal


def formatted(text: SourceText, node: ast.JoinedStr) -> Iterator[Edit | None]:
    """Leave out a value of an f-string, or how it is to be written."""
    start, said = text.start(node), text.of(node)
    for found in re.finditer(r"\{[^{}:]+(:[^{}]*)?\}", said):
        yield text.edit(start + found.start(), start + found.end(), "", node)
        if found[1]:
            yield text.edit(start + found.start(1), start + found.end(1), "", node)


# Returns -------------------------------------------------------------------------------------------------------------


def answer(text: SourceText, node: ast.Return) -> Iterator[Edit | None]:
    """Return nothing, everything, or what the function returns elsewhere."""
    if node.value is None:
        return
    function = text.parents[node]
    while not isinstance(function, ast.FunctionDef):
        function = text.parents[function]
    elsewhere = [each.value for each in ast.walk(function) if isinstance(each, ast.Return) and each.value]
    promised = ast.unparse(function.returns) if function.returns else ""
    nothing = ["True", "False"] if promised == "bool" else [EMPTY.get(promised.split("[")[0], "None")]
    for value in dict.fromkeys([*nothing, *(text.of(each) for each in elsewhere)]):
        yield text.put(node.value, value, node)


def told(edit: Edit, before: str = "", after: str | None = None) -> Edit:
    """Return an edit that is told in other words."""
    return Edit(edit.start, edit.end, edit.text, before or edit.before, edit.after if after is None else after)


Rule = Callable[[SourceText, Any], Iterator[Edit | None]]
RULES: list[tuple[type | tuple[type, ...], Rule]] = [
    (ast.Compare, comparison),
    (ast.BinOp, arithmetic),
    (ast.BoolOp, connective),
    (ast.UnaryOp, sign),
    (ast.Slice, bound),
    (ast.expr, condition),
    ((ast.For, ast.comprehension), only_the_first),
    ((ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete, ast.Raise, ast.Return, ast.For), statement),
    (ast.Call, argument),
    (ast.Call, call),
    ((ast.List, ast.Set, ast.Tuple), element),
    (ast.Dict, entry),
    (ast.Constant, constant),
    (ast.JoinedStr, formatted),
    (ast.Return, answer),
]
