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
    """Fetches the voice NAME, which speaks without the internet from then on.

    For English: emma and fable (British), fenrir and kore (American), 8 MB each. For English, Spanish, French, Italian,
    Portuguese, Hindi, Japanese and Chinese: kokoro, 54 voices in one, 121 MB. For some forty languages: the voices of
    Piper's collection, such as de_DE-thorsten-medium, about 60 MB; all of them can be heard at
    https://rhasspy.github.io/piper-samples/. A voice is kept in the folder that --voice-dir or the configuration
    names, else in voiceguide's own.
    """
    from voiceguide.speech import add_voice

    with shown(name, quiet=quiet) as progress:
        added = add_voice(name, progress)
    first = added.voices[0]
    click.echo(f"{'Added' if added.new else 'There is already'} {added.name}, in {first.location}.", err=True)
    if (count := len(added.voices)) > 1:
        click.echo(f"It holds {count} voices, such as {first.name}; 'voiceguide voices' has all.", err=True)
    if added.new:
        licence = f"Its licence is: {first.licence}. " if first.licence else ""
        click.echo(f"{licence}To hear it: voiceguide voices try {added.name}", err=True)
