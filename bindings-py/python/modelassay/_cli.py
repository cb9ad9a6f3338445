"""The command line: the public API, and nothing else."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn, get_args

import modelassay
from modelassay._errors import problem
from modelassay._files import write_atomically
from modelassay._import import Format

if TYPE_CHECKING:
    from modelassay.types import Outcome

__all__ = ["main"]

#: Exit codes.
PASS, FAIL, BAD_INPUT, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 128 + signal.SIGINT

_OUTCOMES: tuple[Outcome, ...] = ("not_met", "error", "undecided", "not_assessed", "not_applicable", "met")
_FORMATS = ("html", "json")
_TIERS = ("low", "medium", "high", "critical_customer_facing")
_EXITS = """\
exit codes:
  0    the verdict is pass or conditional
  1    the verdict is fail
  3    the verdict is incomplete: a criterion is undecided or not assessed, or none is set
  2    the plan, a table or the command is wrong
  130  stopped by Ctrl-C
With --fail-on, 1 when a finding that counts for the verdict has one of the outcomes named, else 0."""


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Arguments after the program's name; those of the process by default.

    Returns
    -------
    int
        The exit code.
    """
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("stopped: nothing was written", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, has seen enough.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PASS
    except modelassay.ModelassayError as error:
        _complain(error, as_json=getattr(given, "errors", "text") == "json")
        return BAD_INPUT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="modelassay",
        description="Audits a deployed machine-learning model: performance, fairness, data and predictions.",
        epilog="Start with `modelassay init predictions.csv -o plan.yaml`.",
    )
    parser.add_argument("--version", action="version", version=f"modelassay {modelassay.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    run = commands.add_parser(
        "run",
        help="audit the predictions of a model",
        description="Audits the tables that a plan names, or those given here, and prints a summary.",
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.add_argument("plan", metavar="PLAN", help="the plan, YAML or JSON; its paths are relative to it")
    run.add_argument("--data", metavar="FILE", help="the predictions, instead of the plan's `data`")
    run.add_argument("--labels", metavar="FILE", help="labels that came later, instead of the plan's `labels`")
    run.add_argument("--reference", metavar="FILE", help="the table to compare with, instead of the plan's `reference`")
    run.add_argument("--dossier", metavar="FILE", help="the governance evidence, instead of the plan's `dossier`")
    run.add_argument(
        "--as-of",
        metavar="DATE",
        default="today",
        help="the day the audit speaks for: YYYY-MM-DD, `today` (the default; it is recorded) or `none`",
    )
    run.add_argument("--out", metavar="DIR", help="write report.html and report.json into this folder")
    run.add_argument(
        "--format", metavar="LIST", type=_formats, default=_FORMATS, help="what to write: html,json (both by default)"
    )
    run.add_argument(
        "--fail-on",
        metavar="LIST",
        type=_outcomes,
        help="decide the exit code by outcomes, such as not_met,undecided; `none` never fails",
    )
    run.add_argument("--threads", metavar="N", type=int, help="threads that measure and judge; never changes a result")
    run.add_argument("--quiet", action="store_true", help="print nothing but errors")
    _add_errors(run)
    run.set_defaults(run=_run)

    checks = commands.add_parser("checks", help="list the checks", description="Lists every check and what it needs.")
    checks.add_argument("--json", action="store_true", help="as JSON, with the documentation")
    checks.set_defaults(run=_checks)

    explain = commands.add_parser(
        "explain",
        help="explain a check or a measure, and how other libraries compute it",
        description="Prints the documentation of a check or a measure, and how other libraries compute it; "
        "with a plan, which number each of them gives on its data.",
    )
    explain.add_argument("id", metavar="ID", help="such as fairness/selection-rate-ratio, or recall")
    explain.add_argument("--plan", metavar="FILE", help="work the numbers out on the data of this plan")
    explain.add_argument("--data", metavar="FILE", help="the predictions, instead of the plan's `data`")
    explain.add_argument("--labels", metavar="FILE", help="labels that came later, instead of the plan's `labels`")
    _add_errors(explain)
    explain.set_defaults(run=_explain)

    init = commands.add_parser(
        "init",
        help="write a first plan for a table, or a first dossier",
        description="Writes a commented plan with the roles guessed from the columns of a table. Nothing is judged "
        "until you set criteria. With --dossier, writes a commented dossier of governance evidence instead.",
    )
    init.add_argument("data", metavar="DATA", nargs="?", help="a CSV, Parquet or Arrow IPC file")
    init.add_argument("--dossier", action="store_true", help="write a first dossier; it needs no table")
    init.add_argument("--tier", choices=_TIERS, default="high", help="of the model of the dossier (high by default)")
    _add_output(init)
    _add_errors(init)
    init.set_defaults(run=_init)

    brought = commands.add_parser(
        "import",
        help="draft a dossier from model cards, MLflow, bills of materials, rules and lineage",
        description="Drafts a dossier from the files of other tools, with the origin of every value, and says "
        "what it left out and what contradicts. Nothing is executed or fetched.",
    )
    brought.add_argument(
        "files", metavar="FILE", nargs="+", help="the first one stands where two state different things"
    )
    brought.add_argument("--format", choices=get_args(Format), help="what the files are, where they do not tell")
    brought.add_argument("--dossier", metavar="FILE", help="the dossier there is: draft only what it does not state")
    _add_output(brought)
    _add_errors(brought)
    brought.set_defaults(run=_import)

    due = commands.add_parser(
        "schedule",
        help="list when the audits of models are due",
        description="Lists the full and light audits of every model, what is due first, from their dossiers. "
        "The exit code is 1 where one is overdue.",
    )
    due.add_argument("dossiers", metavar="DOSSIER", nargs="+", help="the dossiers of the inventory")
    due.add_argument(
        "--as-of", metavar="DATE", default="today", help="the day it is worked out for: YYYY-MM-DD or `today`"
    )
    form = due.add_mutually_exclusive_group()
    form.add_argument("--ics", action="store_true", help="as a calendar")
    form.add_argument("--json", action="store_true", help="as JSON")
    _add_errors(due)
    due.set_defaults(run=_schedule)

    alerts = commands.add_parser(
        "alerts",
        help="write the alerting rules that a dossier lacks",
        description="Writes rules of Prometheus for the acceptance criteria and levels of service that no monitor with "
        "an alert covers, and says what has no rule and why.",
    )
    alerts.add_argument("dossier", metavar="DOSSIER", help="the dossier")
    _add_output(alerts)
    _add_errors(alerts)
    alerts.set_defaults(run=_alerts)

    schema = commands.add_parser("schema", help="print a JSON Schema", description="Prints a JSON Schema (2020-12).")
    schema.add_argument(
        "name", metavar="NAME", nargs="?", default="findings", help="findings (the default), plan, dossier or error"
    )
    _add_errors(schema)
    schema.set_defaults(run=_schema)
    return parser


class _Parser(argparse.ArgumentParser):
    """Says what is wrong, and which command explains it."""

    def error(self, message: str) -> NoReturn:
        print(f"error: {message}\n  hint: `{self.prog} --help` lists what there is", file=sys.stderr)
        sys.exit(BAD_INPUT)


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of printing")
    parser.add_argument("--force", action="store_true", help="replace the file if it exists")


def _add_errors(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--errors", choices=("text", "json"), default="text", help="how errors are written")


def _run(given: argparse.Namespace) -> int:
    if given.out is not None and os.path.exists(given.out) and not os.path.isdir(given.out):
        hint = "name a folder with --out; it is made when it does not exist"
        raise modelassay.ModelassayError([problem("file_unreadable", f"'{given.out}' is not a folder", hint)])
    report = modelassay.audit(
        given.data,
        plan=_as_path(given.plan),
        labels=given.labels,
        reference=given.reference,
        dossier=given.dossier,
        as_of=_day(given.as_of),
        threads=given.threads,
        progress=False if given.quiet else None,
        surface="command line",
    )
    written = _write(report, given.out, given.format)
    if not given.quiet:
        _show(report, written)
    if given.fail_on is None:
        return report.verdict.exit_code
    try:
        if given.fail_on:
            report.raise_for_outcome(*given.fail_on)
    except modelassay.OutcomeError as error:
        if not given.quiet:
            count = len(error.findings)
            print(f"--fail-on: {count} finding{'' if count == 1 else 's'} of the outcomes named", file=sys.stderr)
        return FAIL
    return PASS


def _write(report: modelassay.Report, folder: str | None, formats: Sequence[str]) -> dict[str, str]:
    """Write what was asked for, all of it or nothing; tell where each format lies."""
    if folder is None:
        return {}
    paths = {name: os.path.join(folder, f"report.{name}") for name in formats}
    new = not os.path.isdir(folder)
    try:
        os.makedirs(folder, exist_ok=True)
        texts = {"html": report.to_html() if "html" in paths else "", "json": report.to_json()}
        write_atomically({path: texts[name] for name, path in paths.items()})
    except OSError as error:
        if new:
            with contextlib.suppress(OSError):
                os.rmdir(folder)
        message = f"the report cannot be written to '{folder}': {(error.strerror or str(error)).lower()}"
        hint = "name a folder that you may write to with --out"
        raise modelassay.ModelassayError([problem("file_unreadable", message, hint)]) from error
    return paths


def _show(report: modelassay.Report, written: dict[str, str]) -> None:
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = os.get_terminal_size().columns if sys.stdout.isatty() else 100
    print(report.to_text(width=width, colour=colour).rstrip("\n"))
    print()
    if written:
        print(f"Written: {', '.join(written.values())}")
        if "html" in written:
            print(f"Next: open {written['html']}")
    else:
        print("Nothing was written. Next: --out DIR writes the report as HTML and JSON.")


def _checks(given: argparse.Namespace) -> int:
    every = modelassay.checks()
    if given.json:
        print(json.dumps([check._asdict() for check in every], ensure_ascii=False, indent=2))
        return PASS
    width = max(len(check.id) for check in every)
    dimension = ""
    for check in every:
        if check.dimension != dimension:
            print(f"{'' if not dimension else chr(10)}{check.dimension.capitalize()}")
            dimension = check.dimension
        needs = ", ".join(need.replace("_", " ") for need in check.needs) or "-"
        print(f"  {check.id.ljust(width)}  {check.title} (needs: {needs})")
    print(f"\n{len(every)} checks. Next: modelassay explain {every[0].id}")
    return PASS


def _explain(given: argparse.Namespace) -> int:
    plan = None if given.plan is None else _as_path(given.plan)
    print(modelassay.explain(given.id, given.data, plan=plan, labels=given.labels), end="")
    return PASS


def _init(given: argparse.Namespace) -> int:
    if given.data is None and not given.dossier:
        hint = "name a table for a plan, or ask for a dossier: `modelassay init --dossier`"
        raise modelassay.ModelassayError([problem("table_empty", "there is no table to write a plan for", hint)])
    if given.output is None:
        print(_drafted(given, None), end="")
        return PASS
    _may_write(given.output, given.force)
    _put(given.output, _drafted(given, os.path.dirname(os.path.abspath(given.output))))
    if given.dossier:
        print(f"Written: {given.output}\nNext: state what you know, then modelassay run PLAN --dossier {given.output}")
    else:
        print(f"Written: {given.output}\nNext: check every line, set criteria, then modelassay run {given.output}")
    return PASS


def _import(given: argparse.Namespace) -> int:
    if given.output is not None:
        _may_write(given.output, given.force)
    beside = None if given.dossier is None else _as_path(given.dossier)
    imported = modelassay.import_dossier(*given.files, format=given.format, dossier=beside)
    # What became of the files must not end up in a draft that is piped into a file.
    out = sys.stderr if given.output is None else sys.stdout
    if given.output is None:
        print(imported.text, end="")
    else:
        _put(given.output, imported.text)
        print(f"Written: {given.output}")
        for filled in imported.filled:
            print(f"  {filled.path}  from {filled.origin}")
    for unread in imported.unread:
        times = "" if unread.times == 1 else f" ({unread.times} times)"
        print(f"Left out: {unread.origin}{times}: {unread.why}", file=out)
    for conflict in imported.conflicts:
        kept, said = f"{conflict.kept!r} from {conflict.kept_origin}", f"{conflict.given!r} from {conflict.origin}"
        print(f"Conflict: {conflict.path} is {kept}; not {said}", file=out)
    return PASS


def _may_write(path: str, force: bool) -> None:
    """Refuse to replace a file that nobody asked to replace."""
    if os.path.exists(path) and not force:
        hint = "name another file with -o, or replace it with --force"
        raise modelassay.ModelassayError([problem("file_unreadable", f"'{path}' exists", hint)])


def _put(path: str, text: str) -> None:
    try:
        write_atomically({path: text})
    except OSError as error:
        message = f"'{path}' cannot be written: {(error.strerror or str(error)).lower()}"
        hint = "name a file in a folder that you may write to"
        raise modelassay.ModelassayError([problem("file_unreadable", message, hint)]) from error


def _drafted(given: argparse.Namespace, folder: str | None) -> str:
    if given.dossier:
        return modelassay.draft_dossier(tier=given.tier)
    # In the plan, the path of the data is relative to the plan.
    name = None if folder is None else os.path.relpath(given.data, folder)
    return modelassay.draft_plan(given.data, name=name)


def _schedule(given: argparse.Namespace) -> int:
    day = _day(given.as_of)
    if day is None:
        hint = "write a day such as 2026-11-23, or leave --as-of out"
        raise modelassay.ModelassayError([problem("plan_invalid_value", "a schedule needs a day", hint)])
    audits = modelassay.schedule(map(_as_path, given.dossiers), as_of=day)
    if given.ics:
        sys.stdout.write(audits.to_ics())
    elif given.json:
        print(json.dumps([audit._asdict() for audit in audits], default=str, indent=2))
    else:
        wide = max([len(audit.model) for audit in audits] + [5])
        print(f"{'model':{wide}}  audit  due         status")
        for audit in audits:
            status = (audit.status or "nothing to count from").replace("_", " ")
            print(f"{audit.model:{wide}}  {audit.audit:5}  {audit.due or '-'!s:10}  {status}")
    return FAIL if any(audit.status in ("never", "overdue") for audit in audits) else PASS


def _alerts(given: argparse.Namespace) -> int:
    if given.output is not None:
        _may_write(given.output, given.force)
    found = modelassay.alert_rules(_as_path(given.dossier))
    # What has no rule must not end up in rules that are piped into a file.
    out = sys.stderr if given.output is None else sys.stdout
    if given.output is None:
        print(found.text, end="")
    elif found.text:
        _put(given.output, found.text)
        print(f"Written: {given.output}")
        for rule in found.rules:
            print(f"  {rule.watches}: {rule.expr}" + ("" if rule.exported else " (not exported yet)"))
    if not found.text:
        print("Nothing to write" if found.left else "No rule is missing: nothing was written", file=out)
    for path, why in found.left:
        print(f"No rule: {path}: {why}", file=out)
    return PASS


def _schema(given: argparse.Namespace) -> int:
    print(modelassay.schema(given.name).rstrip("\n"))
    return PASS


def _day(text: str) -> str | None:
    if text == "none":
        return None
    if text == "today":
        import datetime

        return datetime.date.today().isoformat()
    return text


def _as_path(plan: str) -> os.PathLike[str]:
    """Make sure that a plan is never taken for a text."""
    from pathlib import Path

    return Path(plan)


def _formats(text: str) -> tuple[str, ...]:
    return _listed(text, _FORMATS, "format")


def _outcomes(text: str) -> tuple[str, ...]:
    return () if text == "none" else _listed(text, _OUTCOMES, "outcome")


def _listed(text: str, known: Sequence[str], what: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().replace("-", "_") for name in text.split(",") if name.strip()))
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"there is no {what} '{name}'; there are: {', '.join(known)}")
    if not names:
        raise argparse.ArgumentTypeError(f"no {what} is named; there are: {', '.join(known)}")
    return names


def _complain(error: modelassay.ModelassayError, as_json: bool) -> None:
    if as_json:
        print(error.to_json(), file=sys.stderr)
        return
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    word = "\x1b[31merror\x1b[0m" if colour else "error"
    print(f"{word}: {error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
