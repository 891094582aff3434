"""The Chromium that the browser tests drive; ``python -m tests.chromium`` makes sure that there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
ADVICE = "the browser tests need Chromium: apt-get install chromium, or set ILRS_CHROMIUM=/path/to/it"


def find() -> Path | None:
    """Give the browser that ``ILRS_CHROMIUM`` names, else the system's, else None."""
    named = os.environ.get("ILRS_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((Path(place) for place in PLACES if Path(place).is_file()), None)


def install() -> None:
    """Install Debian's package if this user may do so without being asked."""
    if not shutil.which("apt-get"):
        return
    prefix: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo") or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
            return
        prefix = ["sudo", "-n"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    print("Installing Debian's chromium for the browser tests ...", file=sys.stderr, flush=True)
    subprocess.run([*prefix, "apt-get", "update", "-qq"], **quiet, check=False)
    command = [
        *prefix,
        *environment,
        "apt-get",
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        "chromium",
    ]
    subprocess.run(command, **quiet, check=False)


def main() -> int:
    """Return 0 if a Chromium is there, at the end."""
    if find() is None and "ILRS_CHROMIUM" not in os.environ:
        install()
    if find() is None:
        print(ADVICE, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
