"""The shared base of what a notebook shows: an HTML form and a plain text form, always both.

A widget has its live view as well. The HTML carries its own style sheet, so it is readable in a saved
notebook, without a kernel and without the network; the text form serves terminals and screen readers.
"""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
from IPython.display import display

STATIC = Path(__file__).parent / "static"


@functools.cache
def asset(*names: str) -> str:
    """Return the texts of files of static/, one behind the other: a view is one script and one style sheet."""
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def document(html: str) -> str:
    """Return `html` as one self-contained block in the course's own look."""
    # JupyterLab takes single keys (Enter, arrows, d d) as commands unless the focused element itself says otherwise.
    own_keys = ' data-lm-suppress-shortcuts="true"'
    html = html.replace("<summary", f"<summary{own_keys}").replace(' tabindex="0"', f' tabindex="0"{own_keys}')
    return f'<div class="pxl"><style>{asset("proxylings.css")}</style>{html}</div>'


@dataclass(frozen=True)
class Shown:
    """Something to show that does not change: `html` is a fragment, `text` says the same in plain words."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": document(self.html), "text/plain": self.text}


class Widget(anywidget.AnyWidget):
    """A live view that can also be read without a kernel. A subclass gives `_esm`, `_css`, and both forms."""

    def to_html(self) -> str:
        """Return the static form as an HTML fragment."""
        raise NotImplementedError

    def to_text(self) -> str:
        """Return the static form as plain text."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view beside both static forms."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/html": document(self.to_html()), "text/plain": self.to_text()}, metadata


def show(html: str, text: str) -> None:
    """Show a fragment and its text form below the cell that is running."""
    display(Shown(html, text))  # type: ignore[no-untyped-call]
