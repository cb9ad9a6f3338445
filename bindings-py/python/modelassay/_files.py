"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

__all__ = ["write_atomically"]


def write_atomically(texts: Mapping[str | os.PathLike[str], str]) -> None:
    """
    Write several files; when one cannot be written, none is touched.

    Parameters
    ----------
    texts : mapping of path to str
        What each file is to hold, in UTF-8. A file that exists is replaced.
    """
    written: list[tuple[str, str]] = []
    try:
        for path, text in texts.items():
            target = os.path.realpath(path)
            # A file beside its place, so that the last step is a rename within one file system.
            folder, base = os.path.split(target)
            name = os.path.join(folder, f".{base}.{os.urandom(4).hex()}.part")
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            written.append((name, target))
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        while written:
            name, target = written[0]
            os.replace(name, target)
            written.pop(0)
    finally:
        for name, _ in written:
            with contextlib.suppress(OSError):
                os.unlink(name)
