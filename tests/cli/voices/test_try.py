"""``voiceguide voices try``: a sample of a voice, whatever it is asked to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.speech.engines.test_recorded import record
from tests.support.audio import decoded, ebur128
from tests.support.command_line import Run
from voiceguide.speech.voice_folders import VARIABLE


def test_a_sample_is_heard(voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("voices", "try", "system", "Rest.", VOICEGUIDE_DEVICE="heard.wav")
    assert (result.returncode, result.stderr) == (0, "The voice system:en-us says “Rest.”\n")
    assert 2 < len(decoded(tmp_path / "heard.wav")) / 44_100 < 9
    assert ebur128(tmp_path / "heard.wav")[0] == pytest.approx(-16, abs=2)  # one word, of which the voice is levelled
    assert not (tmp_path / "sessions").exists()


def test_where_nothing_can_be_played_a_sample_is_written(voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("voices", "try", "system:de", VOICEGUIDE_DEVICE="not one")
    assert result.returncode == 0, result.stderr
    assert "the voice system:de says “Legen Sie" in result.stderr
    path = tmp_path / "sessions" / "system-de.mp3"
    assert 2 < len(decoded(path)) / 44_100 < 12
    assert ebur128(path)[0] == pytest.approx(-16, abs=2)  # one word, of which the voice is levelled


@pytest.mark.parametrize(
    "text", ["[pause 5s] is *not* a {cue}, but `text` # here.", "> a \\ b ---", "# Two", "1. one", "Hello\nthere"]
)
def test_a_text_is_said_as_it_stands(text: str, voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("voices", "try", "silent", text, "-o", "a.wav")
    assert result.returncode == 0, result.stderr
    assert f"says “{' '.join(text.split())}”" in result.stderr
    assert len(decoded(tmp_path / "a.wav")) / 44_100 == pytest.approx(3 + 0.06 * len(" ".join(text.split())), abs=0.6)


def test_several_words_need_no_quotation_marks(voiceguide: Run) -> None:
    result = voiceguide("voices", "try", "silent", "Rest", "your", "hands.", "-o", "a.flac")
    assert "says “Rest your hands.”" in result.stderr


def test_a_recorded_voice_says_a_line_that_it_has(voiceguide: Run, tmp_path: Path) -> None:
    folder = tmp_path / "voices"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder))
        record(folder, "Rest your hands.")
    result = voiceguide("voices", "try", "anna", "-o", "a.wav", "--voice-dir", str(folder))
    assert result.returncode == 0, result.stderr
    assert "the voice recorded:anna says “Rest your hands.”" in result.stderr.replace("Anna", "anna")
    other = voiceguide("voices", "try", "anna", "Something else.", "-o", "b.wav", "--voice-dir", str(folder))
    assert other.returncode == 1
    assert "could not say “Something else.”" in other.stderr
    assert not (tmp_path / "b.wav").exists()


def test_what_cannot_be_tried_is_told(voiceguide: Run) -> None:
    kind = voiceguide("voices", "try", "silent", "-o", "a.txt")
    assert kind.returncode == 2
    assert "a.txt should end in .mp3" in kind.stderr
    nothing = voiceguide("voices", "try", "silent", "...")
    assert nothing.returncode == 2
    assert "There is nothing to speak in '...'." in nothing.stderr
    unknown = voiceguide("voices", "try", "jo")
    assert unknown.returncode == 1
    assert "There is no voice 'jo' (did you mean 'joe'?)" in unknown.stderr
    speechless = voiceguide("voices", "try", "system:cy")
    assert speechless.returncode == 2
    assert "Please give a text in the language of the voice, which is 'cy'." in speechless.stderr
