"""`audit`: from tables and a plan to a report."""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from modelassay import _core, _dossier, _inputs
from modelassay._errors import DataError, PlanError, problem
from modelassay._progress import Progress
from modelassay._report import Report

if TYPE_CHECKING:
    from modelassay._core import _Table
    from modelassay._dossier import Dossier
    from modelassay._inputs import Table
    from modelassay._progress import ProgressCallback
    from modelassay.types import Rule

__all__ = ["audit", "measured"]

_Scalar: TypeAlias = str | int | float | bool
#: More threads than this wait for memory.
_MOST_THREADS = 8


def audit(
    data: Table | None = None,
    *,
    plan: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    labels: Table | Literal[False] | None = None,
    reference: Table | Literal[False] | None = None,
    dossier: Dossier | Literal[False] | None = None,
    as_of: datetime.date | str | None = None,
    model: Mapping[str, str] | None = None,
    task: str | None = None,
    id: str | None = None,
    time: str | None = None,
    label: str | None = None,
    positive: _Scalar | None = None,
    label_time: str | None = None,
    max_label_delay: str | datetime.timedelta | None = None,
    prediction: str | None = None,
    decisions: Mapping[_Scalar, str] | None = None,
    score: str | None = None,
    scores: Mapping[_Scalar, str] | None = None,
    quantiles: Mapping[float | str, str] | None = None,
    threshold: float | None = None,
    favourable: _Scalar | None = None,
    weight: str | None = None,
    cluster: str | None = None,
    baseline: Mapping[str, _Scalar] | None = None,
    protected: str | Sequence[str | Sequence[str]] | None = None,
    reference_groups: Mapping[str, _Scalar] | None = None,
    missing_group: str | None = None,
    intersections: str | None = None,
    bins: Mapping[str, int | Sequence[float]] | None = None,
    small_groups: str | None = None,
    strata: str | Sequence[str] | None = None,
    population: Mapping[str, Mapping[_Scalar, float]] | None = None,
    memberships: Mapping[str, Mapping[_Scalar, str]] | None = None,
    consistency: Mapping[str, Any] | None = None,
    proxies: bool | None = None,
    features: Sequence[str] | None = None,
    missing_values: Sequence[_Scalar] | None = None,
    level: float | None = None,
    rule: Rule | None = None,
    conventions: Sequence[str] | None = None,
    rulebooks: str | Sequence[str | Mapping[str, Any]] | Mapping[str, Any] | None = None,
    min_n: int | None = None,
    min_n_shown: int | None = None,
    precision: Mapping[str, int] | None = None,
    seed: int | None = None,
    family: str | None = None,
    criteria: Sequence[str | Mapping[str, Any]] | None = None,
    threads: int | None = None,
    progress: bool | ProgressCallback | None = None,
    surface: str = "python",
) -> Report:
    """
    Audit the predictions of a model.

    The same values give the same :attr:`Report.digest`: from any kind of table, in any order of rows, on any number
    of threads.

    Parameters
    ----------
    data : path, data frame, Arrow stream or mapping of arrays, optional
        The predictions, one row each. A path is read as CSV, Parquet or Arrow IPC, told by its first bytes, in
        constant memory. Without it, the file that the plan names as ``data`` is read.
    plan : path, str or mapping, optional
        What is audited: the path of a YAML or JSON file, such a text itself (if it has several lines or starts with
        ``{``), or a mapping. Every key of a plan is also a keyword here; a keyword replaces the plan's key, lists
        and mappings as a whole.
    labels : like `data`, optional
        Labels that became known later, joined by `id`. False leaves out the table that the plan names.
    reference : like `data`, optional
        The table to compare with, usually the training rows. False leaves out the table that the plan names.
    dossier : path, text or mapping, optional
        The governance evidence kept beside the model. False leaves out the file that the plan names.
    as_of : date or str, optional
        The day the audit speaks for, as a date or in ISO 8601. Without it, what depends on time is not assessed:
        nothing here reads a clock.
    model : mapping, optional
        Who the model is: ``name``, ``version``, ``owner``, ``artefact``.
    task : str, optional
        What the model predicts: ``"binary"`` (the default), ``"multiclass"`` or ``"regression"``.
    id, time, label, label_time, prediction, score, weight, cluster : str, optional
        Name of the column with that role: identifier of a row; time of the prediction; outcome that came true; time
        at which it became known; decision that was taken; the model's score of the positive class; weight of a row
        (finite, at least 0); subject of a row, where subjects have several.
    baseline : mapping, optional
        The model or version that this one is compared with, row by row: ``prediction``, ``score`` and ``threshold`` of
        columns in the same table, and its ``name``.
    positive : str, int, float or bool, optional
        The label value that is the positive class, when it is not 1 or true.
    max_label_delay : str or timedelta, optional
        A label that took longer is reported as late, such as ``"60 days"``.
    decisions : mapping, optional
        What each value of `prediction` means: ``"positive"``, ``"negative"`` or ``"excluded"``.
    scores : mapping, optional
        The score column of each class of a multiclass model: ``{"cat": "p_cat", "dog": "p_dog"}``. Without
        `prediction`, the class with the highest score is the decision.
    quantiles : mapping, optional
        The column of each predicted quantile of a regression model, by its level between 0 and 1.
    threshold : float, optional
        Scores at or above it are positive decisions, in the unit of `score`.
    favourable : str, int, float or bool, optional
        The decision a person hopes for: ``"positive"`` (the default), ``"negative"`` or a value of `decisions`.
    protected : str or sequence, optional
        Attributes to compare; a nested list is an intersection: ``["race", "sex", ["race", "sex"]]``.
    reference_groups : mapping, optional
        The group that the others of an attribute are compared with.
    missing_group : str, optional
        Whether gaps compare the rows whose group is missing: ``"as_group"`` (the default) or ``"left_out"``.
    intersections : str, optional
        ``"pairs"`` compares every two of the single attributes of `protected` crossed.
    bins : mapping, optional
        How numeric attributes become groups: rising edges, ``{"age": [25, 45]}``, each the lower edge of its group, or
        a number of groups of about equally many rows, ``{"age": 4}``.
    small_groups : str, optional
        Groups with fewer than `min_n` rows: ``"suppress"`` (the default) or ``"pool"`` them into one.
    strata : str or sequence of str, optional
        Columns within whose values selection is compared again (Cochran-Mantel-Haenszel).
    population : mapping, optional
        Shares of the groups in the population, ``{"race": {"white": 0.6}}``; those in the table are compared with them.
    memberships : mapping, optional
        Attributes of which only probabilities are known: the column of each group,
        ``{"race": {"white": "p_white", "black": "p_black"}}``.
    consistency : mapping, optional
        What makes people alike, and with how many of those most like them each is compared:
        ``{"features": ["income", "debt"], "neighbours": 5}``; features are numbers.
    proxies : bool, optional
        Whether to measure how well each of `features` tells the group of a person.
    features : sequence of str, optional
        Columns that the model reads; their missing values are counted.
    missing_values : sequence, optional
        Values that mean "missing" besides the empty field.
    level : float, optional
        Two-sided confidence level of every interval, between 0 and 1; 0.95 by default.
    rule : {"interval", "point"}, optional
        Whether the whole interval (the default) or the value alone decides a criterion.
    conventions : sequence of str, optional
        Named definitions of gaps to report besides the default.
    rulebooks : str, sequence or mapping, optional
        Readings by the rules of a regulator, an industry or a library beside the criteria: ``["eeoc", "ll144"]``, or
        with settings ``{"us_credit": {"smd": 0.3}}``.
    min_n, min_n_shown : int, optional
        Fewest rows with which a criterion is judged (10), and with which a group's numbers are shown (5).
    precision : mapping, optional
        ``{"max_keys": n}``: how many distinct scores are kept exactly.
    seed : int, optional
        Number behind whatever is drawn at random.
    family : str, optional
        Name under which criteria share one correction for many tests, unless they name one.
    criteria : sequence, optional
        What must hold: short texts such as ``"roc_auc >= 0.70"`` or ``"selection_rate_ratio by race >= 0.80"``, or
        mappings.
    threads : int, optional
        Threads that measure and judge; by default as many as there are processors, at most 8. Never changes a
        result.
    progress : bool or callable, optional
        None shows a bar on a terminal or in a notebook when it takes long; False never does. A callable is called
        with the table, how much is done, of how much (or None), and ``"rows"`` or ``"bytes"``.
    surface : str, optional
        How the caller is called in the report's provenance, which no digest covers.

    Returns
    -------
    Report
        The verdict, the findings, every measure with its interval, and the renderings.

    Raises
    ------
    PlanError
        The plan or a keyword is wrong; ``problems`` lists everything at once.
    DataError
        A table cannot be read, or does not hold what the plan says.
    KeyboardInterrupt
        On Ctrl-C, soon; nothing is left behind.

    Notes
    -----
    The interpreter lock is released while rows are measured. Numeric arrays are read where they lie: do not write to
    them meanwhile. Methods and sources of every interval: ``docs/statistics.md``.

    Examples
    --------
    >>> report = modelassay.audit(
    ...     {"y": [1, 0, 1, 0], "yhat": [1, 0, 0, 0]},
    ...     label="y",
    ...     prediction="yhat",
    ...     criteria=["accuracy >= 0.9"],
    ... )
    >>> report.verdict
    'incomplete'
    """
    keywords = {
        "model": model,
        "task": task,
        "id": id,
        "time": time,
        "label": label,
        "positive": positive,
        "label_time": label_time,
        "max_label_delay": max_label_delay,
        "prediction": prediction,
        "decisions": decisions,
        "score": score,
        "scores": scores,
        "quantiles": quantiles,
        "threshold": threshold,
        "favourable": favourable,
        "weight": weight,
        "cluster": cluster,
        "baseline": baseline,
        "protected": protected,
        "reference_groups": reference_groups,
        "missing_group": missing_group,
        "intersections": intersections,
        "bins": bins,
        "small_groups": small_groups,
        "strata": strata,
        "population": population,
        "memberships": memberships,
        "consistency": consistency,
        "proxies": proxies,
        "features": features,
        "missing_values": missing_values,
        "level": level,
        "rule": rule,
        "conventions": conventions,
        "rulebooks": rulebooks,
        "min_n": min_n,
        "min_n_shown": min_n_shown,
        "precision": precision,
        "seed": seed,
        "family": family,
        "criteria": criteria,
    }
    given = {key: value for key, value in keywords.items() if value is not None}
    day = _day(as_of)
    begun = _now()
    # Labels of their own are looked up while the predictions stream by, so they come first.
    wanted: dict[_Table, Any] = {"labels": labels, "predictions": data, "reference": reference}
    engine = measured(plan, given, wanted, threads, progress, dossier)
    return Report(engine.finish(day, surface, (_now() - begun) * 1000, _threads(threads)))


def measured(
    plan: str | os.PathLike[str] | Mapping[str, Any] | None,
    given: dict[str, Any],
    wanted: Mapping[_Table, Any],
    threads: int | None = None,
    progress: bool | ProgressCallback | None = None,
    dossier: Dossier | Literal[False] | None = False,
) -> _core.Audit:
    """Read the plan and its tables, or those given in place of them; False leaves one out."""
    engine, folder = _open(plan, given)
    of_plan = dict(zip(("predictions", "labels", "reference"), engine.sources(), strict=True))
    tables: dict[_Table, Any] = {}
    for table, held in wanted.items():
        path = of_plan[table]
        if held is not None and held is not False:
            tables[table] = held
        elif held is None and path is not None:
            tables[table] = os.path.join(folder, path)
    if "predictions" not in tables:
        hint = "give them as the first argument, or name their file in the plan: `data: predictions.csv`"
        raise DataError([problem("table_empty", "no predictions were given", hint, source="predictions")])
    # What is quick to read comes first, so that its mistakes are heard at once.
    if dossier is None and (named := engine.dossier_source()) is not None:
        dossier = os.path.join(folder, named)
    if dossier is not None and dossier is not False:
        _dossier.read(engine, dossier)
    with Progress(progress) as shown:
        for table, held in tables.items():
            _inputs.read(engine, table, held, (_threads(threads), shown.of(table)))
    return engine


def _open(plan: str | os.PathLike[str] | Mapping[str, Any] | None, given: dict[str, Any]) -> tuple[_core.Audit, str]:
    """Read the plan; also tell from which folder its paths start."""
    if plan is None or isinstance(plan, Mapping):
        return _core.Audit(None, "", _json({**(plan or {}), **given})), ""
    keywords = _json(given) if given else None
    if isinstance(plan, str) and ("\n" in plan or plan.lstrip().startswith("{")):
        return _core.Audit(plan, "plan", keywords), ""
    if not isinstance(plan, str | os.PathLike):
        message = f"a plan cannot be of type {type(plan).__name__}"
        hint = "give a path, a text in YAML or JSON, or a mapping"
        raise PlanError([problem("plan_wrong_type", message, hint, source="plan")])
    path = os.fspath(plan)
    hint = "check the path" + ("; a plan given as text needs more than one line, or JSON" * isinstance(plan, str))
    return _core.Audit(_text_of(path, hint), os.path.basename(path), keywords), os.path.dirname(path)


def _text_of(path: str, hint: str) -> str:
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        message = f"'{path}' cannot be read: {(error.strerror or str(error)).lower()}"
        raise PlanError([problem("file_unreadable", message, hint, source="plan")]) from error
    except UnicodeDecodeError as error:
        message = f"'{path}' is not UTF-8 text"
        raise PlanError([problem("text_encoding", message, "save the plan in UTF-8", source="plan")]) from error


def _json(keywords: Mapping[str, Any]) -> str:
    return json.dumps({_key(key): _plain(value, _key(key)) for key, value in keywords.items()}, ensure_ascii=False)


def _plain(value: Any, field: str) -> Any:
    """Turn what people hold into what JSON has."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        if value - value == 0.0:
            return value
        raise _no_plan_value(f"{value} is not a finite number", field)
    if isinstance(value, Mapping):
        return {_key(key): _plain(held, f"{field}.{_key(key)}") for key, held in value.items()}
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return (
            f"{value.days} days" if value == datetime.timedelta(days=value.days) else f"{value.total_seconds()} seconds"
        )
    if hasattr(value, "item") and not getattr(value, "ndim", 0):
        return _plain(value.item(), field)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_plain(held, f"{field}[{place}]") for place, held in enumerate(value)]
    raise _no_plan_value(f"a value of type {type(value).__name__} does not belong in a plan", field)


def _key(key: Any) -> str:
    """Write a key as the plan does: `{1: "positive"}` and `{"1": "positive"}` are the same."""
    if isinstance(key, str):
        return key
    plain = _plain(key, "keys")
    return json.dumps(plain) if isinstance(plain, bool | int | float) else str(plain)


def _no_plan_value(message: str, field: str) -> PlanError:
    hint = "a plan holds texts, finite numbers, true and false, dates, lists and mappings"
    return PlanError([problem("plan_wrong_type", message, hint, source="keyword arguments", field=field)])


def _day(as_of: Any) -> str | None:
    if as_of is None or isinstance(as_of, str):
        return as_of
    if hasattr(as_of, "item"):
        as_of = as_of.item()
    if isinstance(as_of, datetime.datetime):
        as_of = as_of.date()
    if isinstance(as_of, datetime.date):
        return as_of.isoformat()
    message = f"as_of is of type {type(as_of).__name__}, which is not a date"
    hint = "give a datetime.date, or an ISO 8601 date such as '2026-11-23'"
    raise PlanError([problem("plan_wrong_type", message, hint, source="keyword arguments", field="as_of")])


def _threads(wanted: int | None) -> int:
    if wanted is None:
        return min(os.cpu_count() or 1, _MOST_THREADS)
    if isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < 1:
        hint = "give a whole number of 1 or more"
        raise PlanError(
            [problem("plan_invalid_value", f"{wanted!r} threads", hint, source="keyword arguments", field="threads")]
        )
    return wanted


def _now() -> float:
    # `time` is a keyword of `audit`.
    return time.perf_counter()
