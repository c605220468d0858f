"""The modules of the product as their source says: names, syntax trees, imports."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("workbook_templates", "addin", "sync_server")


@dataclass(frozen=True)
class Module:
    """One source file under its dotted name; `tree` and `imports` are read when asked for."""

    name: str
    path: Path

    @property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, str(self.path))

    @property
    def imports(self) -> list[str]:
        """Dotted names of all imports, lazy ones too; a name counts as the module it comes from."""
        return sorted({name for node in ast.walk(self.tree) for name in self._imported_by(node)})

    def _imported_by(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = self._absolute(node)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield inner if inner in product_names() else source

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = node.level - (self.path.name == "__init__.py")
        package = self.name.rsplit(".", above)[0] if above else self.name
        return f"{package}.{node.module}" if node.module else package


def modules_under(*folders: str) -> list[Module]:
    """Every Python file below these folders of the project, in order of name."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted((Module(_dotted(file), file) for file in files), key=lambda module: module.name)


def _dotted(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def product_modules() -> tuple[Module, ...]:
    """The modules that ship."""
    return tuple(modules_under(*PACKAGES))


@cache
def product_names() -> frozenset[str]:
    """The dotted names of the modules that ship."""
    return frozenset(module.name for module in product_modules())
