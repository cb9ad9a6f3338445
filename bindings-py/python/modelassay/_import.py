"""Drafts of a dossier from the files of other tools."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from modelassay import _core
from modelassay._dossier import text_of
from modelassay._errors import ModelassayError, problem

if TYPE_CHECKING:
    from modelassay._dossier import Dossier

__all__ = ["Conflict", "Filled", "Imported", "Origin", "Unread", "import_dossier"]

Format = Literal[
    "model_card",
    "mlflow",
    "cyclonedx",
    "croissant",
    "prometheus",
    "grafana",
    "alertmanager",
    "prov",
    "openlineage",
    "dvc",
    "card_toolkit",
    "scim",
    "kubernetes",
    "aws_iam",
    "aws_credentials",
    "access_review",
    "incidents",
]
#: Largest file, as the core has it: a larger one is not even read.
_MAX_BYTES = 4 << 20


class Origin(NamedTuple):
    """Where a statement comes from."""

    file: str
    #: From 1; None where it is the dossier's own.
    line: int | None
    #: The key, heading or column within the file.
    key: str

    def __str__(self) -> str:
        """Return it as messages do: `README.md, line 3: license`."""
        line = "" if self.line is None else f", line {self.line}"
        return f"{self.file}{line}{': ' if self.key else ''}{self.key}"


class Filled(NamedTuple):
    """A value that the draft states."""

    #: Its place in the draft, such as `data.datasets[0].licence`.
    path: str
    value: Any
    origin: Origin


class Unread(NamedTuple):
    """What could not be read, or has no place in a dossier."""

    #: The first place where it stands.
    origin: Origin
    why: str
    #: How often it stands there.
    times: int


class Conflict(NamedTuple):
    """Two statements of which only one can be true: the draft or dossier keeps the first."""

    path: str
    kept: Any
    kept_origin: Origin
    given: Any
    origin: Origin


class Imported:
    """A draft of a dossier, and what became of the files."""

    def __init__(self, read: dict[str, Any]) -> None:
        self._text: str = read["text"]
        self._formats: tuple[Format, ...] = tuple(read["formats"])
        self._filled = tuple(Filled(one["path"], one["value"], _origin(one["from"])) for one in read["filled"])
        self._unread = tuple(Unread(_origin(one["from"]), one["why"], one["count"]) for one in read["unread"])
        self._conflicts = tuple(
            Conflict(one["path"], one["kept"], _origin(one["kept_from"]), one["given"], _origin(one["from"]))
            for one in read["conflicts"]
        )

    @property
    def text(self) -> str:
        """The draft in YAML, with the origin of every value beside it."""
        return self._text

    @property
    def formats(self) -> tuple[Format, ...]:
        """What each file was taken for."""
        return self._formats

    @property
    def filled(self) -> tuple[Filled, ...]:
        """What the draft states."""
        return self._filled

    @property
    def unread(self) -> tuple[Unread, ...]:
        """What it leaves out."""
        return self._unread

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What contradicts it, or the dossier."""
        return self._conflicts

    def __repr__(self) -> str:
        """Return its counts."""
        filled, unread, conflicts = len(self._filled), len(self._unread), len(self._conflicts)
        return f"Imported(filled={filled}, unread={unread}, conflicts={conflicts})"


def import_dossier(
    *paths: str | os.PathLike[str], format: Format | None = None, dossier: Dossier | None = None
) -> Imported:
    """
    Draft a dossier from the files of other tools.

    Nothing is executed or fetched. What the files state and the dossier has no place for is listed.

    Parameters
    ----------
    *paths : path
        Model cards (`README.md`), MLflow's `MLmodel`, CycloneDX, Croissant, rules of Prometheus and Grafana, the
        configuration of Alertmanager, PROV-JSON, events of OpenLineage, `dvc.lock`, cards of the Model Card Toolkit,
        users of SCIM, RBAC of Kubernetes, policies and credential reports of AWS IAM, reviews of access or incidents
        in CSV. Where two of them state different things, the first one stands.
    format : str, optional
        What the files are, where names and contents do not tell.
    dossier : path, text or mapping, optional
        The dossier that there is: the draft then holds only what it does not state.

    Returns
    -------
    Imported
        The draft, and what was filled in, left out and contradicted.

    Raises
    ------
    ModelassayError
        A file cannot be read, is damaged, or is of no format known here.
    DossierError
        The dossier is wrong.
    """
    if not paths:
        hint = "name a file, such as README.md or MLmodel"
        raise ModelassayError([problem("file_unreadable", "there is no file to import", hint)])
    if format is not None and format not in get_args(Format):
        hint = f"the formats are {', '.join(get_args(Format))}"
        raise ModelassayError([problem("format_unknown", f"there is no format '{format}'", hint)])
    beside = None
    if dossier is not None:
        name, text, _ = text_of(dossier)
        beside = (name, text)
    files = [(*_file(os.fspath(path)), format) for path in paths]
    return Imported(json.loads(_core.import_dossier(files, beside)))


def _file(path: str) -> tuple[str, str]:
    name = os.path.normpath(path).replace(os.sep, "/")
    try:
        with open(path, "rb") as file:
            # A character more, in case the last one is cut.
            read = file.read(_MAX_BYTES + 4)
            # Too much for the core, whose error says so.
            return name, read.decode("utf-8", errors="ignore" if len(read) > _MAX_BYTES else "strict")
    except OSError as error:
        message = f"'{path}' cannot be read: {(error.strerror or str(error)).lower()}"
        raise ModelassayError([problem("file_unreadable", message, "check the path", source=name)]) from error
    except UnicodeDecodeError as error:
        message = f"'{path}' is not UTF-8 text"
        raise ModelassayError([problem("text_encoding", message, "save it in UTF-8", source=name)]) from error


def _origin(read: dict[str, Any]) -> Origin:
    return Origin(read["file"], read.get("line"), read["key"])
