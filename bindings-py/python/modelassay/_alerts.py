"""Alerting rules for what must hold and alerts nobody yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from modelassay import _core
from modelassay._dossier import text_of

if TYPE_CHECKING:
    from modelassay._dossier import Dossier

__all__ = ["AlertRule", "AlertRules", "NoAlert", "alert_rules"]


class AlertRule(NamedTuple):
    """A rule of a threshold."""

    alert: str
    #: Path of the criterion or level of service in the dossier.
    watches: str
    #: When it fires, in PromQL.
    expr: str
    metric: str
    #: Whether the dossier says that the service exports the metric.
    exported: bool


class NoAlert(NamedTuple):
    """What alerts nobody and has no rule."""

    path: str
    why: str


class AlertRules(NamedTuple):
    """Rules of Prometheus, and what has none."""

    #: The rule file, in YAML; empty where no rule is missing.
    text: str
    rules: list[AlertRule]
    left: list[NoAlert]


def alert_rules(dossier: Dossier) -> AlertRules:
    """
    Write the Prometheus rules that a dossier lacks.

    One for each acceptance criterion and level of service that no monitor with an alert covers, and one for each of
    their metrics that falls silent.

    Parameters
    ----------
    dossier : path, text or mapping
        The dossier.

    Returns
    -------
    AlertRules
        The rule file, what each rule watches, and what has no rule and why.

    Raises
    ------
    DossierError
        The dossier is wrong.
    """
    name, text, _ = text_of(dossier)
    found = json.loads(_core.alert_rules(name, text))
    return AlertRules(
        found["text"],
        [AlertRule(**rule) for rule in found["rules"]],
        [NoAlert(**left) for left in found["left"]],
    )
