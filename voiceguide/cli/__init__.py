"""The command line. Each command lives in a module of its own, which is loaded only when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from voiceguide import __version__
from voiceguide.cli import standard_streams
from voiceguide.cli.groups import LazyGroup
from voiceguide.cli.interrupt import INTERRUPT
from voiceguide.errors import VoiceguideError, printable_rows

_COMMANDS = {
    "studio": ("voiceguide.cli.studio", "Opens a page in which scripts are written and heard."),
    "language-server": (
        "voiceguide.cli.language_server",
        "Helps while scripts are written in an editor, which starts it.",
    ),
    "new": ("voiceguide.cli.new", "Makes a script to start from, or copies one of the routines."),
    "import": ("voiceguide.cli.import_", "Makes a script of SSML, text with pause marks, subtitles or a document."),
    "render": ("voiceguide.cli.render", "Writes the session of one or more scripts."),
    "play": ("voiceguide.cli.play", "Plays a script while it is being spoken, or an audio file."),
    "plan": ("voiceguide.cli.plan", "Shows a script's timeline; writes no audio."),
    "check": ("voiceguide.cli.check", "Reports what in a script would trouble a listener."),
    "translate-check": ("voiceguide.cli.translate_check", "Compares a script, or a pack, with its translation."),
    "listen": ("voiceguide.cli.listen", "Hears a finished file and compares it with its script."),
    "pack": ("voiceguide.cli.pack", "Makes many sessions from one file, with a player for them."),
    "record": ("voiceguide.cli.record", "Writes a sheet to read a script's lines from, for a voice of one's own."),
    "voices": ("voiceguide.cli.voices", "Lists the voices, tries them, adds new ones."),
    "docs": ("voiceguide.cli.docs", "Shows a page of the documentation, or lists them."),
    "cache": ("voiceguide.cli.cache", "Shows how much room kept lines take, and makes room."),
    "sounds": ("voiceguide.cli.sounds", "Lists, plays or makes the sounds of the library."),
}


@click.group(cls=LazyGroup, table=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="voiceguide %(version)s")
def cli() -> None:
    """Turns routine scripts into voice-guided audio sessions.

    Start with: voiceguide render SCRIPT.md
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command line and ends the process: 0 done, 1 the work failed, 2 the command line is wrong."""
    INTERRUPT.install()
    standard_streams.install()
    status = _status(arguments)
    INTERRUPT.end_with(status)
    sys.exit(status)


def _status(arguments: Sequence[str] | None) -> int:
    """Runs a command line, and says on standard error what has ended it."""
    try:
        status = cli.main(arguments, prog_name="voiceguide", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        error.show()
        return 2 if isinstance(error, click.UsageError) else 1
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. Nothing was left half-written.", err=True)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of the output has closed it
        return 0
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        click.echo(printable_rows(f"The work failed: {error.strerror or error}{where}."), err=True)
    except VoiceguideError as error:
        from voiceguide.cli.as_options import as_options

        click.echo(printable_rows(as_options(str(error))), err=True)
    except Exception as error:  # noqa: BLE001 - the last resort
        from voiceguide.cli.unexpected import told

        click.echo(printable_rows(told(error)), err=True)
    return 1
