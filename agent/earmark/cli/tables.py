"""Tables on a terminal, and whole where nobody looks at them."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

WIDE = 400  # signs a line, where there is no terminal


def show_table(table: Table) -> None:
    """Print it; only a terminal's own width folds its cells."""
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=WIDE)
    console.print(table)
