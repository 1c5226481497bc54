"""What voiceguide brings along and needs is listed, with its licences."""

from __future__ import annotations

import re
import tomllib

from tests.supply.sbom import ROOT, SBOM, VENDOR, dependencies, document, text


def test_the_list_in_the_wheel_is_up_to_date() -> None:
    assert SBOM.read_text("utf-8") == text(), "run python -m tests.supply.sbom"


def test_it_holds_what_is_copied_and_what_is_needed() -> None:
    named = {component["name"]: component for component in document()["components"]}
    assert named["@codemirror/state"]["version"] in (VENDOR / "README.md").read_text("utf-8")
    assert named["click"]["scope"] == "required"
    assert named["piper-tts"]["scope"] == "optional"
    references = [component["bom-ref"] for component in named.values()]
    assert len(set(references)) == len(references)


def test_the_wheel_carries_the_list() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["sbom-files"]
    assert carried == [SBOM.relative_to(ROOT).as_posix()]


def test_the_licence_of_every_package_is_told() -> None:
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    assert [name for name in dependencies() if f"`{name}`" not in page] == []


def test_every_test_that_a_promise_names_is_there() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    named = set(re.findall(r"`(tests/[\w/.]+)`", page))
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_lock_file_covers_what_the_tests_need_and_names_no_index() -> None:
    rows = (ROOT / "tests" / "requirements.txt").read_text("utf-8").splitlines()
    pins = {row.partition("==")[0] for row in rows if "==" in row}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[\[<>=;~ ]", one)[0].lower().replace(".", "-") for one in needed} - {"voiceguide"}
    assert names - pins == set()
    assert not any("://" in row for row in rows)
