"""nbval runs every notebook as a part of the test run; these tests see to it that it looks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from proxylings import weave

SOURCE = """# A page

```{code-cell} ipython3
:tags: [nbval-check-output]

%%rust
println!("kept");
```

```{output}
KEPT
```
"""
LOAD = "```{code-cell} ipython3\n%load_ext proxylings\n```\n\n"


@pytest.mark.parametrize(("said", "code"), [("kept", 0), ("lost", 1)], ids=["as written", "different"])
def test_an_output_that_differs_from_the_written_one_fails(
    tmp_path: Path, repository: Path, said: str, code: int
) -> None:
    source = SOURCE.replace("# A page\n\n", f"# A page\n\n{LOAD}").replace("KEPT", said)
    (tmp_path / "page.ipynb").write_text(weave.notebook(source, "page"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(repository / "pyproject.toml")]
    done = subprocess.run([*command, "page.ipynb"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout


def test_every_chapter_has_cells_whose_output_is_checked(repository: Path) -> None:
    for path in sorted((repository / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text())["cells"]
        checked = [cell for cell in cells if "nbval-check-output" in cell["metadata"].get("tags", [])]
        assert checked, f"{path.name} has no cell tagged nbval-check-output"
        assert all(cell["outputs"] and cell["execution_count"] for cell in checked)
