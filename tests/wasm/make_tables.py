"""Writes the predictions of the example in every format and codec that the larger wasm module reads.

make_tables.py FOLDER    the tables, and formats.json: file name -> format
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "mortgage" / "predictions.csv"


def main(folder: Path) -> None:
    table = pyarrow.csv.read_csv(EXAMPLE)
    formats: dict[str, str] = {}
    for codec in ("none", "snappy", "gzip", "brotli", "lz4", "zstd"):
        formats[f"pyarrow-{codec}.parquet"] = "parquet"
        pyarrow.parquet.write_table(table, folder / f"pyarrow-{codec}.parquet", compression=codec, row_group_size=500)
    formats["polars.parquet"] = "parquet"
    pl.read_csv(EXAMPLE).write_parquet(folder / "polars.parquet")
    formats["file.arrow"] = "arrow_ipc"
    with pa.ipc.new_file(folder / "file.arrow", table.schema) as writer:
        writer.write_table(table, max_chunksize=300)
    formats["stream.arrows"] = "arrow_ipc"
    with pa.ipc.new_stream(folder / "stream.arrows", table.schema) as writer:
        writer.write_table(table, max_chunksize=300)
    (folder / "formats.json").write_text(json.dumps(formats))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
