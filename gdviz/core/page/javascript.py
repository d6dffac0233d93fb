"""JavaScript: the lines of a method, which Python runs, as a function that a page runs.

Numbers are the same 64 bits in both languages, and so are sums, products and roots: as long as
every operation stands where it stood, a page comes to the same digits. So there is one definition
of each rule; what can't be told in JavaScript in the same order is refused.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import fields

from gdviz.core.descent.method import FUNCTIONS, Method

# Powers are missing: they may differ in the last digit.
OPERATORS: dict[type[ast.operator | ast.unaryop | ast.cmpop], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.USub: "-", ast.UAdd: "+",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "===", ast.IsNot: "!==",
}  # fmt: skip
MATHS = {"sqrt": "Math.sqrt", "maximum": "Math.max"}
TEMPLATE = """\
function* (learning_rate, loss, {{{hyperparameters}}}) {{
  let {names};
{memory}
  while (true) {{
    {seen} = yield step;
{update}
  }}
}}"""


class UntranslatableError(Exception):
    """A line that has no counterpart in JavaScript that gives the same digits."""


def rule_source(kind: type[Method], with_bias: bool) -> str:
    """Return the rule of a method as a generator function of JavaScript.

    It takes what a step looks at and gives the step, as the rule itself does; it ends where the
    rule does.

    Raises
    ------
    UntranslatableError
        If the lines use more of Python than can be told.
    """
    memory, update = (ast.parse(text).body for text in kind.lines(with_bias))
    seen = ["slope"] if kind.follows_slope else ["here", "w", "b"]
    # The rows X and Y are known to the loss itself.
    names = dict.fromkeys(["step = 0", *seen, "X", "Y", *_assigned([*memory, *update])])
    names.pop("step", None)
    return TEMPLATE.format(
        hyperparameters=", ".join(one.name for one in fields(kind)),
        names=", ".join(names),
        memory=_lines(memory, 2),
        seen=seen[0] if kind.follows_slope else f"[{', '.join(seen)}]",
        update=_lines(update, 4),
    )


def _assigned(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the names that lines give a value to."""
    for statement in statements:
        if isinstance(statement, ast.Assign):
            yield from (_expression(target) for target in statement.targets)


def _lines(statements: Iterable[ast.stmt], indent: int) -> str:
    return "\n".join(" " * indent + _statement(statement) for statement in statements)


def _statement(statement: ast.stmt) -> str:
    match statement:
        case ast.Assign(targets=targets, value=value):
            return " = ".join(map(_expression, [*targets, value])) + ";"
        case ast.If(test=test, body=body, orelse=[]):
            return f"if ({_expression(test)}) {{ {' '.join(map(_statement, body))} }}"
        case ast.Break():
            return "break;"
    raise UntranslatableError(ast.unparse(statement))


def _expression(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=None):
            return "null"
        case ast.Constant(value=float() | int() as value) if not isinstance(value, bool):
            return repr(value)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return f"[{', '.join(map(_expression, elements))}]"
        case ast.Subscript(value=value, slice=index):
            return f"{_expression(value)}[{_expression(index)}]"
        case ast.UnaryOp(op=op, operand=operand) if type(op) in OPERATORS:
            return f"({OPERATORS[type(op)]}{_expression(operand)})"
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return f"({_expression(left)} {OPERATORS[type(op)]} {_expression(right)})"
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
            return f"({_expression(left)} {OPERATORS[type(op)]} {_expression(right)})"
        case ast.Call(func=function, args=arguments, keywords=[]):
            return _call(function, arguments, node)
        case ast.GeneratorExp(
            elt=ast.Name(id=given),
            generators=[ast.comprehension(target=ast.Name(id=name), iter=items, ifs=[test])],
        ) if given == name:
            return f"{_expression(items)}.filter(({name}) => {_expression(test)})"
    raise UntranslatableError(ast.unparse(node))


def _call(function: ast.expr, arguments: list[ast.expr], node: ast.expr) -> str:
    texts = [_expression(argument) for argument in arguments]
    match function:
        case ast.Attribute(value=ast.Name(id="np"), attr=name) if name in FUNCTIONS:
            return f"{MATHS[name]}({', '.join(texts)})"
        case ast.Name(id="next") if len(texts) == 2:
            return f"({texts[0]}[0] ?? {texts[1]})"
        case ast.Name(id="loss"):
            return f"loss({', '.join(texts)})"
    raise UntranslatableError(ast.unparse(node))
