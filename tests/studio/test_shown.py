"""A finished pack in its sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.studio.requests import cookie_of, send
from tests.studio.running import running
from voiceguide.studio.server import HOST, Studio
from voiceguide.studio.shown import SHOWN, Shown


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts" / "packs" / "face"
    (folder / ".making").mkdir(parents=True)
    (folder / ".making" / "x.html").write_text("hidden")
    (folder / "index.html").write_text("<p>The pack")
    (folder / "a.mp3").write_bytes(bytes(range(100)))
    (folder / "tool.exe").write_bytes(b"MZ")
    (folder.parent.parent / "evening.md").write_text("Rest.\n")
    (tmp_path / "secret.html").write_text("secret")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    return folder


def test_a_pack_is_shown_under_a_secret_address_in_a_sandbox(pack: Path) -> None:
    shown = Shown()
    address = shown.address(pack)
    assert shown.address(pack) == address
    assert shown.end_of_secret(address) == len(address) - len("index.html")
    for path in ("/", "/assets/x.js", SHOWN, f"{SHOWN}x/index.html", address.rstrip("/index.html")):
        assert shown.end_of_secret(path) == 0, path


def test_its_files_need_no_cookie_and_reach_nothing(pack: Path) -> None:
    with running(pack.parent.parent) as opened:
        address = opened.shown.address(pack)
        answer = send(opened, address, Origin="null")
        assert (answer.status, answer.body) == (200, b"<p>The pack")
        policy = answer.headers["Content-Security-Policy"]
        own = f"http://{HOST}:{opened.port}{address.removesuffix('index.html')}"
        assert "sandbox allow-scripts;" in policy
        assert "allow-same-origin" not in policy
        assert "default-src 'none'" in policy
        assert f"script-src {own};" in policy
        assert f"frame-ancestors http://{HOST}:{opened.port}" in policy
        assert answer.headers["Cross-Origin-Opener-Policy"] is None
        folder = address.removesuffix("index.html")
        assert send(opened, f"{folder}a.mp3", Range="bytes=0-1").body == b"\x00\x01"
        for name in ("link.html", ".making/x.html", "tool.exe", "../../evening.md", "..%2f..%2fevening.md", "", "%00"):
            assert send(opened, folder + name).status in (403, 404), name
        assert send(opened, address, Host="evil.example").status == 403
        assert send(opened, address, b"", Origin="null").status == 403
        guessed = address.replace(address.split("/")[2], "x" * 32)
        assert send(opened, guessed).status == 403
        assert send(opened, guessed, Cookie=cookie_of(opened)).status == 404
        assert f"frame-src http://{HOST}:{opened.port}{SHOWN};" in _policy_of_page(opened)


def _policy_of_page(opened: Studio) -> str:
    opened.guard.renew()
    return send(opened, "/", Cookie=cookie_of(opened)).headers["Content-Security-Policy"]


def test_old_packs_make_room_for_new_ones(tmp_path: Path) -> None:
    shown = Shown()
    addresses = [shown.address(tmp_path / str(number)) for number in range(60)]
    assert [bool(shown.end_of_secret(address)) for address in addresses] == [False] * 10 + [True] * 50
