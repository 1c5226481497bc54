"""The user's configuration file: what it may say, and how mistakes in it are told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from voiceguide.configuration import VARIABLE, Configuration, Server, configuration, configuration_file
from voiceguide.errors import ConfigurationError

Write = Callable[[str | bytes], Path]

SERVER = '[http.kokoro]\naddress = "http://localhost:8880/v1"\nmodel = "kokoro"\nvoice = "af_heart"\n'


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes the configuration that $VOICEGUIDE_CONFIG names."""
    path = tmp_path / "settings" / "mine.toml"
    path.parent.mkdir()
    monkeypatch.setenv(VARIABLE, str(path))

    def write(content: str | bytes) -> Path:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def mistake() -> str:
    with pytest.raises(ConfigurationError) as caught:
        configuration()
    return str(caught.value)


def test_there_need_not_be_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert configuration_file().name == "config.toml"
    assert "voiceguide" in configuration_file().parts
    if os.name == "posix" and os.uname().sysname == "Linux":
        assert configuration_file() == tmp_path / "voiceguide" / "config.toml"
        assert configuration() == Configuration()


def test_a_file_that_the_variable_names_must_be_there(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mistake().endswith(f"mine.toml, which the environment variable {VARIABLE} names.")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert mistake() == f"The configuration {tmp_path} cannot be read: it is not a file."


def test_everything_that_can_be_said(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    write(
        f'voice-dir = ["voices", "~/more", "/srv/voices"]\n[listen]\nmodel = "small.en"\n{SERVER}'
        '[http.paid]\naddress = "https://api.example.org/v1/audio/speech"\nmodel = "tts-1"\nvoice = "nova"\n'
        'language = "pt-BR"\ngender = "female"\nkey-variable = "PAID_KEY"\nresponse-format = "flac"\n'
        "tempo = 0.9\ntimeout = 120\n"
    )
    found = configuration()
    assert found.voice_folders == (
        tmp_path / "settings" / "voices",
        tmp_path / "home" / "more",
        Path("/srv/voices").absolute(),
    )
    assert found.listen_model == "small.en"
    assert found.faults == {}
    assert found.servers == {
        "kokoro": Server("kokoro", "http://localhost:8880/v1", "kokoro", "af_heart"),
        "paid": Server(
            *("paid", "https://api.example.org/v1", "tts-1", "nova", "pt-BR", "female", "PAID_KEY", "flac"), 0.9, 120.0
        ),
    }


def test_a_changed_file_is_read_anew(write: Write) -> None:
    path = write('voice-dir = "one"\n')
    assert configuration().voice_folders == (path.parent / "one",)
    write('voice-dir = "another"\n')
    assert configuration().voice_folders == (path.parent / "another",)
    write("")
    assert configuration() == Configuration()


def test_a_mark_at_the_begin_as_some_editors_leave_it_is_no_mistake(write: Write) -> None:
    path = write(b'\xef\xbb\xbfvoice-dir = "one"\n')
    assert configuration().voice_folders == (path.parent / "one",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("voice-dir = \n", ": error: this is not valid TOML: Invalid value (at line 1, column 13)."),
        (b'voice-dir = "M\xfcller"\n', ": error: this file is not UTF-8 text (byte 15)."),
        ("#" * (1 << 20) + "\n", ": error: this file is too large for a configuration."),
        ("a = " + "[" * 5000, ": error: this is not valid TOML: "),
        ('voice-dirs = "x"\n', ": error: voice-dirs: there is no such setting (did you mean 'voice-dir'?)."),
        ("voice-dir = 3\n", ": error: voice-dir: this should be a folder, or a list of folders, in quotation marks."),
        ('voice-dir = [""]\n', ": error: voice-dir: this should be a folder, "),
        ('voice-dir = ["a\\u0000b"]\n', ": error: voice-dir: this should be a folder, "),
        ('voice-dir = "~nobody-of-this-name/x"\n', ": error: voice-dir: "),
        ("listen = 3\n", ": error: listen: this should be a section, which begins with [listen]."),
        ("[listen]\nmodle = 'x'\n", ": error: listen.modle: there is no such setting (did you mean 'model'?)."),
        ("[listen]\nmodel = 3\n", ": error: listen.model: this should be a text in quotation marks."),
        ("http = 3\n", ": error: http: this should be a section, which begins with [http]."),
        ('"\\u001b[2J" = 1\n', ": error: ·[2J: there is no such setting."),
    ],
)
def test_mistakes(write: Write, content: str | bytes, message: str) -> None:
    path = write(content)
    assert mistake().startswith(f"{path}{message}")


KEY = "sk-0123456789abcdef"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('address = "localhost:8880"', "http.b.address: this should be an address like http://localhost:8880/v1 or"),
        ('address = "http://"', "http.b.address: this should be an address like"),
        ('address = "http://x:999999/v1"', "http.b.address: this should be an address like"),
        ('address = "http://x/a b"', "http.b.address: this should be an address like"),
        ('address = "file:///etc/passwd"', "http.b.address: this should be an address like"),
        ('address = "http://[::1/v1"', "http.b.address: this should be an address like"),
        (f'address = "http://me:{KEY}@x/v1"', "http.b.address: a password does not belong in a file."),
        (f'address = "http://x/v1?key={KEY}"', "http.b.address: this should end before any question mark"),
        (f'key = "{KEY}"', "http.b.key: a key does not belong in a file. Put it into an environment variable"),
        (f'api-key = "{KEY}"', "http.b.key: a key does not belong in a file."),
        (f'key-variable = "{KEY}"', "http.b.key-variable: this should be the name of an environment variable"),
        ('key-variable = "a5c0ffee"', "http.b.key-variable: this should be the name of an environment variable"),
        ("model = 1", "http.b.model: this should be a text in quotation marks."),
        ('model = " "', "http.b.model: this should be a text in quotation marks."),
        ('voice = "a\\nb"', "http.b.voice: this should be a text in quotation marks."),
        ('language = "English, please"', "http.b.language: this should be a language's tag, such as en, de or pt-BR."),
        ('gender = "none"', "http.b.gender: this should be 'female' or 'male'."),
        ('response-format = "pcm"', "http.b.response-format: this should be 'wav', 'flac', 'mp3' or 'opus'."),
        ("tempo = true", "http.b.tempo: this should be a number from 0.25 to 4."),
        ("tempo = nan", "http.b.tempo: this should be a number from 0.25 to 4."),
        ("timeout = 0", "http.b.timeout: this should be a number from 1 to 600."),
        ('timeout = "60"', "http.b.timeout: this should be a number from 1 to 600."),
        ('adress = "x"', "http.b.adress: there is no such setting (did you mean 'address'?)."),
    ],
)
def test_a_mistake_in_one_server_is_told_with_its_place_and_leaves_the_others(
    write: Write, line: str, message: str
) -> None:
    whole = {"address": 'address = "http://x/v1"', "model": 'model = "m"', "voice": 'voice = "v"'}
    whole[line.partition(" ")[0]] = line
    path = write(SERVER + "[http.b]\n" + "\n".join(whole.values()) + "\n")
    found = configuration()
    assert list(found.servers) == ["kokoro"]
    assert found.faults["b"].startswith(f"{path}: error: {message}")
    assert KEY not in found.faults["b"]


@pytest.mark.parametrize("missing", ["address", "model", "voice"])
def test_what_a_server_must_have(write: Write, missing: str) -> None:
    path = write("\n".join(row for row in SERVER.splitlines() if not row.startswith(missing)))
    assert configuration().faults == {"kokoro": f"{path}: error: http.kokoro: '{missing}' is missing."}


def test_names_of_servers(write: Write) -> None:
    write(SERVER + SERVER.replace("kokoro]", "Kokoro]") + SERVER.replace("kokoro]", '"a b:c"]') + "[http]\nx = 3\n")
    found = configuration()
    assert list(found.servers) == ["kokoro"]
    assert "capitals make no difference" in found.faults["Kokoro"]
    assert "is made of letters, digits, points and hyphens" in found.faults["a b:c"]
    assert "begins with [http.x]" in found.faults["x"]
