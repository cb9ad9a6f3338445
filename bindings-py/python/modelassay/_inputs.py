"""Hand a table to the engine, whatever it is held in; without a copy where that can be."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from modelassay._core import Column
from modelassay._errors import DataError, problem

if TYPE_CHECKING:
    from modelassay._core import Audit, _How, _Table

__all__ = ["ArrowStream", "Table", "read"]


class ArrowStream(Protocol):
    """Whatever has the Arrow PyCapsule interface: polars, pyarrow, DuckDB and many more."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the rows."""
        ...


Table: TypeAlias = str | os.PathLike[str] | ArrowStream | Mapping[str, Any]
"""A table: a path, a data frame, an Arrow stream, or a mapping of column names to arrays or lists."""

#: Types of NumPy's ``dtype.kind`` that go through the buffer protocol as they are.
_NUMBERS = "iuf"


def read(audit: Audit, table: _Table, data: Any, how: _How) -> None:
    """Measure one table of an audit."""
    kind = _name_of(type(data))
    if isinstance(data, str | os.PathLike):
        audit.read_file(table, os.fspath(data), how)
    elif _is_a(data, "pandas", "DataFrame"):
        wanted = set(audit.columns(table))
        names = [str(name) for name in data.columns]
        columns = [
            _of_series(data.iloc[:, place], name, table) if name in wanted else Column.unread(len(data))
            for place, name in enumerate(names)
        ]
        audit.read_columns(table, names, columns, (kind, "pandas"), how)
    elif hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        audit.read_stream(table, data, kind, _rows(data), how)
    elif isinstance(data, Mapping):
        _read_arrays(audit, table, {str(name): values for name, values in data.items()}, kind, how)
    elif _is_a(data, "numpy", "ndarray") and data.dtype.names:
        arrays = {name: data[name] for name in data.dtype.names}
        _read_arrays(audit, table, arrays, kind, how)
    else:
        raise DataError([_no_table(data, kind, table)])


def _read_arrays(audit: Audit, table: _Table, arrays: Mapping[str, Any], kind: str, how: _How) -> None:
    wanted = set(audit.columns(table))
    columns = {name: _of_values(values, name, table) for name, values in arrays.items() if name in wanted}
    length = len(next(iter(columns.values()))) if columns else 0
    unread = Column.unread(length)
    read = [columns.get(name, unread) for name in arrays]
    audit.read_columns(table, list(arrays), read, (kind, "arrays"), how)


def _of_values(values: Any, name: str, table: str) -> Column:
    """Convert a column of a mapping."""
    if _is_a(values, "numpy", "ndarray"):
        return _of_array(values, name, table)
    if _is_a(values, "pandas", "Series"):
        return _of_series(values, name, table)
    if hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        return Column.from_arrow(values)
    if isinstance(values, list):
        return Column.from_objects(values, name, table)
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise _column_type(f"a column cannot be {_a(_name_of(type(values)))}", name, table)
    if hasattr(values, "__array__"):
        import numpy

        return _of_array(numpy.asarray(values), name, table)
    if isinstance(values, memoryview) or _is_a(values, "array", "array"):
        view = memoryview(values)  # type: ignore[arg-type]
        if view.ndim == 1 and view.c_contiguous and view.format in set("bBhHiIlLqQfd") and len(view):
            return Column.from_buffer(values)
        values = view.tolist()
    return Column.from_objects(list(values), name, table)


def _of_array(array: Any, name: str, table: str) -> Column:
    """Convert a NumPy array."""
    import numpy

    if array.ndim != 1:
        shape = " x ".join(str(size) for size in array.shape)
        raise _column_type(f"an array of {array.ndim} dimensions ({shape}) is not a column", name, table)
    if isinstance(array, numpy.ma.MaskedArray) or not len(array):
        return Column.from_objects(array.tolist(), name, table)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "b":
        return Column.from_bools(numpy.ascontiguousarray(array).view("uint8"))
    if kind in _NUMBERS:
        # The engine takes float32 and float64; both others lie within or beyond what it can tell apart.
        exact = array.dtype.newbyteorder("=") if kind != "f" or size in (4, 8) else numpy.dtype("float64")
        return Column.from_buffer(numpy.ascontiguousarray(array, dtype=exact))
    if kind == "U" and size:
        points = numpy.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))
        return Column.from_code_points(points.view("uint32"), size // 4, name, table)
    if kind == "M":
        unit = numpy.datetime_data(array.dtype)
        if unit not in {("s", 1), ("ms", 1), ("us", 1), ("ns", 1)}:
            array, unit = array.astype("datetime64[us]"), ("us", 1)
        counts = numpy.ascontiguousarray(array.astype(array.dtype.newbyteorder("="))).view("int64")
        return Column.from_times(counts, unit[0])
    if kind in "cmV":
        raise _column_type(f"a column cannot hold NumPy's {array.dtype}", name, table)
    return Column.from_objects(array.tolist(), name, table)


def _of_series(series: Any, name: str, table: str) -> Column:
    """Convert a column of pandas, with pyarrow or without it."""
    import numpy

    dtype = series.dtype
    if isinstance(dtype, numpy.dtype):
        return _of_array(series.to_numpy(), name, table)
    if _is_a(dtype, "pandas", "CategoricalDtype"):
        categories = Column.from_objects(dtype.categories.tolist(), name, table)
        codes = series.cat.codes.to_numpy()
        if len(codes) and codes.dtype.itemsize <= 4:
            return Column.from_categories(numpy.ascontiguousarray(codes), categories)
    elif _is_a(dtype, "pandas", "DatetimeTZDtype"):
        return _of_array(series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(), name, table)
    elif hasattr(series.array, "__arrow_array__") and sys.modules.get("pyarrow") is not None:
        held = series.array.__arrow_array__()
        if hasattr(held, "__arrow_c_stream__") or hasattr(held, "__arrow_c_array__"):
            return Column.from_arrow(held)
    return Column.from_objects(series.astype(object).tolist(), name, table)


def _rows(data: Any) -> int | None:
    """Tell the number of rows, where that costs nothing."""
    try:
        return len(data)
    except (TypeError, NotImplementedError, AttributeError):
        return None


def _is_a(value: object, package: str, name: str) -> bool:
    """Tell whether a value is of a type of a package, without importing the package."""
    module = sys.modules.get(package)
    return module is not None and isinstance(value, getattr(module, name, ()))


def _name_of(kind: type) -> str:
    package = kind.__module__.partition(".")[0]
    return kind.__qualname__ if package == "builtins" else f"{package}.{kind.__qualname__}"


def _a(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in "aeiou" else f"a {noun}"


def _column_type(message: str, name: str, table: str) -> DataError:
    hint = "give a one-dimensional array or a list with one value for each row"
    return DataError([problem("column_type", message, hint, source=table, field=name)])


def _no_table(data: Any, kind: str, table: str) -> Any:
    if hasattr(data, "collect"):
        hint = "collect it first: `.collect()`"
    elif _is_a(data, "numpy", "ndarray"):
        hint = "an array has no column names: give a dict such as {'label': y, 'score': s}"
    elif isinstance(data, list | tuple):
        hint = "give one table; several files or frames are put together before the audit"
    else:
        hint = "give a data frame, an Arrow table, a dict of arrays or lists, or the path of a file"
    return problem("format_unknown", f"{_a(kind)} is not a table", hint, source=table)
