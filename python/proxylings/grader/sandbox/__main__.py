"""`python -m proxylings.grader.sandbox`: say what sandbox this machine gives, or why it gives none and what to do."""

import sys

from proxylings.grader.sandbox import SandboxUnavailable, find

try:
    print(find().backend)
except SandboxUnavailable as error:
    print(error.what, error.hint, sep="\n", file=sys.stderr)
    sys.exit(1)
