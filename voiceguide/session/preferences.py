"""What the user's configuration sets for every script that does not say it itself."""

from __future__ import annotations

from voiceguide.configuration import configuration, configuration_file, mistake
from voiceguide.errors import ConfigurationError, did_you_mean, printable
from voiceguide.languages import base_language
from voiceguide.routine import OpeningBed, Settings
from voiceguide.session.options import bed_named
from voiceguide.vocabulary import PROFILE_LOUDNESS

_PLAIN = Settings(title="")


def preferred_settings() -> Settings:
    """The settings of a script without its own. Raises ConfigurationError where the configuration is wrong."""
    asked = configuration().preferences
    profile = asked.profile.casefold() or _PLAIN.profile
    if profile not in PROFILE_LOUDNESS:
        near = did_you_mean(asked.profile, PROFILE_LOUDNESS)
        raise _wrong("profile", f"there is no profile '{asked.profile}'{near}; there are {', '.join(PROFILE_LOUDNESS)}")
    return Settings(
        title="",
        author=asked.author,
        language=asked.language or _PLAIN.language,
        bed=_bed(asked.bed),
        profile=profile,
        loudness=PROFILE_LOUDNESS[profile],
    )


def preferred_voice(language: str) -> str | None:
    """The voice for scripts in a language, by its whole tag or by its first part."""
    voices = configuration().preferences.voices
    return voices.get(language.casefold()) or voices.get(base_language(language))


def setting(key: str) -> str:
    """Where a preference stands, for messages."""
    return printable(f"{configuration_file()}: session.{key}")


def _bed(text: str) -> OpeningBed:
    try:
        return bed_named(text, configuration_file().parent)
    except ValueError as error:
        raise _wrong("bed", str(error)) from error


def _wrong(key: str, message: str) -> ConfigurationError:
    return mistake(configuration_file(), f"session.{key}", f"{message}.")
