"""The one kernel that dashboards run on: this very Python, whatever kernels a user has installed."""

from __future__ import annotations

import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

__all__ = ["NAME", "WorkbenchKernels"]

NAME = "python3"
_ARGUMENTS = (
    "-m",
    "ipykernel_launcher",
    "-f",
    "{connection_file}",
    "--HistoryManager.enabled=False",
    "--IPKernelApp.log_level=ERROR",
)


class WorkbenchKernels(KernelSpecManager):
    """Offers a single kernel, ``python3``, that runs the interpreter the server runs on.

    Sessions that are forked from a parent with everything imported will be another launcher here.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Names of the kernels.

        Returns
        -------
        dict
            The one name; it has no folder of its own.
        """
        return {NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """How the kernel is started.

        Parameters
        ----------
        kernel_name : str
            ``"python3"``.

        Returns
        -------
        jupyter_client.kernelspec.KernelSpec
            Command line and environment.

        Raises
        ------
        NoSuchKernel
            For any other name.
        """
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(
            argv=[sys.executable, *_ARGUMENTS],
            display_name="Python 3",
            language="python",
            env={"PYDEVD_DISABLE_FILE_VALIDATION": "1"},
        )

    def get_all_specs(self) -> dict[str, Any]:
        """Name and content of the one kernel.

        Returns
        -------
        dict
            As the server's parts expect it.
        """
        return {NAME: {"resource_dir": "", "spec": self.get_kernel_spec(NAME).to_dict()}}
