"""Makeshift packages, put where Python finds them."""

from pathlib import Path


def install(
    folder: Path, distribution: str, version: str, modules: dict[str, str], **entry_points: str
) -> None:
    """Make `folder` look as if a package with these modules and plugins was installed in it."""
    info = folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n", encoding="utf-8"
    )
    lines = [f"{name} = {module}" for name, module in entry_points.items()]
    (info / "entry_points.txt").write_text("\n".join(["[earmark]", *lines, ""]), encoding="utf-8")
    for name, code in modules.items():
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
