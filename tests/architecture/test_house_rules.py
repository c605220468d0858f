"""The house rules of CONTRIBUTING.md that a machine can check."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.modules import ROOT, Module, modules_under, product_modules

EVERY_MODULE = (*product_modules(), *modules_under("tests", "docs"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
EMPTY_WORDS = {
    "data",
    "helper",
    "helpers",
    "info",
    "manager",
    "managers",
    "process",
    "processes",
    "util",
    "utility",
    "utils",
}
# What xlwings asks of every engine under these names.
GIVEN_NAMES = {
    "clean_value_data",
    "data_body_range",
    "data_validation",
    "prepare_xl_data_element",
}
CLOCK_READS = {"fromtimestamp", "now", "today", "utcnow"}
TALKS = {"input", "open", "print"}

every_module = pytest.mark.parametrize("module", EVERY_MODULE, ids=lambda module: module.name)
product_module = pytest.mark.parametrize(
    "module", product_modules(), ids=lambda module: module.name
)

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


@every_module
def test_a_file_says_in_its_first_line_what_it_is_for(module: Module) -> None:
    assert module.source.startswith(('"""', "#!")), f"{module.path} starts without a docstring"
    assert (ast.get_docstring(module.tree) or "").strip(), f"{module.path} has no docstring"


@every_module
def test_a_file_is_about_one_thing(module: Module) -> None:
    lines = len(module.source.splitlines())
    assert lines <= LONGEST_FILE, f"{module.path} has {lines} lines, {LONGEST_FILE} are allowed"


@every_module
def test_a_function_fits_a_screen(module: Module) -> None:
    too_long = {
        node.name: lines
        for node in _functions(module.tree)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert not too_long, f"{module.path}: more than {LONGEST_FUNCTION} lines: {too_long}"


@product_module
def test_names_say_what_a_thing_is(module: Module) -> None:
    names = [*module.name.split("."), *(node.name for node in _definitions(module.tree))]
    own = [name for name in names if name not in GIVEN_NAMES]
    empty = [name for name in own if EMPTY_WORDS & set(_words(name))]
    assert not empty, f"{module.path}: {empty} use words that say nothing"


@product_module
def test_public_functions_and_classes_have_docstrings(module: Module) -> None:
    public = (node for node in module.tree.body if isinstance(node, Definition))
    silent = [n.name for n in public if n.name[0] != "_" and not ast.get_docstring(n)]
    assert not silent, f"{module.path}: {silent} have no docstring"


@pytest.mark.parametrize(
    "module", modules_under("workbook_templates"), ids=lambda module: module.name
)
def test_no_float_is_made_in_a_book(module: Module) -> None:
    lines = [call.lineno for call in _calls(module.tree) if _called(call.func) == "float"]
    if module.name.startswith(("workbook_templates.books", "workbook_templates.packs")):
        lines += [node.lineno for node in ast.walk(module.tree) if _is_float(node)]
    assert not lines, f"{module.path} makes floats in lines {lines}"


@pytest.mark.parametrize(
    "module",
    modules_under("workbook_templates/books", "sync_server/core"),
    ids=lambda module: module.name,
)
def test_a_calculation_reads_no_clock_and_opens_no_file(module: Module) -> None:
    lines = [call.lineno for call in _calls(module.tree) if _leaves_its_arguments(call.func)]
    assert not lines, f"{module.path} reads a clock or opens a file in lines {lines}"


def test_nothing_tracked_names_this_machine_or_a_registry() -> None:
    hosts = [".".join(parts) for parts in _HOSTS]
    pattern = re.compile(
        r"(?<![\w.*/-])/(?:work|root|home/\w+|tmp/lajur|opt/pypi[\w-]*)/"
        + "".join(rf"|\b{re.escape(host)}\b" for host in hosts)
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in _tracked_files()
        for match in pattern.finditer(_text(path))
    ]
    assert not found, found


# In parts, or this file would find itself.
_HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("deb", "debian", "org"),
    ("proxy", "golang", "org"),
)


def _tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("this is no git checkout, so nothing is tracked")
    files = (ROOT / name for name in listing.stdout.split("\0") if name)
    return [file for file in files if file.is_file()]


def _text(path: Path) -> str:
    """The file's text; a workbook or picture has none to read."""
    return "" if b"\0" in (content := path.read_bytes()) else content.decode("utf-8", "replace")


def _definitions(tree: ast.AST) -> Iterator[Definition]:
    return (node for node in ast.walk(tree) if isinstance(node, Definition))


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(function: ast.expr) -> str:
    """The last word of what is called: `now` of `datetime.now()`."""
    return getattr(function, "attr", getattr(function, "id", ""))


def _leaves_its_arguments(function: ast.expr) -> bool:
    """Whether a call reads the clock, a file or a terminal; `period.open()` is none of them."""
    if isinstance(function, ast.Name):
        return function.id in TALKS
    return _called(function) in CLOCK_READS


def _is_float(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


def _words(name: str) -> list[str]:
    """The words of a snake_case or CamelCase name, in small letters."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]
