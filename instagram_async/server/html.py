"""Pages for people: markup that can't be forged, and the headers that go with it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from attrs import field, frozen

_BASE = """
:root { color-scheme: light dark; --back: #f4f4f6; --card: #fff; --text: #1c1c22;
  --soft: #63636e; --line: #d9d9e0; --accent: #2757c8; --on: #fff; }
@media (prefers-color-scheme: dark) { :root { --back: #131317; --card: #1e1e24; --text: #ececf1;
  --soft: #a2a2ad; --line: #3a3a44; --accent: #8aabff; --on: #10131c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .5rem; }
h2, legend { font-size: 1rem; font-weight: 600; margin: 0 0 .5rem; padding: 0; }
a { color: var(--accent); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: 1.5rem; }
.card > :last-child { margin-bottom: 0; }
.soft { color: var(--soft); font-size: .9rem; }
"""


class Html(str):
    """Text that is markup already, and is not escaped again."""

    __slots__ = ()


def fill(template: str, **values: object) -> Html:
    """Markup with values in it, every one of them escaped but those that are markup.

    Args:
        template: markup with names in braces.
        values: what stands for the names.

    Example:
        >>> fill("<p>{who} {what}</p>", who="<script>", what=Html("<b>waves</b>"))
        '<p>&lt;script&gt; <b>waves</b></p>'
    """
    shown = {
        name: one if isinstance(one, Html) else escape(str(one)) for name, one in values.items()
    }
    return Html(template.format_map(shown))


def joined(parts: list[Html]) -> Html:
    """Pieces of markup as one."""
    return Html("".join(parts))


@frozen(kw_only=True)
class Document:
    """A whole page, without scripts.

    Attributes:
        title: of the page.
        body: what is on it.
        css: what is added to the style that all pages share.
    """

    title: str
    body: Html = field(repr=False)
    css: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The page as it is sent."""
        return fill(
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            # Browsers ask for an icon otherwise, and that would stand among the requests.
            '<link rel="icon" href="data:,">\n'
            "<title>{title}</title>\n<style>{style}</style>\n</head>\n"
            "<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n",
            title=self.title,
            style=Html(self._style),
            body=self.body,
        )

    def headers(self, form_action: str = "'none'") -> dict[str, str]:
        """What a browser is told about the page: it runs nothing, and stands in no frame.

        Args:
            form_action: where forms may lead, as the policy has it.
        """
        style = b64encode(sha256(self._style.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; style-src 'sha256-{style}'; img-src 'self' data:;"
            f" form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
        )
        return {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": policy,
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    @property
    def _style(self) -> str:
        return _BASE + self.css
