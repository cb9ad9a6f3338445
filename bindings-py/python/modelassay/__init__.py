"""
Audit a deployed machine-learning model in one reproducible pass.

>>> import modelassay
>>> report = modelassay.audit("predictions.csv", plan="plan.yaml")  # doctest: +SKIP
>>> report.verdict  # doctest: +SKIP
'fail'

A table is a data frame of any library with the Arrow PyCapsule interface (polars, pyarrow, DuckDB…), a pandas data
frame, a mapping of arrays or lists, or the path of a CSV, Parquet or Arrow IPC file. Nothing else needs to be
installed. Equal values give the same :attr:`Report.digest`, wherever they come from.
"""

from modelassay import _errors as errors
from modelassay._alerts import AlertRule, AlertRules, NoAlert, alert_rules
from modelassay._audit import audit
from modelassay._catalogue import Check, Explanation, checks, draft_plan, explain, schema
from modelassay._core import __version__
from modelassay._dossier import Schedule, Scheduled, draft_dossier, schedule
from modelassay._errors import DataError, DossierError, ModelassayError, OutcomeError, PlanError
from modelassay._import import Imported, import_dossier
from modelassay._records import Criterion, Finding, Measure
from modelassay._report import Report
from modelassay._tables import Criteria, Findings, Measures
from modelassay._verdict import Verdict

__all__ = [
    "AlertRule",
    "AlertRules",
    "Check",
    "Criteria",
    "Criterion",
    "DataError",
    "DossierError",
    "Explanation",
    "Finding",
    "Findings",
    "Imported",
    "Measure",
    "Measures",
    "ModelassayError",
    "NoAlert",
    "OutcomeError",
    "PlanError",
    "Report",
    "Schedule",
    "Scheduled",
    "Verdict",
    "__version__",
    "alert_rules",
    "audit",
    "checks",
    "draft_dossier",
    "draft_plan",
    "errors",
    "explain",
    "import_dossier",
    "schedule",
    "schema",
]
