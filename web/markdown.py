"""Markdown as HTML that is safe to show: what coaches write in plays."""

from __future__ import annotations

from typing import Final

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_TAGS: Final = {
    "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}
_LOWEST: Final = 6
_READER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


def to_html(markdown: str, deeper: int = 0) -> Markup:
    """Give a text as HTML; raw HTML in it is shown as it was written, and nothing in it can run or look different.

    Args:
        markdown: CommonMark with tables.
        deeper: by how many levels its headings stand below those of a page of its own.
    """
    tokens = _READER.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + deeper, _LOWEST)}"
    html = _READER.renderer.render(tokens, _READER.options, {})
    return Markup(
        nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    )  # cleaned
