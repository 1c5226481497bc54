"""``voiceguide docs``: the pages of the documentation, which come with every installation."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from voiceguide.cli.columns import columns
from voiceguide.errors import OutputError, nearest, printable
from voiceguide.resources import data_folder

_LINE_WIDTH = 100  # columns; longer lines are hard to read


@click.command("docs")
@click.argument("page", required=False, metavar="[PAGE]")
@click.option("--path", "as_path", is_flag=True, help="Prints where the page lies, to open it in another program.")
@click.option("--plain", is_flag=True, help="Prints the page as it was written, in Markdown; so does a pipe.")
def command(page: str | None, as_path: bool, plain: bool) -> None:
    """Shows a page of the documentation, such as: voiceguide docs language. Without PAGE it lists them.

    In a terminal the page is shown page by page; q leaves it.
    """
    pages = _pages()
    if page is None:
        rows = [(name, _title(path)) for name, path in pages.items()]
        click.echo("\n".join(columns(("page", "what it is about"), rows)))
        return
    path = _named(page, pages)
    if as_path:
        click.echo(path)
    elif plain or not sys.stdout.isatty():
        click.echo(path.read_text("utf-8"), nl=False)
    else:
        _shown(path)


def _pages() -> Mapping[str, Path]:
    """The pages by name: first those for listeners and authors in the order of their list, then the others."""
    folder = data_folder("docs")
    found = {path.stem: path for path in sorted(folder.glob("*.md")) if path.stem != "README"}
    index = folder / "README.md"
    order = (
        re.findall(r"^\d+\. \[.+?\]\((\w[\w-]*)\.md\)", index.read_text("utf-8"), re.MULTILINE)
        if index.is_file()
        else []
    )
    others = {"readme": data_folder("README.md"), "changelog": data_folder("CHANGELOG.md")}
    listed = {name: found[name] for name in dict.fromkeys((*order, *found)) if name in found}
    return {name: path for name, path in (listed | others).items() if path.is_file()}


def _named(page: str, pages: Mapping[str, Path]) -> Path:
    """The page of a name, which may be written as its file's. Raises OutputError, naming the nearest."""
    name = Path(page).name.casefold().removesuffix(".md")
    if name in pages:
        return pages[name]
    near = nearest(name, pages)
    advice = f"Did you mean '{near}'?" if near else "'voiceguide docs' lists the pages."
    raise OutputError(printable(f"There is no page '{page}'. {advice}"))


def _title(path: Path) -> str:
    first = path.read_text("utf-8").partition("\n")[0]
    return first.lstrip("# ").strip()


def _shown(path: Path) -> None:
    """The page on a terminal, with headings, tables and colours, in a pager."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console()
    width = min(console.width, _LINE_WIDTH)
    with console.pager(styles=True, links=False):
        console.print(Markdown(path.read_text("utf-8"), hyperlinks=False), width=width)
