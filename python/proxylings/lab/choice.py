"""Questions with radio buttons: `quiz("01-request")`, and the prediction before a `%%rust --predict` cell.

Every option has its own explanation, and one may try again. Answers stay on this machine, in
.proxylings/quiz.json. The static forms hold the same questions, with the answers folded.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import traitlets
from IPython.display import display

from proxylings import state
from proxylings.course import Desk, find_desk
from proxylings.grader.text import clean, plain
from proxylings.lab import quizzes
from proxylings.lab.markdown import block, escape, inline
from proxylings.lab.mime import Widget, asset
from proxylings.lab.outcome import Expected, outcome, printed
from proxylings.lab.program import Ran
from proxylings.lab.quizzes import Item, Option

# What an item's digest is made of, in this order: another order would forget every answer.
_WORDING = ("id", "use", "kind", "question", "option", "code", "outcome", "otherwise")
_EDITED = "You have changed the code. The explanations below were written for the original."


class Answer(msgspec.Struct):
    """What was chosen last, of the item as it was then (`of`), after how many tries."""

    of: str
    chosen: int
    tries: int = 1


class _Answers(msgspec.Struct):
    """What .proxylings/quiz.json holds. Before it had a version it held the answers alone."""

    version: int = 1
    answers: dict[str, Answer] = {}


class Choice(Widget):
    """One or more questions. `answers` maps the id of an item to the chosen option's index."""

    _esm = asset("make.js", "choice.js")
    _css = asset("proxylings.css", "choice.css")
    items: Any = traitlets.List().tag(sync=True)
    answers: Any = traitlets.Dict().tag(sync=True)
    mode = traitlets.Unicode("quiz").tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    outcome = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, asked: Mapping[str, Item], *, mode: str = "quiz", note: str = "", came: str = "", told: str = ""
    ) -> None:
        """Ask `asked` (by whole id); `came` and `told` are the run's HTML and text, hidden until there is an answer."""
        self._asked = dict(asked)
        self._told = told
        known = _read(find_desk())
        answers = {
            name: known[name].chosen
            for name, item in asked.items()
            if name in known and known[name].of == _digest(item)
        }
        items = [_as_sent(name, item) for name, item in asked.items()]
        super().__init__(items=items, answers=answers, mode=mode, note=note, outcome=came)
        self.observe(self._remember, names="answers")

    def _remember(self, change: Mapping[str, Any]) -> None:
        """Keep the answers that are new; those of other chapters stay as they are in the file."""
        desk = find_desk()
        known = _read(desk)
        for name, chosen in change["new"].items():
            item = self._asked.get(name)
            if item is None or not isinstance(chosen, int) or not 0 <= chosen < len(item.choices):
                continue
            if change["old"].get(name) != chosen:
                tries = known[name].tries + 1 if name in known else 1
                known[name] = Answer(_digest(item), chosen, tries)
        state.write_whole(_path(desk), msgspec.json.format(msgspec.json.encode(_Answers(answers=known)), indent=1))

    def to_html(self) -> str:
        """Return the questions with their answers folded."""
        shown = [
            _static(item, number if len(self._asked) > 1 else 0) for number, item in enumerate(self._asked.values(), 1)
        ]
        if self.mode == "predict":
            note = f'<p class="pxl-told">{escape(self.note)}</p>' if self.note else ""
            shown.append(f"{note}<details><summary>What happens when it runs</summary>{self.outcome}</details>")
        return "".join(shown)

    def to_text(self) -> str:
        """Return the questions; the answers are left out, because a text can't fold."""
        parts = []
        for number, item in enumerate(self._asked.values(), 1):
            lead = f"{number}. " if len(self._asked) > 1 else ""
            code = [f"{at:>3}  {line}" for at, line in enumerate(clean(item.source).splitlines(), 1)]
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
    return Choice({f"{slug}/{item.id}": item for item in quizzes.chapter(slug) if item.use == "recap"})


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


def _static(item: Item, number: int) -> str:
    lead = f"{number}. " if number else ""
    first, _, rest = item.question.strip().partition("\n\n")
    lines = clean(item.source).splitlines()
    code = "".join(f'<span class="pxl-number">{at:>2} </span>{escape(line)}\n' for at, line in enumerate(lines, 1))
    shown = f"<p><strong>{lead}{inline(first)}</strong></p>{block(rest)}"
    shown += f'<pre class="pxl-code" tabindex="0">{code}</pre>' if code else ""
    texts = [option for option in item.choices if option.text]
    shown += "<ul>" + "".join(f"<li>{inline(option.text)}</li>" for option in texts) + "</ul>" if texts else ""
    whys = _whys(item.options)
    return f'<div class="pxl-item">{shown}<details><summary>Answers</summary>{whys}</details></div>'


def _whys(options: Sequence[Option]) -> str:
    return "".join(
        f"<p><strong>{'✓ Right' if option.right else '✗ Not right'}: "
        f"{inline(option.text) if option.text else f'line {option.line}'}</strong></p>{block(option.why)}"
        for option in options
    )


def _plain(option: Option, item: Item) -> str:
    return clean(option.text) or f"line {option.line}: {clean(item.source.splitlines()[option.line - 1].strip())}"


def _path(desk: Desk) -> Any:
    return desk.state / "quiz.json"


def _read(desk: Desk) -> dict[str, Answer]:
    """Return all answers; a file that can't be read counts as none."""
    kept = state.load(_path(desk), _Answers, 1, {0: lambda answers: {"answers": answers}})
    return kept.answers if kept else {}


def _digest(item: Item) -> str:
    """Name an item by its content: an answer to an older wording does not count. Its pool is no part of the wording."""
    content = {**msgspec.structs.asdict(item), "option": item.options}
    return hashlib.sha256(msgspec.json.encode({name: content[name] for name in _WORDING})).hexdigest()[:16]
