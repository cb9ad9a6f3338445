"""Ctrl-C stops an audit soon, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import modelassay

#: Long enough to be stopped in the middle, by far.
ROWS = 6_000_000
PLAN = "data: {name}\nlabel: y\nprediction: p\nscore: s\nprotected: [g]\ncriteria: [roc_auc >= 0.7]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    random = np.random.default_rng(1)
    part = ROWS // 20
    lines = [f"{s > 0.4:d},{s > 0.5:d},{s},{'abcdef'[int(s * 997) % 6]}" for s in random.random(part)]
    with (folder / "big.csv").open("w") as file:
        file.write("y,p,s,g\n")
        for _ in range(20):
            file.write("\n".join(lines) + "\n")
    scores = random.random(ROWS)
    table = {"y": scores > 0.4, "p": scores > 0.5, "s": scores, "g": np.array(list("abcdef"))[(scores * 6).astype(int)]}
    pq.write_table(pa.table(table), folder / "big.parquet", row_group_size=ROWS)
    for name in ("big.csv", "big.parquet"):
        (folder / f"{name}.yaml").write_text(PLAN.format(name=name))
    return folder


@pytest.mark.skipif(os.name == "nt", reason="sends a signal of POSIX")
@pytest.mark.parametrize("name", ["big.csv", "big.parquet"])
def test_command_line(folder: Path, name: str, tmp_path: Path) -> None:
    program = "from modelassay._cli import main; import sys; print('begun', flush=True); sys.exit(main())"
    command = [sys.executable, "-c", program, "run", f"{folder / name}.yaml", "--out", str(tmp_path / "report")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    out, err = process.communicate(timeout=60)
    print(f"{name}: stopped after {time.monotonic() - sent:.3f} s")
    assert (process.returncode, out, err) == (130, "", "stopped: nothing was written\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="sends a signal of POSIX")
def test_python_goes_on_after_it() -> None:
    program = """
import numpy, os, signal, threading, time, modelassay
scores = numpy.random.default_rng(2).random(20_000_000)
data = {"y": scores > 0.4, "p": scores > 0.5, "s": scores}
threading.Timer(0.1, os.kill, [os.getpid(), signal.SIGINT]).start()
try:
    modelassay.audit(data, label="y", prediction="p", score="s", progress=False)
except KeyboardInterrupt:
    print("stopped")
few = {name: values[:1000] for name, values in data.items()}
print(modelassay.audit(few, label="y", prediction="p", score="s").verdict)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("stopped\nincomplete\n", "")


def test_other_threads_run_meanwhile() -> None:
    scores = np.random.default_rng(3).random(2_000_000)
    data = {"y": scores > 0.4, "p": scores > 0.5, "s": scores}
    ticks = 0
    over = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not over.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    modelassay.audit(data, label="y", prediction="p", score="s", threads=1)
    over.set()
    thread.join()
    assert ticks > 10
