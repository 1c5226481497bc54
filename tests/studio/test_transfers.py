"""Documents that come in, and sound that goes out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents.made import document
from tests.studio.requests import as_page, cookie_of, send
from tests.studio.running import running
from tests.support.waiting import HANGS
from voiceguide.documents.limits import LARGEST_FILE
from voiceguide.studio.server import HOST, Studio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts"
    folder.mkdir()
    return folder


@pytest.fixture
def opened(folder: Path) -> Iterator[Studio]:
    with running(folder) as studio:
        yield studio


def test_a_document_becomes_a_script_with_a_report(opened: Studio, folder: Path) -> None:
    page = as_page(opened)
    data = document("docx")
    told = send(opened, "/import?name=My%20evening.docx", data, **page).told
    assert (told["name"], told["source"], told["form"]) == ("My-evening.md", "My evening.docx", "a Word document")
    assert told["counts"]["translated"] >= 1
    assert "Sit down, and let both feet stand on the floor." in (folder / "My-evening.md").read_text()
    assert send(opened, "/import?name=My%20evening.docx", data, **page).told["name"] == "My-evening-2.md"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("x.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "This is a picture (PNG), which holds no text to import."),
        ("x.txt", b"\x7fELF" + b"0" * 50, "This is a program, which holds no text to import."),
        ("x.md", b"PK\x03\x04" + b"0" * 50, "This is a damaged zip archive"),
        ("x.txt", b"", "no"),
    ],
)
def test_what_is_no_text_is_refused_as_what_it_is(
    opened: Studio, folder: Path, name: str, data: bytes, what: str
) -> None:
    answer = send(opened, f"/import?name={name}", data, **as_page(opened))
    assert what in answer.told["error"]
    assert [path.name for path in folder.iterdir()] == [".voiceguide"]


@pytest.mark.parametrize(
    "name", ["..%2f..%2fsecret.txt", "%2fetc%2fpasswd", "..%5csecret", "", "%00", "." * 300, "CON.txt"]
)
def test_a_name_leads_nowhere_else(opened: Studio, folder: Path, name: str) -> None:
    told = send(opened, f"/import?name={name}", b"Rest here.", **as_page(opened)).told
    assert (folder / told["name"]).read_text() == "Rest here.\n"
    assert [path.name for path in folder.parent.iterdir()] == ["scripts"]


def test_an_upload_that_is_too_large_is_refused_as_soon_as_that_is_known(opened: Studio, folder: Path) -> None:
    page = as_page(opened)
    heads = {"Host": f"{HOST}:{opened.port}", **page}
    lines = "".join(f"{key}: {value}\r\n" for key, value in heads.items())
    with socket.create_connection((HOST, opened.port), timeout=HANGS) as told:  # a length that is never sent
        told.sendall(f"POST /import?name=x HTTP/1.1\r\n{lines}Content-Length: {LARGEST_FILE + 1}\r\n\r\n".encode())
        assert told.recv(100).startswith(b"HTTP/1.1 413")
    with socket.create_connection((HOST, opened.port), timeout=HANGS) as untold:
        untold.sendall(f"POST /import?name=x HTTP/1.1\r\n{lines}Transfer-Encoding: chunked\r\n\r\n".encode())
        piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        try:
            for _ in range(LARGEST_FILE // 0x100000 + 2):
                untold.sendall(piece)
        except ConnectionError:
            pass
        assert untold.recv(100).startswith(b"HTTP/1.1 413")
    assert [path.name for path in folder.iterdir()] == [".voiceguide"]


def test_sound_is_given_out_in_parts_and_nothing_else_is(opened: Studio, folder: Path) -> None:
    cookie = cookie_of(opened)
    (folder / "sessions").mkdir()
    (folder / "sessions" / "evening 10m.mp3").write_bytes(bytes(range(200)))
    (folder / "evening.md").write_text("Rest.\n")
    (folder.parent / "secret.mp3").write_bytes(b"secret")
    (folder / "link.mp3").symlink_to(folder.parent / "secret.mp3")
    (folder / "folder").symlink_to(folder.parent)
    path = "/made/sessions/evening%2010m.mp3"
    answer = send(opened, path, Cookie=cookie, Range="bytes=10-19")
    assert (answer.status, answer.body) == (206, bytes(range(10, 20)))
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in send(opened, f"{path}?download", Cookie=cookie).headers["Content-Disposition"]
    for other in (
        "evening.md",
        "link.mp3",
        "folder/secret.mp3",
        "../secret.mp3",
        "..%2fsecret.mp3",
        "%2fetc%2fpasswd",
        ".voiceguide/x.mp3",
        "nothing.mp3",
        "sessions",
    ):
        assert send(opened, f"/made/{other}", Cookie=cookie).status == 404, other
    assert send(opened, path).status == 403
