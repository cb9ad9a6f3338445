"""The findings, measures and criteria of a report, as sequences of records and as Arrow tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, overload

from modelassay._errors import ModelassayError, problem, some, unknown
from modelassay._records import Criterion, Finding, Measure

if TYPE_CHECKING:
    from typing import Self

    from modelassay import _core
    from modelassay._core import _Flat

__all__ = ["Criteria", "Findings", "Measures"]

#: How ids and tables write the group of rows whose value is missing, and join the parts of an intersection.
_MISSING, _AND = "∅", "&"

_Groups = str | int | float | bool | None | Sequence[str | int | float | bool | None]
_Row = TypeVar("_Row", Measure, Finding, Criterion)


class _Table(Generic[_Row]):
    """
    Rows of a report: a sequence of records, and an Arrow table.

    ``polars.DataFrame(table)``, ``pandas.DataFrame(table)`` and ``pyarrow.table(table)`` work, each without the
    others being installed.
    """

    # Not registered as a Sequence: data frame libraries would then pass over the Arrow interface.
    __slots__ = ("_core", "_places", "_rows")

    _name: ClassVar[_Flat]
    _record: ClassVar[Callable[..., Any]]
    _shown: ClassVar[tuple[str, ...]]

    def __init__(self, core: _core.Report, rows: Sequence[_Row] | None = None, places: list[int] | None = None) -> None:
        self._core = core
        if rows is None:
            rows = [type(self)._record(*row) for row in core.rows(self._name)]
        self._rows: Sequence[_Row] = rows
        self._places = places

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[_Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, place: int) -> _Row: ...
    @overload
    def __getitem__(self, place: slice) -> Self: ...
    def __getitem__(self, place: int | slice) -> _Row | Self:
        if isinstance(place, slice):
            return self._at(range(len(self))[place])
        return self._rows[place]

    def __contains__(self, row: object) -> bool:
        return row in self._rows

    def __reversed__(self) -> Iterator[_Row]:
        return reversed(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the rows through the Arrow PyCapsule interface."""
        return self._core.stream(self._name, self._places, requested_schema)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self._core.json(False), self._places)

    def __repr__(self) -> str:
        most = 20
        lines = [f"{type(self).__name__}: {len(self)} rows"]
        cells: list[list[str]] = [[_cell(getattr(row, name)) for name in self._shown] for row in self._rows[:most]]
        if cells:
            widths = [max(len(text) for text in column) for column in zip(self._shown, *cells, strict=True)]
            for line in [list(self._shown), *cells]:
                lines.append("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
        if len(self) > most:
            lines.append(f"… and {len(self) - most} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        most = 60
        cell = "padding:2px 12px 2px 0;text-align:left;vertical-align:top"
        head = "".join(f'<th scope="col" style="{cell}">{_escaped(name)}</th>' for name in self._shown)
        body = "".join(
            "<tr>"
            + "".join(f'<td style="{cell}">{_escaped(_cell(getattr(row, name)))}</td>' for name in self._shown)
            + "</tr>"
            for row in self._rows[:most]
        )
        more = f"<div>… and {len(self) - most} more</div>" if len(self) > most else ""
        return (
            f'<div style="font-variant-numeric:tabular-nums"><div>{len(self)} rows</div>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>"
        )

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries."""
        return [row._asdict() for row in self._rows]

    def where(self, **wanted: Any) -> Self:
        """
        Keep the rows whose columns have the values wanted.

        Parameters
        ----------
        **wanted
            Column and value. A list, tuple or set of values keeps all of them, except for `attribute`, `group` and
            `reference`, where a list or tuple is an intersection. A callable is asked of each value.

        Returns
        -------
        table
            The rows that are left, as the same kind of table.
        """
        columns = self._core.columns(self._name)
        for name in wanted:
            if name not in columns:
                raise ModelassayError([unknown(f"there is no column '{name}'", name, columns)])
        tests = [(name, _test(name, value)) for name, value in wanted.items()]
        return self._at(
            place for place, row in enumerate(self._rows) if all(test(getattr(row, name)) for name, test in tests)
        )

    def _at(self, places: Any) -> Self:
        places = list(places)
        of_all = places if self._places is None else [self._places[place] for place in places]
        return type(self)(self._core, [self._rows[place] for place in places], of_all)


class Measures(_Table[Measure]):
    """Every measure of an audit."""

    __slots__ = ()
    _name = "measures"
    _record = Measure
    _shown = ("name", "convention", "table", "attribute", "group", "value", "lower", "upper", "n", "undefined")

    def get(
        self,
        name: str,
        *,
        attribute: str | Sequence[str] | None = None,
        group: _Groups = None,
        convention: str | None = None,
        reference: _Groups = None,
        class_name: str | int | float | bool | None = None,
        table: str = "predictions",
    ) -> Measure:
        """
        Return one measure.

        Parameters
        ----------
        name : str
            Its name, such as ``"selection_rate"``.
        attribute : str or sequence of str, optional
            Protected attribute, or the attributes of an intersection; without it, the whole table.
        group : optional
            Value of the attribute, or one for each attribute; ``"∅"`` is the group of rows where it is missing.
        convention : str, optional
            Named definition, where a measure has several.
        reference : optional
            The group it is compared with, where there are several.
        class_name : optional
            One class against the rest, of a model of several; without it, the model as a whole.
        table : {"predictions", "reference"}
            The table it was measured on.

        Returns
        -------
        Measure

        Raises
        ------
        ModelassayError
            There is no such measure, or there are several; ``hint`` says which.
        """
        wanted: dict[str, Any] = {"name": name, "table": table, "attribute": attribute, "class_name": class_name}
        if group is not None:
            wanted["group"] = group
        if convention is not None:
            wanted["convention"] = convention
        if reference is not None:
            wanted["reference"] = reference
        found = self.where(**wanted)
        if len(found) == 1:
            return found[0]
        if found:
            ids = [measure.id for measure in found]
            hint = "add `group=` or `convention=`: " + some(ids)
            raise ModelassayError([problem("plan_invalid_value", f"{len(ids)} measures fit '{name}'", hint)])
        named = [measure for measure in self if measure.name == name]
        if named:
            hint = "there are: " + some([measure.id for measure in named])
            raise ModelassayError([problem("plan_invalid_value", f"no such '{name}' was measured", hint)])
        names = list(dict.fromkeys(measure.name for measure in self))
        raise ModelassayError([unknown(f"no measure '{name}' is in the report", name, names)])


class Findings(_Table[Finding]):
    """Every answer of an audit, in the order of the report."""

    __slots__ = ()
    _name = "findings"
    _record = Finding
    _shown = ("outcome", "severity", "check", "attribute", "group", "value", "lower", "upper", "n", "reason")

    def get(self, id: str) -> Finding:
        """Return the finding with this id."""
        for finding in self:
            if finding.id == id:
                return finding
        raise ModelassayError([unknown(f"there is no finding '{id}'", id, [finding.id for finding in self])])


class Criteria(_Table[Criterion]):
    """The acceptance criteria of the plan, in its order, each with its outcome."""

    __slots__ = ()
    _name = "criteria"
    _record = Criterion
    _shown = ("outcome", "severity", "text", "findings")


def _restored(kind: type[_Table[Any]], text: str, places: list[int] | None) -> _Table[Any]:
    """Unpickle."""
    from modelassay import _core

    whole = kind(_core.Report.from_json(text))
    return whole if places is None else whole._at(places)


def _test(column: str, wanted: Any) -> Callable[[Any], bool]:
    if callable(wanted):
        return cast("Callable[[Any], bool]", wanted)
    if column in ("attribute", "group", "reference", "class_name"):
        parts = wanted if isinstance(wanted, list | tuple) else [wanted]
        alone = wanted is None
        text = None if alone else _AND.join(_MISSING if part is None else _text(part) for part in parts)
        return lambda value: value == text
    if isinstance(wanted, list | tuple | set | frozenset):
        return lambda value: value in wanted
    return lambda value: value == wanted


def _text(value: Any) -> str:
    """Write a group as the report does: true and false in small letters, whole numbers without a point."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
