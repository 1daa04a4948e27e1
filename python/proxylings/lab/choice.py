"""Questions with radio buttons: `quiz("01-request")`, and the prediction before a `%%rust --predict` cell.

Every option has its own explanation, and one may try again: the same question, or another one of its pool. Answers
stay on this machine (see `answered`). The static forms hold the same questions, with the answers folded.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import traitlets
from IPython.display import display

from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.grader.text import clean, plain
from proxylings.lab import answered, quizzes
from proxylings.lab.markdown import block, escape, inline
from proxylings.lab.mime import Widget, asset
from proxylings.lab.outcome import Expected, outcome, printed
from proxylings.lab.program import Ran
from proxylings.lab.quizzes import Item, Option

_EDITED = "You have changed the code. The explanations below were written for the original."


class Choice(Widget):
    """One or more questions. `answers` maps the id of an item to the chosen option's index.

    `pools` maps the name of a pool to its items in the learner's order, `asked` to how many of them were asked.
    """

    _esm = asset("make.js", "choice.js")
    _css = asset("proxylings.css", "choice.css")
    items: Any = traitlets.List().tag(sync=True)
    answers: Any = traitlets.Dict().tag(sync=True)
    pools: Any = traitlets.Dict().tag(sync=True)
    asked: Any = traitlets.Dict().tag(sync=True)
    mode = traitlets.Unicode("quiz").tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    outcome = traitlets.Unicode("").tag(sync=True)
    # Why an answer could not be kept: an error in a callback of the view would reach nobody.
    trouble = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, asked: Mapping[str, Item], *, mode: str = "quiz", note: str = "", came: str = "", told: str = ""
    ) -> None:
        """Ask `asked` (by whole id); `came` and `told` are the run's HTML and text, hidden until there is an answer."""
        self._asked = dict(asked)
        self._told = told
        desk = find_desk()
        pools = answered.pools(desk, asked)
        super().__init__(
            items=[_as_sent(name, item) for name, item in asked.items()],
            answers=answered.read(desk).chosen(asked),
            pools={name: pool.order for name, pool in pools.items()},
            asked={name: pool.asked for name, pool in pools.items()},
            mode=mode,
            note=note,
            outcome=came,
        )
        self.observe(self._keep, ["answers", "asked"])

    def _keep(self, change: Mapping[str, Any]) -> None:
        """Keep what the learner did."""
        try:
            if change["name"] == "answers":
                answered.remember(find_desk(), self._asked, change["old"], change["new"])
            else:
                answered.went_on(find_desk(), change["new"])
        except CourseError as error:
            self.trouble = f"Your answer counts until this notebook is closed, and is not kept: {clean(str(error))}"
        else:
            self.trouble = ""

    def questions(self) -> list[list[Item]]:
        """Return the items as they are asked, in order: each alone, or a pool's, the learner's first one first."""
        pooled = {name: order for order in self.pools.values() for name in order}
        found = {tuple(pooled.get(name, [name])): None for name in self._asked}
        return [[self._asked[name] for name in order] for order in found]

    def to_html(self) -> str:
        """Return the questions with their answers folded, and the other items of a pool folded below the first."""
        shown = []
        questions = self.questions()
        for number, (first, *others) in enumerate(questions, 1):
            more = "".join(_static(item, 0) for item in others)
            folded = f"<details><summary>Another one like it</summary>{more}</details>" if more else ""
            shown.append(_static(first, number if len(questions) > 1 else 0, folded))
        if self.mode == "predict":
            note = f'<p class="pxl-told">{escape(self.note)}</p>' if self.note else ""
            shown.append(f"{note}<details><summary>What happens when it runs</summary>{self.outcome}</details>")
        return "".join(shown)

    def to_text(self) -> str:
        """Return the questions; the answers are left out, because a text can't fold."""
        parts = []
        questions = self.questions()
        for number, items in enumerate(questions, 1):
            for at, item in enumerate(items):
                lead = f"{number}. " if len(questions) > 1 else ""
                lead += "Another one like it: " if at else ""
                code = [f"{row:>3}  {line}" for row, line in enumerate(clean(item.source).splitlines(), 1)]
                options = [f"  ( ) {_plain(option, item)}" for option in item.choices]
                parts.append("\n".join([lead + clean(item.question.strip()), *code, *options]))
        if self.mode == "predict":
            parts.append(f"What happens when it runs:\n{self._told}")
        return "\n\n".join(parts)


def quiz(wanted: str) -> Choice:
    """Ask the recap questions of a chapter, "01-request", or one question, "01-request/moved_vec"."""
    slug, _, name = wanted.partition("/")
    if name:
        return Choice({wanted: quizzes.find(wanted)})
    recap = {f"{slug}/{item.id}": item for item in quizzes.chapter(slug) if item.use == "recap"}
    if not recap:
        raise CourseError(f"The quiz {slug!r} has no recap questions.", 'Ask one by its id: quiz("SLUG/ID").')
    return Choice(recap)


def predict(name: str, item: Item, source: str, ran: Ran, expected: Expected) -> None:
    """Ask before showing how a cell went. Without --fails or --panics, what the item states is what is expected."""
    original = _original(item, source)
    judged_by = wanted(item, source, expected)
    came = outcome(ran, judged_by)
    html, text = _printed(ran, tell_end=not judged_by.panics)
    note = "" if original else _EDITED
    display(Choice({name: item}, mode="predict", note=note, came=html + came.html, told=text + came.text))  # type: ignore[no-untyped-call]
    if came.error and (original or expected != Expected()):
        raise came.error


def wanted(item: Item, source: str, expected: Expected) -> Expected:
    """Return what the run is judged by: what the line of the cell says, or else, for the item's own code, the item."""
    stated = item.outcome
    if expected != Expected() or stated is None or not _original(item, source):
        return expected
    return Expected((stated.fails,) if stated.fails else (), stated.panics)


def _original(item: Item, source: str) -> bool:
    return source.strip("\n") == item.source


def _printed(ran: Ran, *, tell_end: bool) -> tuple[str, str]:
    html = text = ""
    for title, said in (("It prints", plain(printed(ran))), ("Standard error", ran.stderr)):
        if said.strip():
            said = said.rstrip("\n")
            html += f'<p class="pxl-small">{title}:</p><pre class="pxl-output" tabindex="0">{escape(said)}</pre>'
            text += f"{title}:\n{said}\n"
    if ran.finished is not None and not html:
        html, text = "<p>It prints nothing.</p>", "It prints nothing.\n"
    if ran.finished is not None and not ran.ok and tell_end:
        ending = ran.ending()
        html += f'<p class="pxl-told pxl-bad"><span aria-hidden="true">✗</span> {inline(ending)}</p>'
        text += f"{clean(ending)}\n"
    return html, text


def _as_sent(name: str, item: Item) -> dict[str, Any]:
    """Return an item as the view takes it; every text in it is escaped HTML, but `code`, which is shown as text."""
    first, _, rest = item.question.strip().partition("\n\n")
    return {
        "id": name,
        "question": inline(first),
        "more": block(rest),
        "code": clean(item.source).splitlines(),
        "choices": [
            {"html": inline(option.text), "line": option.line, "right": option.right, "why": block(option.why)}
            for option in item.choices
        ],
    }


def _static(item: Item, number: int, more: str = "") -> str:
    lead = f"{number}. " if number else ""
    first, _, rest = item.question.strip().partition("\n\n")
    lines = clean(item.source).splitlines()
    code = "".join(f'<span class="pxl-number">{at:>2} </span>{escape(line)}\n' for at, line in enumerate(lines, 1))
    shown = f"<p><strong>{lead}{inline(first)}</strong></p>{block(rest)}"
    shown += f'<pre class="pxl-code" tabindex="0">{code}</pre>' if code else ""
    texts = [option for option in item.choices if option.text]
    shown += "<ul>" + "".join(f"<li>{inline(option.text)}</li>" for option in texts) + "</ul>" if texts else ""
    whys = _whys(item.options)
    if item.otherwise:
        whys += f"<p><strong>✗ Not right: any other line</strong></p>{block(item.otherwise)}"
    return f'<div class="pxl-item">{shown}<details><summary>Answers</summary>{whys}</details>{more}</div>'


def _whys(options: Sequence[Option]) -> str:
    return "".join(
        f"<p><strong>{'✓ Right' if option.right else '✗ Not right'}: "
        f"{inline(option.text) if option.text else f'line {option.line}'}</strong></p>{block(option.why)}"
        for option in options
    )


def _plain(option: Option, item: Item) -> str:
    return clean(option.text) or f"line {option.line}: {clean(item.source.splitlines()[option.line - 1].strip())}"
