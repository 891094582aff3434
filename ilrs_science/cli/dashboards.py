"""``ilrs dashboards``: serve the notebooks as live dashboards."""

from __future__ import annotations

import click

__all__ = ["dashboards"]


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8866, show_default=True, help="Port to listen on."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; default: this machine."
)
def dashboards(port: int, host: str) -> None:
    """Serve the dashboards in a browser until Ctrl-C."""
    from ilrs_science.publish import serve

    serve(port, host)
