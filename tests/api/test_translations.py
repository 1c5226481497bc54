from __future__ import annotations

from pathlib import Path

import voiceguide

ENGLISH = "# Rest\n\nRest your hands. [pause 4s]\n"
GERMAN = "---\nlanguage: de\n---\n# Ruhe\n\nLass die Hände ruhen. [pause 4s]\n"


def test_scripts_are_compared_as_paths_or_as_values(tmp_path: Path) -> None:
    (tmp_path / "rest.md").write_text(ENGLISH)
    german = voiceguide.read_text(GERMAN.replace("4s", "5s"), name="ruhe.md")
    result = voiceguide.check_translation(tmp_path / "rest.md", german)
    assert (result.ok, result.count("error"), result.count("warning")) == (False, 1, 0)
    assert result.to_json()["findings"][0]["file"] == result.translation == "ruhe.md"
    assert voiceguide.check_translation(tmp_path / "rest.md", voiceguide.read_text(GERMAN)).ok


def test_mistakes_of_a_script_are_the_findings() -> None:
    wrong = voiceguide.read_text("[puase 1s]\nSit.\n")
    result = voiceguide.check_translation(voiceguide.read_text(ENGLISH), wrong)
    assert [finding.message for finding in result.findings] == [wrong.findings[0].message]


def test_packs_are_compared_as_folders_or_as_values(tmp_path: Path) -> None:
    for name, script in (("en", ENGLISH), ("de", GERMAN)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rest.md").write_text(script)
        (tmp_path / name / "pack.yaml").write_text(f"title: {name}\nsessions: [rest.md]\n")
    packs, pair = voiceguide.check_translated_pack(tmp_path / "en", voiceguide.read_pack(tmp_path / "de"))
    assert packs.ok
    assert pair.ok
    assert packs.translation == str(tmp_path / "de" / "pack.yaml")
    assert [Path(pair.original).name, Path(pair.translation).name] == ["rest.md", "rest.md"]
