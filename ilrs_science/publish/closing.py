"""The end of a session: a page that is closed frees its kernel."""

from __future__ import annotations

from urllib.parse import urlsplit

from tornado import web
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

__all__ = ["KERNEL_ID", "ClosedPage"]

KERNEL_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
"""Pattern of a kernel's id; nobody but its own page is told it."""


class ClosedPage(VoilaShutdownKernelHandler):  # type: ignore[misc]
    """Ends the kernel of a page that says it is being closed.

    A beacon carries no ``_xsrf``. In its place stands the ``Origin`` that browsers put on every POST and that no
    page can forge: it must be this very server.
    """

    def check_xsrf_cookie(self) -> None:
        """Refuse what a page of another server sends.

        Raises
        ------
        tornado.web.HTTPError
            403 if the origin is missing or is not this server.
        """
        headers = self.request.headers
        origin, host = urlsplit(headers.get("Origin", "").lower()).netloc, headers.get("Host", "").lower()
        if not origin or origin != host:
            raise web.HTTPError(403, "a kernel is ended by its own page only")

    async def post(self, kernel_id: str) -> None:
        """End the kernel.

        Parameters
        ----------
        kernel_id : str
            Id of one of this server's kernels.

        Raises
        ------
        tornado.web.HTTPError
            404 if there is no such kernel.
        """
        if kernel_id not in self.kernel_manager:
            raise web.HTTPError(404, "there is no such kernel")
        await super().post(kernel_id)
