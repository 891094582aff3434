"""Links that save executions and ensembles: CSV, CF netCDF, JSON."""

from __future__ import annotations

import base64
import html
import json
from typing import TYPE_CHECKING, Any

from ilrs_science.figures.operating import MODE_WORDS

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["life_files", "life_lines", "members_files"]

_LARGEST = 4_000_000
"""Longest file that a page is given. [byte]"""


def life_files(model: Any) -> str:
    """Links that save what goes wrong and what came of it in each way.

    Parameters
    ----------
    model : ReplanModel
        What was executed.

    Returns
    -------
    str
        HTML; the files are in it.
    """
    links = [
        _link(
            "What goes wrong (JSON)",
            f"{model.campaign}-disruptions.json",
            "application/json",
            json.dumps([one.model_dump(mode="json") for one in model.met], indent=1).encode(),
        )
    ]
    for mode, life in model.lives.items():
        stem, words = f"{model.campaign}-{mode}", MODE_WORDS[mode]
        table = life.execution.to_frame().to_csv(index=False)
        links += [
            _link(f"{words} (CSV)", f"{stem}.csv", "text/csv", table.encode()),
            _link(
                f"{words} (netCDF)",
                f"{stem}.nc",
                "application/x-netcdf",
                _netcdf(life.execution.to_xarray()),
            ),
        ]
    return f'<div class="ilrs-downloads">{" ".join(links)}</div>'


def life_lines(campaign: str) -> str:
    """The lines of Python that save the same files.

    Parameters
    ----------
    campaign : str
        Id of the campaign.

    Returns
    -------
    str
        Python.
    """
    return "\n".join(
        (
            "for mode, life in lives.items():",
            f'    life.execution.to_frame().to_csv(f"{campaign}-{{mode}}.csv", index=False)',
            f'    life.execution.to_xarray().to_netcdf(f"{campaign}-{{mode}}.nc", engine="h5netcdf")',
        )
    )


def members_files(campaign: str, members: xr.Dataset) -> str:
    """Links that save an ensemble.

    Parameters
    ----------
    campaign : str
        Id of the campaign.
    members : xarray.Dataset
        The ensemble.

    Returns
    -------
    str
        HTML; the files are in it.
    """
    table = members.to_dataframe().reset_index().to_csv(index=False)
    links = (
        _link("Ensemble (netCDF)", f"{campaign}-ensemble.nc", "application/x-netcdf", _netcdf(members)),
        _link("Ensemble (CSV)", f"{campaign}-ensemble.csv", "text/csv", table.encode()),
    )
    return f'<div class="ilrs-downloads">{" ".join(links)}</div>'


def _netcdf(data: xr.Dataset) -> bytes:
    return bytes(data.to_netcdf(engine="h5netcdf"))


def _link(words: str, file: str, kind: str, content: bytes) -> str:
    if len(content) > _LARGEST:
        return ""
    coded = base64.b64encode(content).decode("ascii")
    return (
        f'<a class="ilrs-download" download="{html.escape(file)}" href="data:{kind};base64,{coded}">'
        f"{html.escape(words)}</a>"
    )
