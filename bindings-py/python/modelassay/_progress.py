"""Progress of long work, on a terminal and in a notebook; nothing where neither is there to see it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TextIO, TypeAlias

if TYPE_CHECKING:
    from types import TracebackType

    from modelassay._core import _Progress

__all__ = ["Progress", "ProgressCallback"]

ProgressCallback: TypeAlias = Callable[[str, int, int | None, str], object]
"""Called with the table, how much is done, of how much (None when that is not known), and the unit: rows or bytes."""

#: Seconds of work before anything is shown.
_PATIENCE = 0.5
_WIDTH = 24


class Progress:
    """
    Show, or hand on, how far the reading is.

    Parameters
    ----------
    wanted : bool, callable or None
        None shows a bar on a terminal or in a notebook; True shows it anywhere; a callable is called instead.
    """

    def __init__(self, wanted: bool | ProgressCallback | None) -> None:
        self._call: ProgressCallback | None = None
        if callable(wanted):
            self._call = wanted
        elif wanted is not False:
            if _in_notebook():
                self._call = _NotebookBar()
            elif wanted or sys.stderr.isatty():
                self._call = _TerminalBar(sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._call, _Bar):
            self._call.clear()

    def of(self, table: str) -> _Progress | None:
        """Make what the engine calls for one table."""
        call = self._call
        if call is None:
            return None
        return lambda done, total, unit: call(table, done, total, unit)


class _Bar:
    """Waits before it shows anything, so that short work leaves no trace."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._shown = False

    def __call__(self, table: str, done: int, total: int | None, unit: str) -> None:
        if self._shown or time.monotonic() - self._since >= _PATIENCE:
            self._shown = True
            self.show(table, done, total, unit)

    def show(self, table: str, done: int, total: int | None, unit: str) -> None:
        raise NotImplementedError

    def clear(self) -> None:
        raise NotImplementedError


class _TerminalBar(_Bar):
    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._out = out

    def show(self, table: str, done: int, total: int | None, unit: str) -> None:
        text = f"{table}: {_amount(done, unit)}"
        if total:
            part = min(done / total, 1.0)
            full = round(part * _WIDTH)
            text = f"{table} [{'#' * full}{'.' * (_WIDTH - full)}] {part:4.0%} of {_amount(total, unit)}"
        self._out.write(f"\r{text}\x1b[K")
        self._out.flush()

    def clear(self) -> None:
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()


class _NotebookBar(_Bar):
    def __init__(self) -> None:
        super().__init__()
        self._handle: Any = None

    def show(self, table: str, done: int, total: int | None, unit: str) -> None:
        label = f"{table}: {_amount(done, unit)}" + (f" of {_amount(total, unit)}" if total else "")
        value = f' value="{done}" max="{total}"' if total else ""
        self._display(f"<progress{value} style='width:240px;vertical-align:middle'></progress> {label}", label)

    def clear(self) -> None:
        if self._shown:
            self._display("", "")

    def _display(self, html: str, text: str) -> None:
        from IPython.display import display  # type: ignore[import-not-found, unused-ignore]

        bundle = {"text/html": html, "text/plain": text}
        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)  # type: ignore[no-untyped-call, unused-ignore]
        else:
            self._handle.update(bundle, raw=True)


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    return shell is not None and hasattr(shell, "kernel")


def _amount(count: int, unit: str) -> str:
    if unit != "bytes":
        return f"{count:,} {unit}"
    size, units = float(count), ["bytes", "kB", "MB", "GB"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    return f"{size:.3g} {units[0]}"
