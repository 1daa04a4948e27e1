"""Find the places in a Rust function where a statement can be put, and the variables that are in scope there.

Reads the syntax tree and nothing else: types, and whether the program compiles, are rustc's business. Columns and
offsets count bytes of UTF-8, lines count from 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

_LANGUAGE = Language(tree_sitter_rust.language())
# What may end a block without ever coming to the end of it.
_LEAVES = ("return_expression", "break_expression", "continue_expression")
# Code that runs at another time than its line, or that a macro makes.
_CLOSED = {"closure_expression": "a closure", "async_block": "an async block", "macro_invocation": "a macro"}
# Names in a pattern that stand for a type or a path and bind nothing.
_TYPES = ("type", "name")


@dataclass(frozen=True)
class Variable:
    """A name that a pattern binds; `line` is where. A later binding of the same name is another variable."""

    name: str
    line: int


@dataclass(frozen=True)
class Point:
    """A place before a statement, or before the end of a block. `closes` is there where the statement needs braces."""

    line: int
    offset: int
    closes: int | None
    variables: tuple[Variable, ...]


@dataclass(frozen=True)
class Function:
    """One function: its text is bytes `start` to `end` of the source, its name stands at `name`."""

    name: str
    name_at: int
    start: int
    end: int
    first_line: int
    last_line: int
    points: tuple[Point, ...]
    closed: tuple[tuple[int, int, str], ...]


@dataclass
class _Walk:
    """What one walk through a function has found."""

    points: dict[int, Point] = field(default_factory=dict)
    closed: list[tuple[int, int, str]] = field(default_factory=list)

    def point(self, node: Node, offset: int, scope: dict[str, Variable], closes: int | None = None) -> None:
        # A line has one row: the first statement that begins in it.
        line = node.start_point.row + 1 if offset == node.start_byte else node.end_point.row + 1
        self.points.setdefault(line, Point(line, offset, closes, tuple(scope.values())))


def functions(source: str) -> list[Function]:
    """Return the functions with a body that a copy can stand beside: free ones, inner ones, those of an `impl`."""
    return [_function(node) for node, why_not in _items(_root(source)) if not why_not]


def unasked(source: str) -> list[tuple[int, int, str]]:
    """Return what has a body and can't be copied, by its first and last line, and what it is."""
    return [
        (node.start_point.row + 1, node.end_point.row + 1, why_not)
        for node, why_not in _items(_root(source))
        if why_not
    ]


def _root(source: str) -> Node:
    return Parser(_LANGUAGE).parse(source.encode()).root_node


def _items(node: Node, of_trait: bool = False) -> Iterator[tuple[Node, str]]:
    """Give each function below `node`, and why it can't be copied ("" when it can)."""
    for child in node.named_children:
        if child.type == "function_item":
            modifiers = next((one for one in child.named_children if one.type == "function_modifiers"), None)
            const = modifiers is not None and "const" in _text(modifiers).split()
            # A trait says which functions its impl may have; a const function may call none that is not const.
            yield child, "a method of a trait" if of_trait else "a const function" if const else ""
            yield from _items(child)
        elif child.type == "macro_definition":
            yield child, "a macro"
        elif child.type in ("const_item", "static_item") and child.end_point.row > child.start_point.row:
            yield child, "a constant"
        else:
            trait = child.type == "trait_item" or (child.type == "impl_item" and child.child_by_field_name("trait"))
            yield from _items(child, bool(trait) or (of_trait and child.type == "declaration_list"))


def _function(node: Node) -> Function:
    name, body, parameters = (node.child_by_field_name(one) for one in ("name", "body", "parameters"))
    assert name is not None
    assert body is not None
    scope: dict[str, Variable] = {}
    for parameter in parameters.named_children if parameters else ():
        if parameter.type == "self_parameter":
            scope["self"] = Variable("self", parameter.start_point.row + 1)
        _bind(parameter.child_by_field_name("pattern"), scope)
    walk = _Walk()
    _block(body, scope, walk)
    points = tuple(walk.points[line] for line in sorted(walk.points))
    first, last = node.start_point.row + 1, node.end_point.row + 1
    return Function(
        _text(name), name.start_byte, node.start_byte, node.end_byte, first, last, points, tuple(walk.closed)
    )


def _block(block: Node, outer: dict[str, Variable], walk: _Walk) -> None:
    """Visit a block: a point before each statement, and one at its end where something can come to it."""
    scope = dict(outer)
    statements = [child for child in block.named_children if not child.type.endswith("comment")]
    for statement in statements:
        if statement.type.endswith("_item") or statement.type == "empty_statement":
            continue
        walk.point(statement, statement.start_byte, scope)
        _inside(statement, scope, walk)
        if statement.type == "let_declaration":
            _bind(statement.child_by_field_name("pattern"), scope)
    if not statements or _can_be_passed(statements[-1]):
        walk.point(block, block.end_byte - 1, scope)


def _can_be_passed(last: Node) -> bool:
    """Whether a statement may follow: the last one gives no value and does not leave."""
    if last.type == "expression_statement":
        inner = last.named_children[0]
        # Without a semicolon, an `if` or a `match` at the end gives the block's value.
        gives = not _text(last).endswith(";")
        return (
            not gives and inner.type not in _LEAVES and not _text(inner).startswith(("panic!", "unreachable!", "todo!"))
        )
    return last.type in ("let_declaration", "empty_statement") or last.type.endswith("_item")


def _inside(node: Node, scope: dict[str, Variable], walk: _Walk) -> None:
    """Visit the blocks inside of a statement, each with what its own head binds."""
    if node.type in _CLOSED:
        if node.end_point.row > node.start_point.row:
            walk.closed.append((node.start_point.row + 1, node.end_point.row + 1, _CLOSED[node.type]))
        return
    if node.type == "block":
        _block(node, scope, walk)
        return
    inner = dict(scope)
    if node.type in ("if_expression", "while_expression"):
        condition, body = node.child_by_field_name("condition"), node.child_by_field_name("consequence")
        body = body or node.child_by_field_name("body")
        for let in _lets(condition):
            _bind(let.child_by_field_name("pattern"), inner)
        for child in node.named_children:
            _inside(child, inner if child == body else scope, walk)
        return
    if node.type == "for_expression":
        _bind(node.child_by_field_name("pattern"), inner)
        for child in node.named_children:
            _inside(child, inner if child == node.child_by_field_name("body") else scope, walk)
        return
    if node.type == "match_arm":
        _arm(node, inner, walk)
        return
    for child in node.named_children:
        _inside(child, scope, walk)


def _arm(arm: Node, scope: dict[str, Variable], walk: _Walk) -> None:
    pattern, value = arm.child_by_field_name("pattern"), arm.child_by_field_name("value")
    if value is None:
        return
    _bind(pattern.named_children[0] if pattern and pattern.named_children else None, scope)
    for let in _lets(pattern.child_by_field_name("condition") if pattern else None):
        _bind(let.child_by_field_name("pattern"), scope)
    if value.type != "block":
        walk.point(value, value.start_byte, scope, closes=value.end_byte)
    _inside(value, scope, walk)


def _lets(condition: Node | None) -> Iterator[Node]:
    if condition is None:
        return
    if condition.type == "let_condition":
        yield condition
    elif condition.type == "let_chain":
        for child in condition.named_children:
            yield from _lets(child)


def _bind(pattern: Node | None, scope: dict[str, Variable]) -> None:
    """Add what a pattern binds. A name that begins with a capital is a constant or a variant, and binds nothing."""
    if pattern is None:
        return
    if pattern.type in ("identifier", "shorthand_field_identifier"):
        name = _text(pattern)
        if not name[0].isupper() and name != "_":
            # A new binding comes last, as its column does.
            scope.pop(name, None)
            scope[name] = Variable(name, pattern.start_point.row + 1)
        return
    for index, child in enumerate(pattern.children):
        if child.type.startswith("shorthand") or (child.is_named and pattern.field_name_for_child(index) not in _TYPES):
            _bind(child, scope)


def _text(node: Node) -> str:
    return (node.text or b"").decode()
