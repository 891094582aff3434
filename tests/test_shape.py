"""The budgets of the house: small modules, short functions, no cycles, as many tests as source, all documented."""

from __future__ import annotations

import ast
import importlib
import io
import statistics
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ilrs_science"

MEDIAN_MODULE = 150
LONGEST_MODULE = 400
P95_FUNCTION = 45

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def lines_of(path: Path) -> int:
    """Lines of a file, blank ones and comments included."""
    return len(path.read_text("utf-8").splitlines())


def modules() -> list[Path]:
    """Every module of the package that holds something: an empty __init__ says nothing about size."""
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or lines_of(path) > 1)


@cache
def tree(path: Path) -> ast.Module:
    """Parsed source."""
    return ast.parse(path.read_text("utf-8"), str(path))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from its first decorator to its end, the docstring counted."""
    first = min([function.lineno, *(one.lineno for one in function.decorator_list)])
    return function.end_lineno - first + 1


def functions() -> list[tuple[int, str]]:
    """Length and place of every function and method."""
    return [
        (length(node), f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def dotted(path: Path) -> str:
    """Import name of a module file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_half_of_the_modules_fit_on_three_screens() -> None:
    assert statistics.median(lines_of(path) for path in modules()) <= MEDIAN_MODULE


def test_no_module_is_longer_than_the_budget() -> None:
    long = {
        str(path.relative_to(ROOT)): lines_of(path) for path in modules() if lines_of(path) > LONGEST_MODULE
    }
    assert long == {}


def test_nineteen_of_twenty_functions_fit_on_one_screen() -> None:
    lengths = sorted(functions())
    p95 = lengths[round(0.95 * (len(lengths) - 1))][0]
    assert p95 <= P95_FUNCTION, lengths[-8:]


def test_no_module_imports_itself_by_detours() -> None:
    graph = grimp.build_graph("ilrs_science", cache_dir=None)
    circles = [name for name in sorted(graph.modules) if name in reach(graph, name)]
    assert circles == []


def reach(graph: grimp.ImportGraph, start: str) -> set[str]:
    """Every module that a module leads to by imports at its top or in its functions."""
    seen: set[str] = set()
    stack = list(graph.find_modules_directly_imported_by(start))
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            stack.extend(graph.find_modules_directly_imported_by(name))
    return seen


def test_there_are_as_many_lines_of_tests_as_of_source() -> None:
    source = sum(map(code_lines, PACKAGE.rglob("*.py")))
    tests = sum(map(code_lines, (ROOT / "tests").rglob("*.py")))
    assert tests >= source


def code_lines(path: Path) -> int:
    """Lines that hold code: neither blank nor comment nor docstring, so that explaining more costs nothing."""
    words = {
        line
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    held: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
        if token.type not in _SILENT:
            held.update(range(token.start[0], token.end[0] + 1))
    return len(held - words)


_SILENT = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
}  # fmt: skip


def test_every_public_name_is_documented() -> None:
    bare = [dotted(path) for path in modules() if not ast.get_docstring(tree(path))]
    bare += [place for place, node in public_definitions() if not ast.get_docstring(node)]
    assert bare == []


def test_every_public_signature_is_typed() -> None:
    bare = [
        place
        for place, node in public_definitions()
        if not isinstance(node, ast.ClassDef) and (node.returns is None or untyped(node.args))
    ]
    assert bare == []


def test_every_name_in_all_exists() -> None:
    loaded = [importlib.import_module(dotted(path)) for path in modules() if path.name != "__main__.py"]
    missing = [
        (one.__name__, name)
        for one in loaded
        for name in getattr(one, "__all__", [])
        if not hasattr(one, name)
    ]
    assert missing == []


def untyped(given: ast.arguments) -> list[str]:
    """Parameters without an annotation, the object itself aside."""
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    return [one.arg for one in every if one.annotation is None and one.arg not in ("self", "cls")]


def public_definitions() -> Iterator[tuple[str, Definition]]:
    """Place and node of each function, class and method of the package without a leading underscore."""
    for path in modules():
        for node in public(tree(path).body):
            yield f"{dotted(path)}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from (
                    (f"{dotted(path)}.{node.name}.{inner.name}", inner) for inner in public(node.body)
                )


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """Definitions without a leading underscore; an overload or an override is documented where it comes from."""
    for node in body:
        if isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not node.name.startswith("_"):
            marks = {ast.unparse(one).split("(")[0].split(".")[-1] for one in node.decorator_list}
            if not marks & {"overload", "override", "setter"}:
                yield node
