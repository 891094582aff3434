"""The whole catalogue is there in half a second, and brings nothing that it does not need."""

from __future__ import annotations

import json
import subprocess
import sys

from ilrs_science.catalogue.library import load_catalogue

COLD = """
import json, sys, time
import ilrs_science as ilrs
load = ilrs.load_catalogue
begin = time.process_time()
catalogue = load()
seconds = time.process_time() - begin
heavy = ["pandas", "xarray", "pint", "scipy", "dask", "numba", "ortools", "plotly"]
print(json.dumps([seconds, sum(map(len, catalogue.shelves)), [name for name in heavy if name in sys.modules]]))
"""


def cold() -> tuple[float, int, list[str]]:
    """Processor time of a first load [s], records, heavy packages that came with it."""
    done = subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True, text=True)
    seconds, records, heavy = json.loads(done.stdout)
    return seconds, records, heavy


def test_a_cold_load_takes_less_than_half_a_second() -> None:
    seconds, records, heavy = min(cold() for _ in range(3))  # about 0.1 s here
    assert seconds < 0.5
    assert records == sum(map(len, load_catalogue().shelves)) > 300
    assert heavy == []


def test_a_second_load_takes_no_time() -> None:
    assert load_catalogue() is load_catalogue()


def test_every_record_can_be_hashed_compared_and_copied() -> None:
    records = [record for _, record in load_catalogue().records()]
    assert len({(type(record), record) for record in records}) == len(records)
    for record in records:
        again = record.replace()
        assert again == record
        assert hash(again) == hash(record)
        assert record.replace(name="Another name of it") != record
