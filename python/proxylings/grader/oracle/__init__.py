"""Grade one submission strictly: inputs go into the sandbox, values come out, and what is right is decided outside.

The sandbox holds the learner's code and a shim that is no secret (`tests/oracle/`). The same shim, linked to the
reference, made the transcript that the values are compared with. Expected values never enter the sandbox.
"""

from proxylings.grader.oracle.cases import Submission
from proxylings.grader.oracle.hidden import check as check_cases
from proxylings.grader.oracle.judge import can_grade, grade, missing

__all__ = ["Submission", "can_grade", "check_cases", "grade", "missing"]
