"""After the set-up nothing needs a network: proven where there is none."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proxylings.course import Desk
from tests.conftest import missing, required

# Run inside the namespace. It first makes sure that there is no network, or the rest would prove nothing.
SESSION = r'''
import socket, subprocess, sys
from jupyter_client.manager import start_new_kernel

try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
except OSError as error:
    print("no network:", error.strerror)
else:
    sys.exit("there is a network")

CELLS = ["%load_ext proxylings", """%%rust
println!("the answer is {}", 6 * 7);
""", """from proxylings.lab import mine, run_proxy
print(mine.request.hand_on(b"GET /offline HTTP/1.1\\r\\n\\r\\n"))
with run_proxy("mine") as proxy:
    print("the proxy says", proxy.get("/status/204").status)
"""]
manager, client = start_new_kernel(cwd="notebooks", startup_timeout=60)
shown = []
try:
    for cell in CELLS:
        seen = []
        reply = client.execute_interactive(cell, timeout=120, output_hook=lambda news: seen.append(news["content"]))
        assert reply["content"]["status"] == "ok", (cell, seen)
        shown.append(str(seen))
    for said in ("the answer is 42", "/offline", "the proxy says 204"):
        assert said in str(shown), (said, shown)
    print("a kernel ran a Rust cell, the learner's part and the proxy")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
for exercise in ("00-tour/first_green", "01-request"):
    subprocess.run([sys.executable, "-c", "from proxylings.cli import main; main()", "check", exercise], check=True)
print("two checks passed")
'''


def without_network() -> list[str]:
    """Return the command that runs what follows it where only loopback exists."""
    unshare, ip, shell = required("unshare"), required("ip"), required("sh")
    for options in (["-rn"], ["-n"]):
        inside = [unshare, *options, shell, "-c", f'{ip} link set lo up && exec "$@"', "sh"]
        if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode == 0:
            return inside
    return missing("network namespaces can't be had here; as root, or in a virtual machine, they can")


@pytest.mark.timeout(600)
def test_a_kernel_a_rust_cell_and_a_check_work_without_a_network(desk_copy: Desk, tmp_path: Path) -> None:
    for wanted in ("00-tour/first_green", "01-request"):
        exercise = desk_copy.exercise(wanted)
        shutil.copyfile(desk_copy.solution(exercise), desk_copy.source(exercise))
    script = tmp_path / "session.py"
    script.write_text(SESSION)
    command = [*without_network(), sys.executable, str(script)]
    done = subprocess.run(command, cwd=desk_copy.root, capture_output=True, text=True, check=False)
    shown = f"{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, shown
    for said in ("no network", "a kernel ran a Rust cell", "two checks passed"):
        assert said in done.stdout, shown
