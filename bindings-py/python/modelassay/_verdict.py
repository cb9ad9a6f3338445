"""The answer to a whole audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from modelassay.types import Tally

__all__ = ["Verdict"]


class Verdict(str):
    """
    The answer to the whole audit: ``"pass"``, ``"conditional"``, ``"incomplete"`` or ``"fail"``.

    Attributes
    ----------
    reason : str
        Why, in one sentence.
    criteria, findings : dict
        How many there are of each outcome, and in all (``total``).
    """

    __slots__ = ("criteria", "findings", "reason")

    reason: str
    criteria: Tally
    findings: Tally

    def __new__(cls, outcome: str, reason: str, criteria: Tally, findings: Tally) -> Verdict:
        """Make a verdict with its denominators."""
        self = super().__new__(cls, outcome)
        self.reason, self.criteria, self.findings = reason, criteria, findings
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.reason, self.criteria, self.findings

    @property
    def exit_code(self) -> int:
        """What the command line returns: 0 for pass and conditional, 1 for fail, 3 for incomplete."""
        return {"pass": 0, "conditional": 0, "fail": 1}.get(str(self), 3)
