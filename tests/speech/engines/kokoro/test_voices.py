"""Which of Kokoro's voices are cast, and what is said where they cannot be; the files are there in name and size alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from voiceguide.errors import SpeechError
from voiceguide.speech import resolve, voice_folders, voices
from voiceguide.speech.engines.kokoro import voices as listing
from voiceguide.speech.engines.kokoro.engine import KokoroEngine
from voiceguide.speech.engines.kokoro.files import FILES
from voiceguide.speech.engines.kokoro.phonemes import missing
from voiceguide.speech.engines.kokoro.voices import SPEAKERS, speaker


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No voices but those that come with the packages; the folder of voices."""
    monkeypatch.setenv(voice_folders.VARIABLE, str(tmp_path))
    monkeypatch.setattr(voice_folders.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    return tmp_path


@pytest.fixture
def there(nothing: Path) -> Path:
    (nothing / "kokoro").mkdir()
    for file in FILES:
        (nothing / "kokoro" / file.name).touch()
        os.truncate(nothing / "kokoro" / file.name, file.size)  # takes no room
    return nothing


def test_the_table_has_every_voice_with_language_gender_and_speed() -> None:
    assert len({one.short for one in SPEAKERS}) == len(SPEAKERS) == 54
    count: dict[str, int] = {}
    for one in SPEAKERS:
        count[one.language] = count.get(one.language, 0) + 1
        assert 0.5 <= one.calm <= 1.0
    assert count == {
        "en-US": 20, "en-GB": 8, "es-ES": 3, "fr-FR": 1, "hi-IN": 4, "it-IT": 2, "ja-JP": 5, "pt-BR": 3, "zh-CN": 8
    }  # fmt: skip
    emma, omega = speaker("bf_emma"), speaker("kokoro:HM_OMEGA")
    assert emma is not None
    assert omega is not None
    assert (emma.language, emma.gender, omega.language, omega.gender) == ("en-GB", "female", "hi-IN", "male")


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("en", "hibari:heart"),
        ("en-US", "hibari:heart"),
        ("en-GB", "kokoro:bf_emma"),
        ("es", "kokoro:ef_dora"),
        ("es-MX", "kokoro:ef_dora"),
        ("fr", "kokoro:ff_siwis"),
        ("it", "kokoro:if_sara"),
        ("pt", "kokoro:pf_dora"),
        ("pt-BR", "kokoro:pf_dora"),
        ("hi", "kokoro:hf_alpha"),
        ("de", "system:de"),
    ],
)
def test_it_is_cast_where_no_better_voice_speaks_the_language(there: Path, language: str, voice: str) -> None:
    assert resolve("auto", language) == voice


def test_its_voices_can_be_named(there: Path) -> None:
    for name in ("kokoro:am_michael", "am_michael", "AM_MICHAEL"):
        assert resolve(name, "en") == "kokoro:am_michael"
    assert resolve("kokoro", "fr") == "kokoro:ff_siwis"
    assert resolve("heart", "en") == "hibari:heart"
    with pytest.raises(SpeechError, match="No voice of 'kokoro' speaks the language 'de'"):
        resolve("kokoro", "de")


@pytest.mark.parametrize("name", ["kokoro", "af_heart", "kokoro:jf_alpha"])
def test_without_the_files_the_command_is_named(nothing: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert all(voice.engine != "kokoro" for voice in voices())
    with pytest.raises(SpeechError, match=r"on this computer\. 'voiceguide voices add kokoro' fetches them, 121 MB\."):
        resolve(name, "en")
    with pytest.raises(SpeechError, match="'voiceguide voices add kokoro' fetches"):
        KokoroEngine().version("kokoro:af_heart")
    monkeypatch.setattr(listing, "release", lambda: None)
    with pytest.raises(SpeechError, match=r"pip install \"voiceguide\[kokoro\]\".*voices add kokoro"):
        resolve(name, "en")


def test_without_the_package_the_voices_are_listed_and_never_cast(there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "release", lambda: None)
    assert resolve("auto", "fr").startswith("system:")
    with pytest.raises(SpeechError, match=r"need the package kokoro-onnx.*pip install \"voiceguide\[kokoro\]\""):
        resolve("kokoro", "fr")


@pytest.mark.parametrize(("language", "extra"), [("ja-JP", "kokoro-ja"), ("zh-CN", "kokoro-zh")])
def test_a_language_without_its_spelling_rules_names_the_extra(
    there: Path, monkeypatch: pytest.MonkeyPatch, language: str, extra: str
) -> None:
    monkeypatch.setattr(listing, "missing", lambda tag: extra if tag == language else "")
    monkeypatch.setattr(listing, "_TOO_NEW", (99,))
    assert len({voice.fault for voice in listing.installed()}) == 2  # one sentence for all voices of a language
    assert resolve("auto", language).startswith("system:")
    with pytest.raises(SpeechError, match=rf"spelling rules of their language.*pip install \"voiceguide\[{extra}\]\""):
        resolve("kokoro", language)
    monkeypatch.setattr(listing, "_TOO_NEW", (3, 11))
    with pytest.raises(SpeechError, match=r"needs Python 3\.12 or older, and this is Python 3\."):
        resolve("kokoro", language)
    assert missing("en-US") == missing("fr-FR") == ""
