#!/usr/bin/env python3
"""Runs every test suite, says how long each took and what was skipped and why, and ends with one line of counts.

    scripts/test.py                  every suite of `make test`
    scripts/test.py --lint           the lints as well
    scripts/test.py --full           the long suites as well; the result goes to docs/test-full.md
    scripts/test.py --only wasm page only these suites

A failing suite does not stop the others. The output of each command is kept in target/test-logs.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "target" / "test-logs"
PYTHON = str(ROOT / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
CORE_FEATURES = ["ipc", "parquet", "schema", "zstd"]
TAIL_LINES = 80
TIMEOUT_SECONDS = 3600


@dataclass
class Counts:
    """What a suite, or a part of it, came to."""

    passed: int = 0
    failed: int = 0
    skips: list[str] = field(default_factory=list)

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skips + other.skips)

    def line(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {len(self.skips)} skipped"


class BrokenError(Exception):
    """A suite that could not run: what it needs did not build."""


@dataclass
class Ran:
    """A finished command."""

    code: int
    text: str
    log: Path

    def show_tail(self) -> None:
        print(f"  the end of {self.log.relative_to(ROOT)}:")
        for line in self.text.splitlines()[-TAIL_LINES:]:
            print(f"  | {line}")


def run(log: str, command: list[str], folder: Path = ROOT, **variables: str) -> Ran:
    """Runs a command without input, its output kept in a file."""
    path = LOGS / f"{log}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as output:
        try:
            code = subprocess.run(
                command,
                cwd=folder,
                env={**os.environ, **variables},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=TIMEOUT_SECONDS,
                check=False,
            ).returncode
        except FileNotFoundError as error:
            code = 127
            output.write(f"cannot run {command[0]}: {error}\n".encode())
        except subprocess.TimeoutExpired:
            code = 124
            output.write(f"\nstopped after {TIMEOUT_SECONDS} seconds\n".encode())
    return Ran(code, path.read_text(errors="replace"), path)


def build(log: str, command: list[str], folder: Path = ROOT) -> None:
    """Runs a command that a suite needs."""
    ran = run(log, command, folder)
    if ran.code != 0:
        ran.show_tail()
        raise BrokenError(f"`{' '.join(command)}` failed")


@functools.cache
def wheel() -> None:
    build("build-wheel", ["scripts/wheel.sh"])


@functools.cache
def wasm_modules() -> None:
    """The optimised modules, the ones that ship."""
    build("build-wasm", ["cargo", "xtask", "wasm", "--release"])


def checked(ran: Ran, counts: Counts) -> Counts:
    """Shows why a command failed; one that failed without a failing test counts as one."""
    if ran.code != 0 and counts.failed == 0:
        counts = counts + Counts(failed=1)
    if ran.code != 0 or counts.failed:
        ran.show_tail()
    return counts


def one(log: str, command: list[str], folder: Path = ROOT) -> Counts:
    """A command that is one test."""
    ran = run(log, command, folder)
    return checked(ran, Counts(passed=int(ran.code == 0)))


# Readers of what each test runner says.


def cargo_counts(ran: Ran) -> Counts:
    counts = Counts()
    for passed, failed in re.findall(r"^test result: \S+ (\d+) passed; (\d+) failed", ran.text, re.MULTILINE):
        counts = counts + Counts(int(passed), int(failed))
    ignored = re.findall(r"^test (.+?) \.\.\. ignored(?:, (.*))?$", ran.text, re.MULTILINE)
    counts.skips = [f"{name}: {reason or 'no reason given'}" for name, reason in ignored]
    return checked(ran, counts)


def pytest(log: str, paths: Iterable[str], *options: str, **variables: str) -> Counts:
    LOGS.mkdir(parents=True, exist_ok=True)
    report = LOGS / f"{log}.xml"
    report.unlink(missing_ok=True)
    command = [PYTHON, "-m", "pytest", "-q", "-rs", f"--junitxml={report}", *options, *paths]
    ran = run(log, command, **variables)
    counts = Counts()
    cases = ElementTree.parse(report).iter("testcase") if report.exists() else []
    for case in cases:
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            counts.failed += 1
        elif skipped is not None:
            name = f"{case.get('classname')}.{case.get('name')}"
            counts.skips.append(f"{name}: {skipped.get('message') or 'no reason given'}")
        else:
            counts.passed += 1
    return checked(ran, counts)


def node_tests(log: str, files: list[Path], folder: Path, **variables: str) -> Counts:
    if not files:
        raise BrokenError("there are no tests")
    LOGS.mkdir(parents=True, exist_ok=True)
    tap = LOGS / f"{log}.tap"
    tap.unlink(missing_ok=True)
    reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
    reporters += ["--test-reporter=tap", f"--test-reporter-destination={tap}"]
    names = [str(file.relative_to(folder)) for file in files]
    ran = run(log, ["node", "--test", "--test-concurrency=1", *reporters, *names], folder, **variables)
    text = tap.read_text(errors="replace") if tap.exists() else ""
    number = {name: int(count) for name, count in re.findall(r"^# (pass|fail|cancelled) (\d+)$", text, re.MULTILINE)}
    skips = re.findall(r"^\s*(?:not )?ok \d+ - (.*?) # (?:SKIP|TODO)(?: (.*))?$", text, re.MULTILINE)
    counts = Counts(
        passed=number.get("pass", 0),
        failed=number.get("fail", 0) + number.get("cancelled", 0),
        skips=[f"{name}: {reason or 'no reason given'}" for name, reason in skips],
    )
    return checked(ran, counts)


# The suites.


def suite_lint(_full: bool) -> Counts:
    page = ROOT / "web-demo"
    biome = [str(page / "node_modules" / ".bin" / "biome"), "check", "--error-on-warnings"]
    clippy = ["cargo", "clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]
    counts = Counts()
    for name, command in {"rustfmt": ["cargo", "fmt", "--all", "--check"], "clippy": clippy}.items():
        if run(f"lint-{name}-version", [*command[:2], "--version"]).code != 0:
            counts.skips.append(f"{name}: this Rust has no {name}")
        else:
            counts = counts + one(f"lint-{name}", command)
    counts = counts + one("lint-ruff", [PYTHON, "-m", "ruff", "check", "."])
    counts = counts + one("lint-ruff-format", [PYTHON, "-m", "ruff", "format", "--check", "."])
    counts = counts + one("lint-mypy", [PYTHON, "-m", "mypy"])
    counts = counts + one("lint-biome", [*biome, "--config-path=web-demo", "tests/wasm", "bindings-wasm/js"])
    counts = counts + one("lint-biome-page", [*biome, "."], page)
    wasm_modules()
    return counts + one("lint-tsc", [str(page / "node_modules" / ".bin" / "tsc"), "--noEmit"], page)


def suite_generated(_full: bool) -> Counts:
    return one("generated", ["cargo", "xtask", "gen", "--check"])


def suite_rust(full: bool) -> Counts:
    features = ",".join(f"modelassay/{name}" for name in CORE_FEATURES)
    command = ["cargo", "test", "--no-fail-fast", "-p", "modelassay", "-p", "xtask", "--features", features]
    ran = run("rust", command + (["--", "--include-ignored"] if full else []))
    counts = cargo_counts(ran)
    # Tests that find no reference data say so past the harness, which would hide it.
    counts.skips += re.findall(r"^SKIPPED (.+)$", ran.text, re.MULTILINE)
    for line in re.findall(r"^conformance: .+$", ran.text, re.MULTILINE):
        print(f"  {line}")
    return counts


def suite_intervals(_full: bool) -> Counts:
    return one("intervals", ["cargo", "xtask", "simulate", "--small"])


def suite_wasm(_full: bool) -> Counts:
    wasm_modules()
    return node_tests("wasm", sorted((ROOT / "tests" / "wasm").glob("*.test.mjs")), ROOT)


def suite_python(full: bool) -> Counts:
    wheel()
    folders = [name for name in ("bindings-py/tests", "tests") if (ROOT / name).is_dir()]
    return pytest("python", folders, MODELASSAY_FULL=str(int(full)))


def suite_notebooks(_full: bool) -> Counts:
    wheel()
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not notebooks:
        raise BrokenError("there are no notebooks")
    counts = Counts()
    for notebook in notebooks:
        command = [PYTHON, "-m", "nbconvert", "--execute", "--to", "html", "--output-dir", str(LOGS / "notebooks")]
        counts = counts + one(f"notebook-{notebook.stem}", [*command, str(notebook)])
    return counts


def suite_page(_full: bool) -> Counts:
    wasm_modules()
    page = ROOT / "web-demo"
    build("build-page", ["npm", "run", "build"], page)
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    browser = os.environ.get("CHROMIUM") or next(filter(None, found), "")
    if not browser:
        raise BrokenError("there is no Chromium; run scripts/setup.sh test, or name one in CHROMIUM")
    return node_tests("page", sorted((page / "tests").glob("*.test.mjs")), page, CHROMIUM=browser)


def suite_simulation(_full: bool) -> Counts:
    """The thorough simulation gives the table that is committed."""
    table = ROOT / "docs" / "statistics.md"
    before = table.read_text()
    # Optimised, it takes minutes; not optimised, half an hour.
    run = ["cargo", "run", "--quiet", "--release", "--package", "xtask", "--"]
    counts = one("simulation", [*run, "simulate", "--full"])
    if counts.passed and table.read_text() != before:
        print("  the table in docs/statistics.md has changed: look at it and commit it")
        return Counts(failed=1)
    return counts


def suite_example(_full: bool) -> Counts:
    """The files of the example are what its script makes."""
    return one("example", [PYTHON, "examples/mortgage/make_example.py", "--check"])


def suite_peers(_full: bool) -> Counts:
    """The benchmark against other libraries runs, and its results agree."""
    wheel()
    return one("peers", [PYTHON, "benches/peers.py"])


QUICK: dict[str, Callable[[bool], Counts]] = {
    "generated": suite_generated,
    "rust": suite_rust,
    "intervals": suite_intervals,
    "wasm": suite_wasm,
    "python": suite_python,
    "notebooks": suite_notebooks,
    "page": suite_page,
}
LINT = {"lint": suite_lint}
LONG = {"simulation": suite_simulation, "example": suite_example, "peers": suite_peers}


def run_suite(name: str, suite: Callable[[bool], Counts], full: bool) -> tuple[Counts, float]:
    print(f"== {name}", flush=True)
    started = time.monotonic()
    try:
        counts = suite(full)
    except BrokenError as reason:
        print(f"  not run: {reason}")
        counts = Counts(failed=1)
    seconds = time.monotonic() - started
    for skip in counts.skips:
        print(f"  skipped {skip}")
    print(f"   {name}: {counts.line()} ({seconds:.0f} s)", flush=True)
    return counts, seconds


def write_record(results: dict[str, tuple[Counts, float]], total: Counts) -> None:
    """The result of the last full run, for docs/test-full.md."""
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    today = datetime.datetime.now(datetime.UTC).date()
    lines = [
        "# The last full test run",
        "",
        f"`make test-full` on {today} at {revision.stdout.strip() or 'an unknown revision'}: {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}.",
        "",
        "| suite | passed | failed | skipped | seconds |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, (counts, seconds) in results.items():
        lines.append(f"| {name} | {counts.passed} | {counts.failed} | {len(counts.skips)} | {seconds:.0f} |")
    skips = [f"- {name}: {skip}" for name, (counts, _) in results.items() for skip in counts.skips]
    lines += ["", "Skipped:", "", *skips] if skips else []
    lines += ["", total.line(), ""]
    (ROOT / "docs" / "test-full.md").write_text("\n".join(lines))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lint", action="store_true", help="run the lints first")
    parser.add_argument("--full", action="store_true", help="run the long suites as well")
    parser.add_argument("--only", nargs="+", choices=[*LINT, *QUICK, *LONG], metavar="SUITE", help="only these")
    options = parser.parse_args()

    suites = {**(LINT if options.lint else {}), **QUICK, **(LONG if options.full else {})}
    if options.only:
        suites = {name: suite for name, suite in {**LINT, **QUICK, **LONG}.items() if name in options.only}
    if not shutil.which("cargo"):
        print("cargo is not on the PATH: run scripts/setup.sh test", file=sys.stderr)
        return 2

    results = {name: run_suite(name, suite, options.full) for name, suite in suites.items()}
    total = sum((counts for counts, _ in results.values()), Counts())
    if options.full and not options.only:
        write_record(results, total)
    print()
    print(total.line())
    return int(total.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
