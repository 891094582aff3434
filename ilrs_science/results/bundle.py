"""Bundle: one folder with a plan, what it was made from, and its certificate."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ilrs_science.epochs import format_epoch
from ilrs_science.errors import RequestError
from ilrs_science.results.files import FILES, MANIFEST
from ilrs_science.results.report import report_html

if TYPE_CHECKING:
    from ilrs_science.campaign import Campaign
    from ilrs_science.planning.result import PlanResult

__all__ = ["require_free", "write_bundle"]


def write_bundle(folder: Path, campaign: Campaign, result: PlanResult) -> Path:
    """Write a plan and everything it was made from.

    Parameters
    ----------
    folder : Path
        New folder, or one that holds an earlier bundle and nothing else.
    campaign : Campaign
        What was planned.
    result : PlanResult
        The plan.

    Returns
    -------
    Path
        The folder: ``result.json``, ``certificate.json``, ``problem.json``, ``campaign.json``, ``plan.csv``,
        ``windows.csv``, ``environment.nc``, ``report.html`` and ``SHA256SUMS`` of all of them. Of
        several stations the environment of each but the first is a group of the file, by its id.

    Raises
    ------
    RequestError
        If the folder holds other files, or cannot be written. Nothing is left half written.
    """
    require_free(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as room:
            draft = Path(room) / "bundle"
            draft.mkdir()
            _fill(draft, campaign, result)
            if folder.exists():
                folder.replace(Path(room) / "before")
            draft.replace(folder)
    except OSError as error:
        raise RequestError(f"cannot write {str(folder)!r}: {error.strerror or error}") from error
    return folder


def require_free(folder: Path) -> None:
    """Raise if a folder may not become a bundle.

    Parameters
    ----------
    folder : Path
        New folder, or one that holds an earlier bundle and nothing else.

    Raises
    ------
    RequestError
        If it is a file, or holds other files.
    """
    if not folder.exists():
        return
    names = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else ["a file"]
    strange = [name for name in names if name not in (*FILES, MANIFEST)]
    if strange:
        raise RequestError(f"{str(folder)!r} is no result bundle: it holds {strange[0]}; choose a new folder")


def _fill(folder: Path, campaign: Campaign, result: PlanResult) -> None:
    def text(name: str, content: str) -> None:
        (folder / name).write_text(
            content if content.endswith("\n") else content + "\n", "utf-8", newline="\n"
        )

    text("result.json", result.to_json())
    text(
        "certificate.json",
        json.dumps(result.certificate.model_dump(mode="json"), indent=1, ensure_ascii=False),
    )
    text("problem.json", campaign.problem.to_json())
    text("campaign.json", json.dumps(campaign.record.model_dump(mode="json"), indent=1, ensure_ascii=False))
    text("plan.csv", result.to_frame().to_csv(date_format="%Y-%m-%dT%H:%M:%SZ"))
    text("windows.csv", _windows_table(campaign).to_csv(index=False))
    text("report.html", report_html(campaign, result))
    _write_environments(folder / "environment.nc", campaign)
    sums = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in FILES)
    text(MANIFEST, "\n".join(sums))


def _write_environments(path: Path, campaign: Campaign) -> None:
    """The first station as the file itself, every other as a group, since their steps differ."""
    campaign.environment.to_netcdf(path, engine="h5netcdf")
    for station in campaign.stations[1:]:
        campaign.environments[station.id].to_netcdf(path, mode="a", group=station.id, engine="h5netcdf")


def _windows_table(campaign: Campaign) -> pd.DataFrame:
    rows = [
        (name, format_epoch(start), format_epoch(end))
        for name, windows in campaign.windows.items()
        for start, end in windows
    ]
    return pd.DataFrame(rows, columns=["experiment", "start", "end"])
