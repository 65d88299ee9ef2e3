"""What a plugin looks for on a page: the words in its own source, which are nobody's."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from ..registry import registry
from .tokens import words_in


def words_of(platform: str) -> list[str]:
    """The words in the strings of the plugin that registers `platform`; for a worker process."""
    return words_in_source(type(registry().platform(platform)).__module__)


def words_in_source(plugin: str) -> list[str]:
    """The words in the strings of an imported module, and of those beside it that it uses."""
    package = plugin.rpartition(".")[0] or plugin
    texts = (text for module in _modules(sys.modules[plugin], package) for text in _texts(module))
    return sorted({word for text in texts for word in words_in(text)})


def _modules(module: ModuleType, package: str) -> list[ModuleType]:
    """The module and those beside it that it takes something from."""
    found = [module]
    for each in found:
        names = {getattr(value, "__module__", "") or "" for value in vars(each).values()}
        names |= {v.__name__ for v in vars(each).values() if isinstance(v, ModuleType)}
        beside = (sys.modules.get(name) for name in sorted(names) if name.startswith(package))
        found += [other for other in beside if other is not None and other not in found]
    return found


def _texts(module: ModuleType) -> Iterator[str]:
    source = inspect.getsourcefile(module)
    if source is None:
        return
    tree = ast.parse(Path(source).read_text(encoding="utf-8"))
    documentation = {id(doc) for node in ast.walk(tree) if (doc := _documentation(node))}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    for constant in constants:
        if isinstance(constant.value, str) and id(constant) not in documentation:
            yield constant.value


def _documentation(node: ast.AST) -> ast.expr | None:
    """The docstring of a module, a class or a function."""
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return first.value if isinstance(first, ast.Expr) else None
