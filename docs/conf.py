"""How sphinx makes a site of these pages; `.ci/docs` has the command."""

from __future__ import annotations

import inspect
import re
import sys
from importlib.metadata import metadata
from typing import TYPE_CHECKING, Any

import attrs

import instagram_async
from instagram_async import bulk, quota, server, testing

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PACKAGE = metadata("instagram-async")

project = _PACKAGE["Name"]
version = release = _PACKAGE["Version"]
html_title = f"{project} {version}"
html_theme = "furo"
pygments_dark_style = "monokai"
html_static_path = ["_static"]
html_css_files = ["wide.css"]
html_show_copyright = html_show_sphinx = False
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 4

default_role = "code"  # a word between backticks, as everywhere else in Markdown
python_maximum_signature_line_length = 120
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
autodoc_type_aliases = {"Instant": "~datetime.datetime"}
# What these have, a class has as well; it stands once.
_BASES = ("tuple", "BaseException", "deque", "InstagramError", "Pager", "Fetched")
autodoc_default_options = {"members": True, "inherited-members": ",".join(_BASES)}
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Attributes", "params_style")]

_ELSEWHERE = "aiohttp|asyncio|collections|datetime|msgspec|os|pathlib|redis|sqlite3|typing"
nitpick_ignore_regex = [
    ("py:.*", rf"({_ELSEWHERE})\..*"),  # a build asks nobody where their documentation is
    ("py:class", "[IKTV]"),  # type variables
    ("py:class", r"instagram_async\.\w+\.[\w.]+"),  # inner types, which nobody has to name
]

# Users are given these, and do not make them.
_GIVEN = {
    *(instagram_async.Pager, instagram_async.WindowedPager, instagram_async.Items),
    *(instagram_async.Pages, instagram_async.Watch, bulk.Merged, bulk.Fetched, bulk.Downloaded),
}
_CLASSES = {
    name: (module.__name__, getattr(module, name))
    for module in (quota, testing, server, bulk, instagram_async)
    for name in (*vars(module), "RedisStore", "SQLiteStore")
    if inspect.isclass(getattr(module, name, None)) and name != "WindowSpec"
}


def setup(app: Sphinx) -> None:
    """Have the functions below asked for each page and each docstring."""
    app.connect("source-read", read)
    app.connect("include-read", include)
    app.connect("autodoc-skip-member", skip)
    app.connect("autodoc-process-signature", sign)
    app.connect("autodoc-process-docstring", explain, priority=400)  # before napoleon


def read(_: Sphinx, page: str, source: list[str]) -> None:
    """Lead links out of this folder to the pages that include what is there."""
    text = re.sub(r"\]\((\.\./)+README\.md", "](/overview.md", source[0])
    text = re.sub(r"\]\((\.\./)+CHANGELOG\.md", "](/changelog.md", text)
    source[0] = text + contents(text) if page == "index" else text


def include(_: Sphinx, path: object, page: str, source: list[str]) -> None:
    """Lead the links of what is included to the pages of this folder."""
    source[0] = source[0].replace("](docs/", "](").replace("](CHANGELOG.md", "](changelog.md")


def contents(index: str) -> str:
    """The sections and tables of the first page, as what stands at the side of every page."""
    made = ""
    for section in index.split("\n## ")[1:]:
        caption, _, rest = section.partition("\n")
        if pages := re.findall(r"(?m)^\| \[(.+?)\]\(/?(.+?)\.md\)", rest):
            listed = "\n".join(f"{title} <{page}>" for title, page in pages)
            made += f"\n\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{listed}\n```"
    return made


def skip(_: Sphinx, kind: str, name: str, value: object, skips: bool, options: object) -> bool:
    """Leave out the fields of named tuples, which stand in the text of their class."""
    return skips or type(value).__name__ == "_tuplegetter"


def sign(
    _: Sphinx,
    kind: str,
    name: str,
    value: Any,
    options: object,
    signature: str | None,
    returns: str | None,
) -> tuple[str | None, str | None]:
    """Show defaults as values, and no signature of what is not for users to call."""
    if signature is None or value in _GIVEN:
        return signature and "", returns
    scope = vars(sys.modules.get(getattr(value, "__module__", ""), object))
    fields = attrs.fields_dict(value) if attrs.has(value) else {}

    def default(found: re.Match[str]) -> str:
        attribute, constant = found.groups()
        value = fields[attribute].default if attribute else scope.get(constant, attrs.NOTHING)
        if isinstance(value, frozenset):
            return f"= frozenset({sorted(value)})"  # the same in each build
        return f"= {'...' if value is attrs.NOTHING else repr(value)}"

    # An argument that is kept if it is not given has a mark for that, which is nobody's business.
    told = re.sub(r"~[\w.]+\._Keep \| ", "", signature).replace("= _Keep.KEEP", "= ...")
    pattern = r"= (?:attr_dict\['(\w+)'\]\.default|(_?[A-Z][A-Z_]+)\b)"
    return re.sub(pattern, default, told), returns


def explain(
    _: Sphinx, kind: str, name: str, value: object, options: object, lines: list[str]
) -> None:
    """Link the names of classes, and let no colon in a text be taken for that behind a type."""
    begins = kind in ("property", "attribute", "data")
    for at, line in enumerate(lines):
        linked = re.sub(r"(?<![`\w])`([A-Z]\w+)(\.\w+)?`(?!`)", _link, line)
        text = linked.lstrip()
        lines[at] = f"{linked[: len(linked) - len(text)]}: {text}" if begins else linked
        begins = text == "Returns:"


def _link(found: re.Match[str]) -> str:
    name, member = found[1], (found[2] or "").removeprefix(".")
    module, known = _CLASSES.get(name, ("", object))
    is_there = module and (not member or inspect.isroutine(getattr(known, member, None)))
    return f":py:obj:`~{module}.{found[0].strip('`')}`" if is_there else found[0]
