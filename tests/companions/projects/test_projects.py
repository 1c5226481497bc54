"""Projects of audio editors, read back by a parser of each one's own."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import opentimelineio as otio
import pytest
import rpp
import soundfile

from voiceguide.companions.paths import BUSES, Companions
from voiceguide.companions.projects.kinds import PROJECTS
from voiceguide.companions.projects.lanes import Item, Lane, Mark, Project, project_of, without_outer_fades
from voiceguide.companions.write import beside
from voiceguide.mixing.mixer import Mixer
from voiceguide.progress import quiet
from voiceguide.routine import SoundRef
from voiceguide.session.options import SessionOptions
from voiceguide.session.session import planned
from voiceguide.timeline import Event, Timeline

RATE = 44_100
SCRIPT = (
    '---\ntitle: A "calm" & quiet one\nvoice: system\nbed: rain\n---\n# Arrive\n[chime bell] [pause 2s]\n[chime bowl]\n'
    "# Breathe\n[bed ocean fade 2s]\n[breathe 2-3 x2 swell]\n[hold 4s]\n[pause 2s]\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Project, Mixer]:
    """The stems and every project of one session, what they were written from, and its mix."""
    folder = tmp_path_factory.mktemp("projects")
    (folder / "calm.md").write_text(SCRIPT)
    with planned(folder / "calm.md", SessionOptions()) as session:
        for name in PROJECTS:
            wanted = Companions.beside(folder / "calm.mp3", None, False, None, False, name)
            with beside(session, wanted, quiet):
                pass
        mixer = session.mix.mixer
        return folder, project_of(session.timeline, mixer.arrangement, "calm_data"), mixer


def test_items_cover_all_that_sounds_once(made: tuple[Path, Project, Mixer]) -> None:
    _, project, mixer = made
    for lane in project.lanes:
        stem, _ = soundfile.read(made[0] / "calm_data" / lane.file, dtype="float32")
        assert len(stem) == project.samples
        silent = np.ones(len(stem), bool)
        reached = 0
        for item in lane.items:
            assert reached <= item.start < item.end <= project.samples
            silent[item.start : item.end] = False
            reached = item.end
        assert np.abs(stem[silent]).max(initial=0) == 0
    starts = {lane.name: {item.start for item in lane.items} for lane in project.lanes}
    for clip in mixer.arrangement.clips:
        assert clip.start in starts[clip.bus]


def test_the_items_with_their_fades_sum_to_the_mix(made: tuple[Path, Project, Mixer]) -> None:
    folder, project, mixer = made
    total = np.zeros((project.samples, 2), np.float32)
    for lane in project.lanes:
        stem, _ = soundfile.read(folder / "calm_data" / lane.file, dtype="float32")
        for item in lane.items:
            piece = stem[item.start : item.end].copy()
            for fade, part in ((item.fade_in, piece), (item.fade_out, piece[::-1])):
                part[:fade] *= np.sin(np.pi / 2 * (np.arange(fade) + 0.5) / max(1, fade))[:, np.newaxis]
            total[item.start : item.end] += piece
    assert np.abs(total - np.concatenate(list(mixer.blocks()))).max() < 1e-5
    bed = project.lanes[-1].items
    assert [bool(item.fade_in) for item in bed] == [True, False]
    assert [bool(item.fade_out) for item in bed] == [False, True]


def test_reaper_s_project_is_read_by_its_grammar(made: tuple[Path, Project, Mixer]) -> None:
    folder, project, _ = made
    root = rpp.loads((folder / "calm.rpp").read_text("utf-8"))
    assert root.tag == "REAPER_PROJECT"
    tracks = root.findall(".//TRACK")
    assert [track.find("./NAME")[1] for track in tracks] == list(BUSES)
    for track, lane in zip(tracks, project.lanes, strict=True):
        items = track.findall("./ITEM")
        assert len(items) == len(lane.items)
        for item, wanted in zip(items, lane.items, strict=True):
            values = {row[0]: row[1:] for row in item.children if isinstance(row, list)}
            assert round(float(values["POSITION"][0]) * RATE, 3) == wanted.start
            assert round(float(values["SOFFS"][0]) * RATE, 3) == wanted.start
            assert round(float(values["LENGTH"][0]) * RATE, 3) == wanted.end - wanted.start
            assert round(float(values["FADEIN"][1]) * RATE, 3) == wanted.fade_in
            assert round(float(values["FADEOUT"][1]) * RATE, 3) == wanted.fade_out
            assert values["NAME"] == [wanted.name]
            assert (folder / item.find("./SOURCE").find("./FILE")[1]).is_file()
    marks = [row[1:] for row in root.children if isinstance(row, list) and row[0] == "MARKER"]
    named = [(round(float(at) * RATE), text) for _, at, text, *_ in marks if text]
    assert named == [(mark.start, mark.text) for mark in (*project.chapters, *project.markers)]
    ends = [round(float(at) * RATE) for _, at, text, *_ in marks if not text]
    assert ends == [chapter.end for chapter in project.chapters]


def test_opentimelineio_s_library_finds_every_start_at_its_sample(made: tuple[Path, Project, Mixer]) -> None:
    folder, project, _ = made
    timeline: Any = otio.adapters.read_from_file(str(folder / "calm.otio"))
    assert timeline.name == 'A "calm" & quiet one'
    assert timeline.duration().value == project.samples
    for track, lane in zip(timeline.audio_tracks(), project.lanes, strict=True):
        clips = list(track.find_clips())
        found = [(clip.range_in_parent(), clip.source_range, clip.name) for clip in clips]
        assert all(within.start_time.rate == RATE for within, *_ in found)
        wanted = [(item.start, item.end - item.start, item.start, item.name) for item in lane.items]
        assert [(w.start_time.value, w.duration.value, s.start_time.value, name) for w, s, name in found] == wanted
        assert all((folder / unquote(clip.media_reference.target_url)).is_file() for clip in clips)
        fades = [child for child in track if isinstance(child, otio.schema.Transition)]
        lengths = [int(fade.in_offset.value + fade.out_offset.value) for fade in fades]
        assert lengths == [fade for item in lane.items for fade in (item.fade_in, item.fade_out) if fade]
    marks = [(mark.marked_range.start_time.value, mark.name) for mark in timeline.tracks.markers]
    assert marks == [(mark.start, mark.text) for mark in (*project.chapters, *project.markers)]


def test_audacity_s_project_points_at_every_sample_of_the_stems(made: tuple[Path, Project, Mixer]) -> None:
    folder, project, _ = made
    text = (folder / "calm.aup").read_text("utf-8").replace(' xmlns="http://audacity.sourceforge.net/xml/"', "")
    root = ET.fromstring(text)
    assert (folder / root.attrib["projname"]).is_dir()
    tracks = root.findall("wavetrack")
    assert [(track.attrib["name"], track.attrib["linked"]) for track in tracks] == [
        (bus, linked) for bus in BUSES for linked in "10"
    ]
    for track, lane in zip(tracks, (lane for lane in project.lanes for _ in (0, 1)), strict=True):
        for clip, item in zip(track.findall("waveclip"), lane.items, strict=True):
            assert round(float(clip.attrib["offset"]) * RATE, 3) == item.start
            at = item.start
            for block in clip.iter("pcmaliasblockfile"):
                assert (folder / "calm_data" / block.attrib["aliasfile"]).is_file()
                assert int(block.attrib["aliasstart"]) == at
                assert block.attrib["aliaschannel"] == track.attrib["channel"]
                at += int(block.attrib["aliaslen"])
            assert at == item.end
            points = [(float(point.attrib["t"]), float(point.attrib["val"])) for point in clip.iter("controlpoint")]
            assert points == sorted(points, key=lambda point: point[0])
            if item.fade_in:
                assert next(point for point in points if abs(point[1] - 1) < 1e-6)[0] * RATE == pytest.approx(
                    item.fade_in
                )
    names = [block.attrib["summaryfile"] for block in root.iter("pcmaliasblockfile")]
    assert len(set(names)) == len(names), "Audacity takes blocks of one name for one block"
    labels = [(round(float(label.attrib["t"]) * RATE), label.attrib["title"]) for label in root.iter("label")]
    assert labels == [(mark.start, mark.text) for mark in (*project.chapters, *project.markers)]


def test_every_name_can_be_written() -> None:
    names = ['say "now"', "it's", "both \" and '", "all \" ' `", "<&>", "ü"]
    items = tuple(Item(10 * number, 10 * number + 5, name) for number, name in enumerate(names))
    project = Project("t", RATE, 1_000, "x_data", (Lane("voice", "voice.wav", items),), (Mark(0, 9, names[2]),), ())
    root = rpp.loads(PROJECTS["reaper"].write(project))
    found = [item.find("./NAME")[1] for item in root.findall(".//ITEM")]
    assert found == [*names[:3], "all \" ' '", *names[4:]]
    read: Any = otio.adapters.read_from_string(PROJECTS["otio"].write(project), "otio_json")
    assert [clip.name for clip in read.find_clips()] == names
    clips = ET.fromstring(PROJECTS["audacity"].write(project)).iter()
    assert [clip.attrib["name"] for clip in clips if clip.tag.endswith("waveclip")] == [*names, *names]


def test_the_project_lies_beside_its_stems() -> None:
    audio = Path("out") / "calm.mp3"
    wanted = Companions.beside(audio, None, False, None, False, "reaper")
    assert (wanted.project, wanted.stems) == (Path("out/calm.rpp"), Path("out/calm_data"))
    elsewhere = Companions.beside(audio, None, False, Path("studio/stems"), False, "otio")
    assert (elsewhere.project, elsewhere.stems) == (Path("studio/calm.otio"), Path("studio/stems"))
    assert wanted.project in wanted.paths


def test_fades_between_two_beds_stay_in_the_stem() -> None:
    rain, ocean = SoundRef("rain"), SoundRef("ocean")
    first = Event("bed", "bed", 0, 500, None, bed=rain, fade_in=50, fade_out=100)
    second = Event("bed", "bed", 400, 1_000, None, bed=ocean, fade_in=100, fade_out=80)
    timeline = Timeline("t", "en", "v", 900, (), (first, second))
    fades = [(event.fade_in, event.fade_out) for event in without_outer_fades(timeline).events]
    assert fades == [(0, 100), (100, 0)]
