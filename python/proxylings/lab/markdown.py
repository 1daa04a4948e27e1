"""A little Markdown, enough for questions and rustc's explanations: paragraphs, code, lists, emphasis.

Everything is escaped. Links become their text: nothing that we show leads out of the notebook by itself.
"""

import html
import re

from proxylings.grader.text import clean

_FENCE = re.compile(r"^(```+|~~~+)\s*([\w,+ -]*)\s*$")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s+\S+$")
_ITEM = re.compile(r"^\s*(?:[*+-]|\d+\.)\s+(.*)$")


def escape(text: str) -> str:
    """Return `text` cleaned and safe inside HTML, in text and in attributes."""
    return html.escape(clean(text), quote=True)


def inline(text: str) -> str:
    """Return one paragraph's text as HTML: `code`, **strong**, *emphasis*, and links as their text."""
    parts = re.split(r"(`+)(.+?)\1", text.strip(), flags=re.DOTALL)
    shown = []
    for at in range(0, len(parts), 3):
        plain = re.sub(r"!?\[([^\]]+)\](?:\([^)\s]*\)|\[[^\]]*\])", r"\1", parts[at])
        plain = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(plain))
        shown.append(re.sub(r"(?<!\w)\*([^*\s][^*]*?)\*(?!\w)", r"<em>\1</em>", plain))
        if at + 2 < len(parts):
            shown.append(f"<code>{escape(parts[at + 2].strip())}</code>")
    return "".join(shown)


def block(text: str) -> str:
    """Return a whole text as HTML."""
    shown: list[str] = []
    paragraph: list[str] = []
    items: list[str] = []

    def close() -> None:
        if items:
            shown.append("<ul>" + "".join(f"<li>{inline(item)}</li>" for item in items) + "</ul>")
        elif paragraph:
            shown.append(f"<p>{inline(' '.join(paragraph))}</p>")
        items.clear()
        paragraph.clear()

    lines = iter(text.splitlines())
    for line in lines:
        if fence := _FENCE.match(line):
            close()
            code = []
            for inner in lines:
                if inner.strip() == fence[1]:
                    break
                code.append(inner)
            shown.append(_code(code, fence[2]))
        elif not line.strip() or _REFERENCE.match(line):
            close()
        elif line.startswith("#"):
            close()
            shown.append(f"<p><strong>{inline(line.lstrip('#'))}</strong></p>")
        elif item := _ITEM.match(line):
            if paragraph:
                close()
            items.append(item[1])
        elif items:
            items[-1] += " " + line.strip()
        else:
            paragraph.append(line.strip())
    close()
    return "".join(shown)


def _code(lines: list[str], info: str) -> str:
    """Return a code block; rustdoc's hidden lines (`# …`) are left out."""
    if not info or "rust" in info or "fail" in info or re.search(r"E\d{4}|edition|should", info):
        lines = [re.sub(r"^(\s*)##", r"\1#", line) for line in lines if not re.match(r"^\s*#( |$)", line)]
    told = '<p class="pxl-small">This does not compile:</p>' if "compile_fail" in info else ""
    text = escape("\n".join(lines).strip("\n"))
    return f'{told}<pre class="pxl-code" tabindex="0"><code>{text}</code></pre>'
