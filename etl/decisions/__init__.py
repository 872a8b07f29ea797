"""What the collecting office decided about submissions: corrections, assignments, explanations. Declared, dated, reasoned."""

from etl.decisions.apply import Outcome, apply_decisions
from etl.decisions.files import FileDecision, column_decisions, file_decisions
from etl.decisions.model import DEFAULT_FILE, Decision, read_decisions, write_decisions

__all__ = [
    "DEFAULT_FILE",
    "Decision",
    "FileDecision",
    "Outcome",
    "apply_decisions",
    "column_decisions",
    "file_decisions",
    "read_decisions",
    "write_decisions",
]
