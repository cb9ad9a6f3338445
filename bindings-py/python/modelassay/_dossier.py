"""The dossier: governance evidence beside a model, and when its audits are due."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from modelassay import _core
from modelassay._errors import DossierError, ModelassayError, problem

if TYPE_CHECKING:
    from typing import TypeAlias

    #: A dossier: the path of a file, its text, or a mapping.
    Dossier: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]

__all__ = ["Schedule", "Scheduled", "draft_dossier", "read", "schedule", "text_of"]

Tier = Literal["low", "medium", "high", "critical_customer_facing"]


class Scheduled(NamedTuple):
    """An audit that comes."""

    model: str
    audit: Literal["full", "light"]
    #: The last day on which it is in time; None where the dossier says nothing to count from.
    due: datetime.date | None
    status: Literal["never", "overdue", "due_soon", "ok"] | None


class Schedule(list[Scheduled]):
    """The audits of an inventory, what is due first."""

    def __init__(self, audits: Iterable[Scheduled], calendar: str) -> None:
        super().__init__(audits)
        self._calendar = calendar

    def to_ics(self) -> str:
        """Return it as a calendar (iCalendar, RFC 5545)."""
        return self._calendar


def draft_dossier(*, tier: Tier = "high") -> str:
    """
    Write a first dossier: every key explained, nothing stated but the tier.

    Parameters
    ----------
    tier : {"low", "medium", "high", "critical_customer_facing"}
        How much depends on the model.

    Returns
    -------
    str
        The dossier, in YAML.
    """
    text = _core.draft_dossier(tier)
    if text is None:
        hint = "the tiers are low, medium, high and critical_customer_facing"
        raise DossierError([problem("dossier_invalid_value", f"there is no tier '{tier}'", hint)])
    return text


def schedule(dossiers: Dossier | Iterable[Dossier], *, as_of: datetime.date | str) -> Schedule:
    """
    List when the audits of models are due.

    Parameters
    ----------
    dossiers : path, text or mapping, or several of them
        The dossiers of the inventory.
    as_of : date or str
        The day for which it is worked out; nothing here reads a clock.

    Returns
    -------
    Schedule
        A full and a light audit of every model, what is due first.

    Raises
    ------
    DossierError
        A dossier is wrong.
    """
    several = [dossiers] if isinstance(dossiers, str | os.PathLike | Mapping) else dossiers
    texts = [text_of(dossier) for dossier in several]
    day = as_of.isoformat()[:10] if isinstance(as_of, datetime.date) else as_of
    listed, calendar = _core.schedule([(name, text) for name, text, _ in texts], day)
    return Schedule([_scheduled(**audit) for audit in json.loads(listed)], calendar)


def read(engine: _core.Audit, dossier: Dossier) -> None:
    """Hand a dossier to an audit."""
    name, text, file = text_of(dossier)
    engine.read_dossier(text, name, file)


def _scheduled(model: str, audit: Any, due: str | None = None, status: Any = None) -> Scheduled:
    return Scheduled(model, audit, datetime.date.fromisoformat(due) if due else None, status)


def text_of(dossier: Dossier) -> tuple[str, str, bool]:
    """Name and text of a dossier, and whether it is a file."""
    if isinstance(dossier, Mapping):
        return "dossier", json.dumps(dossier, default=_plain, ensure_ascii=False), False
    if isinstance(dossier, str) and ("\n" in dossier or dossier.lstrip().startswith("{")):
        return "dossier", dossier, False
    if not isinstance(dossier, str | os.PathLike):
        message = f"a dossier cannot be of type {type(dossier).__name__}"
        hint = "give a path, a text in YAML or JSON, or a mapping"
        raise DossierError([problem("dossier_wrong_type", message, hint, source="dossier")])
    path = os.fspath(dossier)
    try:
        with open(path, encoding="utf-8-sig") as file:
            return os.path.basename(path), file.read(), True
    except OSError as error:
        message = f"'{path}' cannot be read: {(error.strerror or str(error)).lower()}"
        raise ModelassayError([problem("file_unreadable", message, "check the path", source="dossier")]) from error
    except UnicodeDecodeError as error:
        message = f"'{path}' is not UTF-8 text"
        raise ModelassayError([problem("text_encoding", message, "save it in UTF-8", source="dossier")]) from error


def _plain(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    raise DossierError(
        [problem("dossier_wrong_type", f"a dossier cannot hold a {type(value).__name__}", "write it as text")]
    )
