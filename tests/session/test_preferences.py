"""What the configuration sets for every script that does not say it itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Run
from voiceguide.configuration import VARIABLE
from voiceguide.errors import ConfigurationError, SpeechError
from voiceguide.routine import Settings
from voiceguide.session.casting import cast_script
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

PREFERENCES = """
[session]
voice = "silent"
bed = "rain -20dB fade 3s"
author = "Kim"
profile = "sleep"
output = "done"

[session.voices]
de = "system:de"
"""


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(PREFERENCES)
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def _settings(tmp_path: Path, text: str, options: SessionOptions = SessionOptions()) -> Settings:  # noqa: B008
    (tmp_path / "x.md").write_text(text)
    return read_script(tmp_path / "x.md", options).routine.settings


def test_they_hold_where_a_script_says_nothing(configure: Path, tmp_path: Path) -> None:
    settings = _settings(tmp_path, "Rest.\n")
    assert (settings.voice, settings.author, settings.profile, settings.loudness) == ("silent", "Kim", "sleep", -20.0)
    assert settings.bed.sound is not None
    assert (settings.bed.sound.name, settings.bed.level, settings.bed.fade) == ("rain", -20.0, 3)
    assert settings.language == "en"


def test_the_script_and_the_options_go_before_them(configure: Path, tmp_path: Path) -> None:
    own = "---\nauthor: Lee\nbed: none\nvoice: auto\nprofile: podcast\n---\nRest.\n"
    settings = _settings(tmp_path, own)
    assert (settings.voice, settings.author, settings.profile, settings.bed.sound) == ("auto", "Lee", "podcast", None)
    assert _settings(tmp_path, "Rest.\n", SessionOptions(voice="joe", profile="podcast")).voice == "joe"
    packed = SessionOptions(defaults=Settings(title="", author="The pack"))
    assert _settings(tmp_path, "Rest.\n", packed).author == "The pack"
    assert _settings(tmp_path, "Rest.\n", packed).voice == "auto"


def test_a_voice_is_for_its_language(configure: Path, tmp_path: Path) -> None:
    assert _settings(tmp_path, "---\nlanguage: de-AT\n---\nRuhe.\n").voice == "system:de"
    assert _settings(tmp_path, "---\nlanguage: fr\n---\nRepos.\n").voice == "auto"
    configure.write_text('[session]\nlanguage = "fr"\nvoice = "system:fr"\n')
    french = _settings(tmp_path, "Repos.\n")
    assert (french.language, french.voice) == ("fr", "system:fr")
    assert _settings(tmp_path, "---\nlanguage: en\n---\nRest.\n").voice == "auto"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[session]\nprofile = "sleeep"\n', "session.profile: there is no profile 'sleeep' (did you mean 'sleep'?)"),
        ('[session]\nbed = "rian"\n', "session.bed: unknown bed 'rian' (did you mean 'rain'?)"),
        ('[session]\nbed = "rain 3dB"\n', "session.bed: a bed lies under the voice: -6dB is the most"),
        ('[session]\nvoize = "x"\n', "session.voize: there is no such setting (did you mean 'voice'?)"),
        ('[session]\nvoice = 3\n', "session.voice: this should be a text in quotation marks."),
        ('[session.voices]\n"not a tag" = "x"\n', "session.voices.not a tag: this should be a language's tag"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(configure: Path, tmp_path: Path, text: str, message: str) -> None:
    configure.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        _settings(tmp_path, "Rest.\n")
    assert message in str(caught.value)


def test_who_asked_for_a_missing_voice_is_named(configure: Path, tmp_path: Path) -> None:
    configure.write_text('[session]\nvoice = "nix"\n')
    (tmp_path / "x.md").write_text("---\nlanguage: en\n---\nRest.\n")
    for options, who in (
        (SessionOptions(voice="nix"), "voice: "),
        (SessionOptions(voice="silent", fallback_voice="nix"), "fallback_voice: "),
        (SessionOptions(), f"{configure}: session.voice: "),
    ):
        with pytest.raises(SpeechError) as caught:
            cast_script(tmp_path / "x.md", options)
        assert str(caught.value).startswith(f"{who}There is no voice 'nix'")


def test_the_command_line_points_at_its_option_and_writes_where_it_is_told(
    configure: Path, voiceguide: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.md").write_text("---\nlanguage: en\nbed: none\n---\nRest.\n")
    environment = {VARIABLE: str(configure)}
    for command in ("render", "check"):
        wrong = voiceguide(command, "x.md", "--voice", "nix", **environment)
        assert wrong.returncode == 1
        assert any(line.startswith("--voice: There is no voice 'nix'") for line in wrong.stderr.splitlines())
    done = voiceguide("render", "x.md", "--format", "wav", **environment)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "done" / "x.wav").is_file()
