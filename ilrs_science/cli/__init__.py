"""``ilrs``: the command line. Exit status: 0 done, 1 the answer is no, 2 the request is wrong, 3 stopped."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from importlib import import_module

import click

from ilrs_science import __version__
from ilrs_science.errors import IlrsError, UnknownNameError

__all__ = ["app", "main"]

#: Module of each command and the line that ``ilrs --help`` shows; modules are imported when their command is used.
_COMMANDS = {
    "autonomy": ("autonomy", "Days that a station goes on without contact."),
    "battery": ("battery", "Battery that carries a load through a span, in kWh."),
    "candidates": ("candidates", "Best lit places of a map, each with its own numbers."),
    "catalogue": ("catalogue", "Sites, orbits, instruments, stations and all other records."),
    "check": ("check", "Verify a plan or a result bundle without a solver."),
    "contacts": ("contacts", "Who hears a place, when, and how much each contact carries."),
    "dashboards": ("dashboards", "Serve the dashboards in a browser until Ctrl-C."),
    "data": ("data", "Terrain on this machine, and terrain that can be fetched."),
    "ensemble": ("ensemble", "Hundreds of lives of a plan, under faults."),
    "environment": (
        "environment",
        "Light, heat, plasma, power and link of a place over time.",
    ),
    "execute": ("execute", "A plan against what goes wrong: what is lost, and why."),
    "explain": ("explain", "Why an activity is left out of a plan, and its price."),
    "export": ("export", "A plan as a table or a calendar."),
    "illumination": (
        "illumination",
        "Mean light, longest dark and lit of a place, with spread.",
    ),
    "map": ("map", "Skylines, light, darkness or slope of all pixels of an area."),
    "nights": ("nights", "Which dark periods a station survives, and by how much."),
    "plan": ("plan", "Plan a campaign and check the plan."),
    "replan": ("replan", "A new plan on the way, that keeps most starts."),
    "schema": ("schema", "JSON Schema of a problem, a plan or a result."),
    "siting": ("siting", "Where to build it: ground, orbit or both, compared."),
    "solve": ("solve", "Plan a bare problem."),
    "space": ("space", "Plasma, meteoroid showers and dose rates of a span."),
    "temperature": ("temperature", "How hot and cold the ground is, and below it."),
    "windows": ("windows", "When constraints hold at a site or on an orbiter."),
}


class _Commands(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in _COMMANDS:
            raise UnknownNameError("command", cmd_name, _COMMANDS)
        module, _ = _COMMANDS[cmd_name]
        command = getattr(import_module(f"ilrs_science.cli.{module}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in sorted(_COMMANDS.items())])


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="ilrs")
def app() -> None:
    """Plan science for the International Lunar Research Station."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its exit status."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    with warnings.catch_warnings():
        warnings.showwarning = _remark
        return _done(arguments)


def _remark(message: Warning | str, *_: object, **__: object) -> None:
    """A warning as one line for people, without the place in the code."""
    click.echo(f"ilrs: {message}", err=True)


def _done(arguments: Sequence[str] | None) -> int:
    try:
        status = app.main(arguments, prog_name="ilrs", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        return _refuse(error.format_message())
    except IlrsError as error:
        return _refuse(str(error))
    except (KeyboardInterrupt, click.Abort):
        click.echo("ilrs: stopped", err=True)
        return 3
    except BrokenPipeError:
        sys.stderr.close()
        return 3
    except OSError as error:  # a full disk, a screen that is gone
        return _refuse(f"cannot write: {error.strerror or error}")


def _refuse(message: str) -> int:
    click.echo(f"ilrs: {message}", err=True)
    return 2
