import json

from voiceguide.companions.chapters import podcast_chapters
from voiceguide.encoder.tags import Tags
from voiceguide.timeline import ChapterRange

RATE = 44_100


def test_chapters_are_as_podcasting_2_has_them() -> None:
    chapters = (ChapterRange("Arrive", 0, 61_740), ChapterRange("<b>Rest</b>\n", 61_740, 4 * RATE))
    document = podcast_chapters(Tags("Calm", 4 * RATE, artist="Ada", chapters=chapters))
    assert document == {
        "version": "1.2.0",
        "title": "Calm",
        "author": "Ada",
        "chapters": [
            {"startTime": 0.0, "endTime": 1.4, "title": "Arrive"},
            {"startTime": 1.4, "endTime": 4.0, "title": "<b>Rest</b>"},
        ],
    }
    assert json.loads(json.dumps(document)) == document


def test_a_session_without_chapters_is_one() -> None:
    document = podcast_chapters(Tags("Calm", 2 * RATE))
    assert document["chapters"] == [{"startTime": 0.0, "endTime": 2.0, "title": "Calm"}]
    assert "author" not in document
