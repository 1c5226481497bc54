"""``voiceguide voices add``: a neural voice from the internet."""

from __future__ import annotations

import click

from voiceguide.cli.progress import shown
from voiceguide.cli.session_options import new_voice_folder_option


@click.command("add")
@click.argument("name")
@new_voice_folder_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(name: str, quiet: bool) -> None:
    """Fetches the voice NAME from Piper's collection, such as de_DE-thorsten-medium, about 60 MB.

    All of them can be heard at https://rhasspy.github.io/piper-samples/. A voice is kept in the folder that --voice-dir
    or the configuration names, else in voiceguide's own, and speaks without the internet from then on.
    """
    from voiceguide.speech.engines.piper.collection import add

    with shown(name, quiet=quiet) as progress:
        model, new = add(name, progress)
    voices = list(model.voices())
    click.echo(f"{'Added' if new else 'There is already'} {model.full_name}, in {model.path.parent}.", err=True)
    if len(voices) > 1:
        click.echo(f"It holds {len(voices)} speakers, such as {voices[0].name}; 'voiceguide voices' has all.", err=True)
    if new:
        licence = f"Its licence is: {model.licence}. " if model.licence else ""
        click.echo(f"{licence}To hear it: voiceguide voices try {model.full_name}", err=True)
