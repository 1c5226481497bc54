from __future__ import annotations

import re

import pytest

from tests.publish.published import session
from voiceguide.publish.addresses import file_address, folder_address, session_address
from voiceguide.publish.manifest import File


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://example.org", "https://example.org/"),
        (" https://example.org/a/ ", "https://example.org/a/"),
        ("http://müller.example:8080/ä b", "http://xn--mller-kva.example:8080/%C3%A4%20b/"),
        ("https://example.org/a%20b", "https://example.org/a%20b/"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x/"),
    ],
)
def test_an_address_is_that_of_a_folder(link: str, found: str) -> None:
    assert folder_address(link) == found


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (None, "needs the address"),
        ("", "needs the address"),
        ("example.org/face", "is no address"),
        ("ftp://example.org", "is no address"),
        ("javascript:alert(1)", "is no address"),
        ("https://", "is no address"),
        ("https://exa mple.org/", "is no address"),
        ("https://example.org:99999/", "is no address"),
        ("https://[::1/", "is no address"),
        ("https://example.org/?pack=1", "without '?' or '#'"),
        ("https://example.org/#pack", "without '?' or '#'"),
    ],
)
def test_what_is_no_address_is_told(link: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        folder_address(link)


def test_files_and_sessions_lie_below_it() -> None:
    audio = File("a b/ä?#%.mp3", 1, "0" * 64, "audio/mpeg")
    assert file_address("https://example.org/", audio) == "https://example.org/a%20b/%C3%A4%3F%23%25.mp3"
    assert session_address("https://example.org/", session("a/b c")) == "https://example.org/#/a%2Fb%20c"
