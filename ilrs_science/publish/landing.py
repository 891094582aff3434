"""The landing page: what the dashboards are, with a picture and a sentence each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template
from tornado.web import RequestHandler, StaticFileHandler

__all__ = ["Dashboard", "LandingPage", "NotFound", "OneFile", "dashboards_in"]


@dataclass(frozen=True)
class Dashboard:
    """One notebook that is published."""

    file: str
    """Name of the notebook file."""
    title: str
    """Its title, from the notebook's metadata."""
    summary: str
    """One sentence, from the notebook's metadata."""
    picture: str
    """SVG that stands for it; may be empty."""


def dashboards_in(folder: Path, pictures: Path) -> list[Dashboard]:
    """The notebooks that say, in their metadata, how they appear on the landing page.

    Parameters
    ----------
    folder : Path
        Where the notebooks are.
    pictures : Path
        Where ``<notebook>.svg`` may be.

    Returns
    -------
    list of Dashboard
        In the order of their file names.
    """
    found = []
    for path in sorted(folder.glob("*.ipynb")):
        metadata = json.loads(path.read_text("utf-8")).get("metadata", {})
        own = metadata.get("ilrs", {})
        if not own.get("summary"):
            continue
        picture = pictures / f"{path.stem}.svg"
        drawing = picture.read_text("utf-8") if picture.is_file() else ""
        found.append(Dashboard(path.name, metadata.get("title", path.stem), own["summary"], drawing))
    return found


def _page(folder: Path, name: str) -> Template:
    templates = [str(folder), str(folder / "voila" / "templates" / "ilrs")]
    return Environment(loader=FileSystemLoader(templates), autoescape=True).get_template(name)


class _Headed(RequestHandler):
    """A handler that sends the headers that all pages of the server send."""

    def set_default_headers(self) -> None:
        """Send the server's own headers, content security policy included."""
        for name, value in self.settings.get("headers", {}).items():
            self.set_header(name, value)


class LandingPage(_Headed):
    """Answers at ``/``."""

    def initialize(self, *, notebooks: Path, folder: Path, version: str) -> None:
        """Remember where things are.

        Parameters
        ----------
        notebooks : Path
            Folder of the published notebooks.
        folder : Path
            The dashboards folder, with ``landing.html.j2`` and ``pictures/``.
        version : str
            Version of the workbench, shown at the foot.
        """
        self._notebooks, self._folder, self._version = notebooks, folder, version

    def get(self) -> None:
        """Write the page."""
        page = _page(self._folder, "landing.html.j2")
        boards = dashboards_in(self._notebooks, self._folder / "pictures")
        base_url = self.settings.get("base_url", "/")
        self.write(page.render(dashboards=boards, base_url=base_url, version=self._version))


class NotFound(_Headed):
    """Answers at every address that nothing else answers at."""

    def initialize(self, *, folder: Path) -> None:
        """Remember where the templates are.

        Parameters
        ----------
        folder : Path
            The dashboards folder.
        """
        self._folder = folder

    def prepare(self) -> None:
        """Write a page that leads back to the dashboards."""
        self.set_status(404)
        base_url = self.settings.get("base_url", "/")
        self.finish(
            _page(self._folder, "404.html").render(status_code=404, status_message="", base_url=base_url)
        )


class OneFile(_Headed, StaticFileHandler):
    """Serves a single file, under an address that changes with its content."""

    def initialize(self, path: str, default_filename: str | None = None) -> None:  # type: ignore[override]
        """Remember the file.

        Parameters
        ----------
        path : str
            The file.
        default_filename : str, optional
            Not used.
        """
        super().initialize(path=str(Path(path).parent), default_filename=default_filename)
        self._name = Path(path).name

    async def get(self, path: str = "", include_body: bool = True) -> None:  # noqa: FBT001, FBT002 - tornado calls it so
        """Send the file.

        Parameters
        ----------
        path : str
            Ignored: there is one file.
        include_body : bool
            False for a HEAD request.
        """
        await super().get(self._name, include_body)

    async def head(self, path: str = "") -> None:
        """Send the headers of the file.

        Parameters
        ----------
        path : str
            Ignored: there is one file.
        """
        await self.get(path, include_body=False)

    def get_cache_time(self, path: str, modified: Any, mime_type: str) -> int:
        """How long a browser may keep the file.

        Parameters
        ----------
        path, modified, mime_type
            Of the file.

        Returns
        -------
        int
            One year. [s]
        """
        return 31_536_000
