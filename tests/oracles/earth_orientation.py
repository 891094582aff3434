"""How data/kernels/earth_itrf93_2000-2050.bpc was cut from two kernels of NAIF.

``python -m tests.oracles.earth_orientation HIGH PREDICT OUT`` makes the same bytes again from

- HIGH, ``earth_latest_high_prec.bpc`` in the Python package naif-eop-high-prec 2026.10.27, taken whole, and
- PREDICT, ``earth_2026_260806_2126_predict.bpc`` in naif-eop-predict 2026.8.7, from the end of HIGH to LAST.

Records are copied word by word. New are the times that segments claim, where PREDICT is cut, and the comment.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from jplephem.daf import DAF, K

#: 2051-01-03 TDB, two days after the last lunar orientation of DE421 that is shipped. [s past J2000]
LAST = 86400.0 * float(
    (np.datetime64("2051-01-03T00") - np.datetime64("2000-01-01T12")) / np.timedelta64(1, "D")
)

COMMENT = """
Orientation of the Earth, frame ITRF93, 2000-01-01 to 2051-01-03
================================================================

Cut by ilrs_science (tests/oracles/earth_orientation.py) from two kernels
of NAIF/JPL; records are unchanged. First
    {high}
whole: measured to 2026-10-26, then predicted by JPL for three months; then
    {predict}
from 2027-01-22 to 2051-01-03: polar motion and UT1-TAI held constant.
The comments of both follow.
"""

Segment = tuple[bytes, tuple[float, ...], np.ndarray]


def cut(path: Path, first: float, last: float) -> Iterator[Segment]:
    """Name, summary and words of the segments that reach into a span, with the records that they need for it."""
    with path.open("rb") as stream:
        daf = DAF(stream)
        for name, summary in daf.summaries():
            begin, end = max(summary[0], first), min(summary[1], last)
            if begin >= end:
                continue
            words = daf.read_array(summary[-2], summary[-1])
            start, step, size, count = words[-4:]
            low, high = int((begin - start) // step), min(int(-((start - end) // step)), int(count))
            records = words[: int(size * count)].reshape(int(count), int(size))[low:high]
            trailer = [start + low * step, step, size, high - low]
            yield name, (begin, end, *summary[2:]), np.concatenate([records.ravel(), trailer])


def comment(path: Path) -> str:
    """Comment area of a kernel."""
    with path.open("rb") as stream:
        return str(DAF(stream).comments())


def write(path: Path, like: Path, text: str, segments: Iterator[Segment] | list[Segment]) -> None:
    """A DAF file with a comment and segments, its first record as that of another file."""
    data = text.encode("ascii").replace(b"\n", b"\0") + b"\4"
    blocks = [data[k : k + 1000].ljust(K, b" ") for k in range(0, len(data), 1000)]
    with like.open("rb") as stream:
        head = stream.read(K)
    with path.open("w+b") as stream:
        stream.write(b"".join([head, *blocks, b"\0" * K, b" " * K]))
        stream.seek(0)
        daf = DAF(stream)
        daf.fward = daf.bward = 2 + len(blocks)
        daf.free = (daf.fward + 1) * (K // 8) + 1
        daf.write_file_record()
        for name, summary, words in segments:
            daf.add_array(name, summary, words)
        stream.seek(0, 2)
        stream.write(b"\0" * (-stream.tell() % K))  # SPICE reads whole blocks


def make(high: Path, predict: Path, out: Path) -> None:
    """The shipped kernel."""
    first = list(cut(high, -np.inf, np.inf))
    then = list(cut(predict, first[-1][1][1], LAST))
    text = COMMENT.format(high=high.name, predict=predict.name) + comment(high) + comment(predict)
    write(out, high, text, [*first, *then])


if __name__ == "__main__":
    make(*map(Path, sys.argv[1:4]))
