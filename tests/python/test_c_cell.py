"""The `%%c` cell: a bug is shown as a bug, and where C can't be built, the recording of this very code is shown."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import jupytext
import pytest
from click.testing import CliRunner, Result
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from proxylings import weave
from proxylings.cli import main
from proxylings.course import Desk, find_desk
from proxylings.errors import CourseError
from proxylings.lab import c_cell, c_program, recorded, sanitizer
from proxylings.lab.cell import Interrupted, UsageError
from proxylings.lab.recorded import Cell
from tests.conftest import required

DESK = find_desk(Path(__file__).parent)
CELLS = list(recorded.cells(DESK))
EACH = [pytest.param(cell, id=f"{cell.notebook.stem}-{at}") for at, cell in enumerate(CELLS)]
FREED = """#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
    char *head = strdup("GET /");
    puts("forwarded");
    free(head);
    printf("log: %s\\n", head);
}"""
RACE = """#include <pthread.h>
static long served;
static void *serve(void *unused) {
    for (int at = 0; at < 100000; at++) served++;
    return unused;
}
int main(void) {
    pthread_t one, two;
    pthread_create(&one, NULL, serve, NULL);
    pthread_create(&two, NULL, serve, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
}"""
PAST_THE_END = """#include <stdio.h>
#include <stdlib.h>
int main(int count, char **words) {
    (void)words;
    char *buffer = malloc(4);
    buffer[count + 3] = 'x';
    printf("%c\\n", buffer[0]);
    free(buffer);
}"""
NULL_WRITE = "int main(void) {\n    volatile int *volatile head = 0;\n    *head = 1;\n    return 0;\n}"
TWICE = (
    "#include <stdlib.h>\nint main(void) {\n    char *volatile head = malloc(4);\n    free(head);\n    free(head);\n}"
)
KEPT = (
    "#include <stdlib.h>\nint main(void) {\n    char *volatile head = malloc(4);\n    head = 0;\n    return !!head;\n}"
)
FINE = '#include <stdio.h>\nint main(void) { puts("GET /"); }'
ADDRESS = "--sanitize address"


@pytest.fixture(scope="module")
def shell() -> Iterator[InteractiveShell]:
    shell = InteractiveShell.instance()
    c_cell.register(shell)
    yield shell
    InteractiveShell.clear_instance()


@pytest.fixture
def cc() -> str:
    return required("cc")


class Shown:
    """What one cell gave: its streams, the text and HTML of its displays, and the error that was raised."""

    def __init__(self, shell: InteractiveShell, line: str, source: str) -> None:
        with capture_output() as captured:
            result = shell.run_cell(f"%%c {line}\n{source}")  # type: ignore[no-untyped-call]
        self.stdout: str = captured.stdout.split("\x1b")[0]
        self.stderr: str = captured.stderr
        self.text = "\n".join(output.data["text/plain"] for output in captured.outputs)
        self.html = "\n".join(output.data["text/html"] for output in captured.outputs)
        self.error: BaseException | None = result.error_in_exec
        self.said = str(self.error or "")


def test_prints_and_nothing_else(shell: InteractiveShell, cc: str) -> None:
    shown = Shown(shell, "", FINE)
    assert (shown.stdout, shown.stderr, shown.text, shown.error) == ("GET /\n", "", "", None)


@pytest.mark.parametrize(
    ("line", "source", "told", "places"),
    [
        (f"{ADDRESS} --finds heap-use-after-free", FREED, "a heap-use-after-free in line 8", ["8", "7", "5"]),
        (f"{ADDRESS} --finds heap-buffer-overflow", PAST_THE_END, "a heap-buffer-overflow in line 6", ["6", "5"]),
        (f"{ADDRESS} --finds double-free", TWICE, "a double-free in line 5", ["5", "4", "3"]),
        (f"{ADDRESS} --finds SEGV", NULL_WRITE, "a SEGV in line 3", ["3"]),
        (f"{ADDRESS} --finds leak", KEPT, "memory leaks in line 3", ["3"]),
        ('--sanitize thread --finds "data race"', RACE, "a data race in line 4", ["4", "4", "10", "9"]),
    ],
)
def test_a_bug_that_is_looked_for_is_a_success(
    shell: InteractiveShell, cc: str, line: str, source: str, told: str, places: list[str]
) -> None:
    shown = Shown(shell, line, source)
    assert shown.error is None, shown.text
    assert "As expected: " in shown.text
    assert told in shown.text
    assert re.findall(r"^    in \w+, line (\d+)$", shown.text, re.MULTILINE) == places, shown.text


@pytest.mark.parametrize(("line", "source"), [(ADDRESS, FREED), ("--sanitize thread --finds race", RACE)])
def test_nothing_of_this_machine_or_of_this_run_is_shown(
    shell: InteractiveShell, cc: str, line: str, source: str
) -> None:
    shown = Shown(shell, line, source)
    assert not re.search(r"0x[0-9a-f]|/|==\d+==|pid=|tid=|\.so", shown.text), shown.text


def test_a_bug_that_nobody_looked_for_is_a_short_error_and_no_call_stack(shell: InteractiveShell, cc: str) -> None:
    shown = Shown(shell, ADDRESS, FREED)
    assert shown.said == "AddressSanitizer found a heap-use-after-free in line 8."
    assert hasattr(shown.error, "_render_traceback_")
    assert shown.text.startswith("✗ AddressSanitizer found a heap-use-after-free")


def test_what_was_printed_before_the_bug_is_there(shell: InteractiveShell, cc: str) -> None:
    assert Shown(shell, f"{ADDRESS} --finds heap-use-after-free", FREED).stdout == "forwarded\n"


@pytest.mark.parametrize(
    ("line", "source", "said"),
    [
        (f"{ADDRESS} --finds heap-use-after-free", FINE, "Expected heap-use-after-free, but it ran to its end"),
        (f"{ADDRESS} --finds heap-buffer-overflow", FREED, "but AddressSanitizer found a heap-use-after-free"),
        (f"{ADDRESS} --finds leak", "int main(void) { return 3; }", "but the program ended with exit code 3."),
        (
            "",
            "int main(void) {\n    return head;\n}",
            "does not compile: 'head' undeclared (first use",
        ),
        ("", "int main(void) {\n    return head;\n}", "(line 2)"),
        ("", "int parse(void) { return 0; }", "The cell does not compile: it has no `main`."),
        ("", "void drain(void);\nint main(void) { drain(); }", "undefined reference to `drain'"),
        ("--limit 0.5", "int main(void) { for (;;) {} }", "it did not end within 0.5 s"),
        (f"{ADDRESS} --limit 0.5", "int main(void) { for (;;) {} }", "it did not end within 0.5 s"),
        ("", "int main(void) { return 3; }", "ended with exit code 3"),
        ("", NULL_WRITE, "touched memory that is not its own"),
    ],
)
def test_a_failure_is_said_in_words_and_raised(
    shell: InteractiveShell, cc: str, line: str, source: str, said: str
) -> None:
    shown = Shown(shell, line, source)
    assert said in shown.said
    assert hasattr(shown.error, "_render_traceback_")


def test_a_flood_is_cut(shell: InteractiveShell, cc: str) -> None:
    shown = Shown(shell, "", '#include <stdio.h>\nint main(void) { for (;;) puts("GET /"); }')
    assert "it printed more than 256 KiB" in shown.said
    assert shown.stdout.count("GET /") == 30


def test_too_much_memory_is_refused_with_a_sanitizer_too(shell: InteractiveShell, cc: str) -> None:
    eats = """#include <stdlib.h>
#include <string.h>
int main(void) { for (;;) memset(malloc(1 << 24), 1, 1 << 24); }"""
    assert Shown(shell, f"{ADDRESS} --limit 20", eats).error is not None


def test_warnings_are_shown_and_are_no_failure(shell: InteractiveShell, cc: str) -> None:
    shown = Shown(shell, "", "int main(void) {\n    int unused;\n    return 0;\n}")
    assert shown.error is None
    assert "cell.c:2:9: warning: unused variable 'unused' [-Wunused-variable]" in shown.text


def test_what_a_program_writes_is_no_markup_and_no_escape(shell: InteractiveShell, cc: str) -> None:
    shown = Shown(shell, "", '#warning "<b>"\n#include <stdio.h>\nint main(void) { puts("\\033]0;owned\\007"); }')
    assert "\x07" not in shown.stdout
    assert "<b>" not in shown.html


def test_an_interrupt_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(c_program, "run", interrupted)
    with pytest.raises(Interrupted, match="You interrupted the cell"):
        c_cell.c("", FINE)


@pytest.mark.parametrize(
    "line", ["--sanitise address", "--sanitize memory", "--limit -1", '--finds "', "extra", "--finds leak"]
)
def test_a_mistyped_option_shows_the_usage(line: str) -> None:
    with pytest.raises(UsageError, match="Usage: %%c"):
        c_cell.parse(line)


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def recording_cell() -> Cell:
    return next(cell for cell in CELLS if "--recorded 01-request/freed" in cell.line)


def test_without_a_compiler_the_recording_is_shown(shell: InteractiveShell, no_compiler: None) -> None:
    cell = recording_cell()
    shown = Shown(shell, cell.line, cell.source)
    assert shown.error is None
    assert shown.stdout == "forwarded 18 bytes\n"
    assert "This machine has no C compiler (cc, gcc or clang)." in shown.text
    assert "recorded with gcc 12.2.0 on Debian 12" in shown.text
    assert "As expected: AddressSanitizer found a heap-use-after-free in line 13." in shown.text
    assert "freed here:\n    in forward, line 7" in shown.text


@pytest.mark.parametrize("change", ["code", "options"])
def test_a_recording_is_not_shown_beside_other_code(shell: InteractiveShell, no_compiler: None, change: str) -> None:
    cell = recording_cell()
    source = cell.source.replace("menu", "cart") if change == "code" else cell.source
    line = cell.line if change == "code" else "--recorded 01-request/freed"
    shown = Shown(shell, line, source)
    assert (shown.stdout, shown.error) == ("", None)
    assert "What was recorded is of other code." in shown.text
    assert "apt install gcc" in shown.text


def test_without_a_compiler_and_a_recording_the_cell_says_what_is_missing(
    shell: InteractiveShell, no_compiler: None
) -> None:
    shown = Shown(shell, "", FINE)
    assert shown.error is None
    assert shown.text.startswith("✗ This machine has no C compiler (cc, gcc or clang).\n")


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ('case "$*" in *-fsanitize*) echo "cannot find -lasan" >&2; exit 1;; esac\nexec {cc} "$@"', "can't build"),
        ('out=; for word; do [ "$last" = -o ] && out=$word; last=$word; done\n'
         'printf "#!/bin/sh\\necho FATAL: AddressSanitizer: unexpected memory mapping >&2\\nexit 66\\n" > $out\n'
         "chmod +x $out", "lays memory out in a way"),
    ],
    ids=["no library", "no place"],
)  # fmt: skip
def test_where_the_sanitizer_does_not_run_the_recording_is_shown(
    shell: InteractiveShell, cc: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, why: str
) -> None:
    fake = tmp_path / "cc"
    fake.write_text(f"#!/bin/sh\n{script.replace('{cc}', cc)}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    cell = recording_cell()
    shown = Shown(shell, cell.line, cell.source)
    assert "AddressSanitizer does not run on this machine: " in shown.text
    assert why in shown.text
    assert "recorded with gcc 12.2.0 on Debian 12" in shown.text


CLANG = """WARNING: ThreadSanitizer: data race (pid=7)
  Write of size 8 at 0x55d4 by thread T2:
    #0 serve /srv/ann/cell.c:4:52 (cell+0x4b9) (BuildId: 12ab)

  Previous write of size 8 at 0x55d4 by thread T1 (mutexes: write M0):
    #0 serve /srv/ann/cell.c:4:52 (cell+0x4b9) (BuildId: 12ab)
    #1 __tsan_thread_start_func <null> (cell+0x1)

SUMMARY: ThreadSanitizer: data race /srv/ann/cell.c:4:52 in serve
"""


def test_clang_s_way_to_write_a_report_is_read_too() -> None:
    report = sanitizer.read(CLANG, "cell.c")
    assert report is not None
    assert (report.kind, report.line) == ("data race", 4)
    assert report.text.splitlines() == [
        "ThreadSanitizer: data race",
        "Write of size 8 by thread T2:",
        "    in serve, line 4",
        "Previous write of size 8 by thread T1 (mutexes: write M0):",
        "    in serve, line 4",
    ]


@pytest.mark.parametrize("cell", EACH)
def test_each_c_cell_of_a_notebook_has_a_recording_of_its_code(cell: Cell) -> None:
    options = c_cell.parse(cell.line)
    assert options.recorded, f"a %%c cell of {cell.notebook.name} has no --recorded NAME, so some readers see nothing"
    recording = recorded.read(DESK, options.recorded)
    assert recording.is_of(cell.source, options.sanitize), "the code has changed: run `proxylings record`"
    assert not options.finds or recording.finds(options.finds)


@pytest.mark.parametrize("cell", EACH)
def test_each_recorded_bug_is_still_found(cell: Cell, cc: str) -> None:
    options = c_cell.parse(cell.line)
    ran = c_program.run(cell.source, sanitize=options.sanitize, finds=options.finds, limit=options.limit)
    recording = recorded.read(DESK, options.recorded)
    if options.finds:
        assert ran.report is not None, ran.ending()
        assert recording.finds(ran.report.kind)
    if options.sanitize != "thread":
        assert ran.ending() == recording.ending


def test_each_recording_belongs_to_a_cell() -> None:
    named = {recorded.path(DESK, c_cell.parse(cell.line).recorded) for cell in CELLS}
    assert set((DESK.course / "notebooks" / "recorded").rglob("*.txt")) == named


def test_the_weaver_keeps_a_c_cell_and_its_expected_output() -> None:
    source = f"""```{{code-cell}} ipython3
:tags: [nbval-check-output]

%%c
{FINE}
```

```{{output}}
GET /
```
"""
    book = jupytext.reads(weave.notebook(source, "page"), fmt="ipynb")
    assert [cell.cell_type for cell in book.cells] == ["code"]
    assert book.cells[0].source == f"%%c\n{FINE}"
    assert book.cells[0].outputs[0].text == "GET /\n"


@pytest.fixture
def author(desk_copy: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk of its own, in which the one C cell is that of FREED."""
    shutil.rmtree(desk_copy.root / "notebooks" / "recorded")
    for path in (desk_copy.root / "notebooks" / "src").glob("*.md"):
        path.unlink()
    cell = f"%%c {ADDRESS} --finds heap-use-after-free --recorded 01-request/mine\n{FREED}"
    (desk_copy.root / "notebooks" / "src" / "01-request.md").write_text(f"```{{code-cell}} ipython3\n{cell}\n```\n")
    monkeypatch.chdir(desk_copy.root)
    return desk_copy


def record(*names: str) -> Result:
    return CliRunner().invoke(main, ["record", *names])


def test_record_writes_what_is_missing_or_of_other_code(author: Desk, cc: str) -> None:
    path = author.root / "notebooks" / "recorded" / "01-request" / "mine.txt"
    assert record().output == "notebooks/recorded/01-request/mine.txt\n"
    assert recorded.read(author, "01-request/mine").output == "forwarded\n"
    assert record().output == ""
    path.write_text(path.read_text().replace("code: ", "code: 0"))
    assert record().output == "notebooks/recorded/01-request/mine.txt\n"
    assert record("01-request/mine").output == "notebooks/recorded/01-request/mine.txt\n"


def test_record_refuses_a_cell_that_does_not_find_its_bug(author: Desk, cc: str) -> None:
    source = author.root / "notebooks" / "src" / "01-request.md"
    source.write_text(source.read_text().replace("    free(head);\n", ""))
    result = record()
    assert result.exit_code == 1
    assert "01-request/mine was not recorded: no bug was found." in result.output


@pytest.mark.parametrize("name", ["freed", "../freed", "01-request/../../freed", "01-request/lost"])
def test_a_recording_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(CourseError, match=re.escape(name)):
        recorded.read(DESK, name)
