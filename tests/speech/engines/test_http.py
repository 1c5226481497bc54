"""Voices on servers: real requests to a real server on loopback, which also has its bad days."""

from __future__ import annotations

import io
import json
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.engines.speech_server import (
    IMPATIENT,
    RATE,
    SHORT,
    Asked,
    SpeechServer,
    answering,
    pitch_of,
    sound,
    speaking,
    speech_server,
)
from tests.support.audio import decoded, ffmpeg
from tests.support.command_line import Run, report
from voiceguide.configuration import VARIABLE, Server
from voiceguide.errors import SpeechError
from voiceguide.speech import Casting, FailedLinesError, Studio, resolve
from voiceguide.speech.cache import Store
from voiceguide.speech.engines.engine import ENGINES, GivenUpError, load_engine
from voiceguide.speech.engines.http.engine import HttpEngine
from voiceguide.speech.engines.http.exchange import post
from voiceguide.speech.engines.http.retry import RETRY_POLICY
from voiceguide.timeline import Line

KEY = "sk-Zq9.0123456789abcdef"
KEY_VARIABLE = "TESTED_SPEECH_KEY"
REQUEST = {"model": "tones", "input": "Rest your hands.", "voice": "calm", "response_format": "wav", "speed": 1.0}

Configure = Callable[..., Path]


@pytest.fixture
def service() -> Iterator[SpeechServer]:
    with speech_server() as running:
        yield running


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: SpeechServer) -> Configure:
    """Writes a configuration with the server as http:tones; each argument is a setting more of it."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv(VARIABLE, str(path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)

    def configure(rest: str = "", **settings: object) -> Path:
        whole = {"address": service.address, "model": "tones", "voice": "calm"} | settings
        rows = [f"{name.replace('_', '-')} = {json.dumps(value)}" for name, value in whole.items()]
        path.write_text("\n".join(["[http.tones]", *rows, rest]) + "\n")
        return path

    configure()
    return configure


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio({"http": IMPATIENT, "silent": ENGINES["silent"]}, Store(tmp_path / "speech"))


def line(text: str, pace: float = 1.0, voice: str = "http:tones") -> Line:
    return Line(text, voice, pace, "en")


def asked(service: SpeechServer, key: str = "", **changes: object) -> bytes:
    server = Server("tones", service.address, "tones", "calm", key_variable=KEY_VARIABLE if key else "", timeout=60.0)
    return post(replace(server, **changes), key, REQUEST, SHORT)  # type: ignore[arg-type]


def failure(service: SpeechServer, key: str = "", **changes: object) -> SpeechError:
    with pytest.raises(SpeechError) as caught:
        asked(service, key, **changes)
    return caught.value


def ends_all(error: SpeechError) -> bool:
    return isinstance(error, GivenUpError) and error.whole_voice


def test_what_is_asked_for(configure: Configure, service: SpeechServer) -> None:
    engine = load_engine(ENGINES["http"])
    said = engine.speak("Rest your\x00 hands.\n", "http:tones", 0.8)
    assert service.requests == [REQUEST | {"speed": 0.8, "path": "/v1/audio/speech"}]
    assert "authorization" not in service.headers[0]
    assert said.sample_rate == RATE
    assert said.samples.dtype == np.float32
    assert len(said.samples) == pytest.approx(16 * 0.07 / 0.8 * RATE, abs=1)
    assert 0.29 < np.abs(said.samples).max() < 0.31
    with pytest.raises(SpeechError, match="nothing to say"):
        engine.speak("\n", "http:tones", 1.0)


@pytest.mark.parametrize(("tempo", "pace", "speed"), [(0.9, 1.2, 1.08), (2.0, 2.0, 4.0), (0.5, 0.5, 0.25)])
def test_the_speed_is_tempo_times_pace(
    configure: Configure, service: SpeechServer, tempo: float, pace: float, speed: float
) -> None:
    configure(tempo=tempo)
    HttpEngine(SHORT).speak("In.", "http:tones", pace)
    assert service.requests[0]["speed"] == speed


@pytest.mark.parametrize(("tempo", "pace"), [(3.5, 2.0), (0.3, 0.5)])
def test_a_speed_that_no_server_takes_is_told_and_not_asked_for(
    configure: Configure, service: SpeechServer, tempo: float, pace: float
) -> None:
    configure(tempo=tempo)
    with pytest.raises(GivenUpError, match=r"'tempo' in the section \[http.tones\].*but servers take 0.25 to 4"):
        HttpEngine(SHORT).speak("In.", "http:tones", pace)
    assert service.requests == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"detail": [{"loc": ["body", "speed"], "msg": "Input should be greater than or equal to 1"}]}',
        b'{"error": {"message": "Speed must be between 1.0 and 2.0"}}',
    ],
)
def test_a_speed_that_the_server_refuses_is_told_with_the_setting(
    configure: Configure, service: SpeechServer, body: bytes
) -> None:
    configure(tempo=0.7)
    service.always = answering(422, body)
    with pytest.raises(
        GivenUpError, match=r"does not speak at 0\.7 times its own tempo; change 'tempo' in the section \[http\.tones\]"
    ):
        HttpEngine(SHORT).speak("In.", "http:tones", 1.0)


@pytest.mark.parametrize("form", ["wav", "flac", "mp3", "opus"])
def test_every_format_is_decoded(configure: Configure, service: SpeechServer, form: str) -> None:
    configure(response_format=form)
    said = HttpEngine(SHORT).speak("Rest your hands.", "http:tones", 1.0)
    assert service.requests[0]["response_format"] == form
    assert len(said.samples) / said.sample_rate == pytest.approx(16 * 0.07, abs=0.05)
    spectrum = np.abs(np.fft.rfft(said.samples[:, 0] if said.samples.ndim == 2 else said.samples))
    assert np.argmax(spectrum) / len(said.samples) * said.sample_rate == pytest.approx(pitch_of("calm"), abs=2)


def streamed(form: str) -> bytes:
    """A tone of a second as ffmpeg writes it into a pipe, where it cannot go back to fill the header."""
    return ffmpeg("-v", "error", "-f", "lavfi", "-i", "sine=300:d=1:r=24000", "-f", form, "pipe:1").stdout


@pytest.mark.parametrize("form", ["wav", "flac", "mp3", "opus"])
def test_a_stream_whose_header_leaves_the_length_open(configure: Configure, service: SpeechServer, form: str) -> None:
    content = streamed(form)
    if form == "wav":
        assert content[4:8] == b"\xff\xff\xff\xff"
    service.always = answering(200, content, f"audio/{form}")
    said = HttpEngine(SHORT).speak("Rest your hands.", "http:tones", 1.0)
    assert len(said.samples) / said.sample_rate == pytest.approx(1.0, abs=0.06)


def chunked(request: Asked) -> None:
    content = sound(request.asked["input"])
    open_end = content[:4] + b"\xff" * 4 + content[8:40] + b"\xff" * 4 + content[44:]
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    for start in range(0, len(open_end), 5000):
        chunk = open_end[start : start + 5000]
        request.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
    request.wfile.write(b"0\r\n\r\n")


def test_an_answer_in_chunks(configure: Configure, service: SpeechServer) -> None:
    service.always = chunked
    said = HttpEngine(SHORT).speak("Rest your hands.", "http:tones", 1.0)
    assert len(said.samples) == pytest.approx(16 * 0.07 * RATE, abs=1)


def test_a_key_comes_from_the_environment_and_goes_into_one_header(
    configure: Configure, service: SpeechServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(key_variable=KEY_VARIABLE)
    monkeypatch.setenv(KEY_VARIABLE, f" {KEY}\n")
    engine = HttpEngine(SHORT)
    engine.speak("In.", "http:tones", 1.0)
    assert service.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(service.requests) + engine.version("http:tones") + repr(engine.voices())


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (None, f"the environment variable {KEY_VARIABLE}, which should hold its server's key, is not set."),
        ("  ", f"the environment variable {KEY_VARIABLE}, which should hold its server's key, is not set."),
        ("sk-ä", f"what the environment variable {KEY_VARIABLE} holds cannot be a key."),
        ("sk-1\r\nX-Evil: 1", f"what the environment variable {KEY_VARIABLE} holds cannot be a key."),
    ],
)
def test_without_a_key_nothing_is_asked(
    configure: Configure, service: SpeechServer, monkeypatch: pytest.MonkeyPatch, key: str | None, words: str
) -> None:
    configure(key_variable=KEY_VARIABLE)
    if key is not None:
        monkeypatch.setenv(KEY_VARIABLE, key)
    for name in ("http:tones", "tones", "http"):
        with pytest.raises(SpeechError) as caught:
            resolve(name, "en")
        assert str(caught.value) == f"The voice http:tones cannot be used: {words}"
    with pytest.raises(GivenUpError) as given_up:
        HttpEngine(SHORT).speak("In.", "http:tones", 1.0)
    assert given_up.value.whole_voice
    assert service.requests == []


def test_a_busy_server_is_asked_again_when_it_says(service: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waits.append)
    busy = answering(429, b'{"error": {"message": "Slow down."}}', Retry_After="1")
    service.answers = [busy, answering(503, Retry_After="3600"), answering(503, Retry_After="soon")]
    server = Server("tones", service.address, "tones", "calm")
    assert post(server, "", REQUEST, replace(SHORT, backoff=0.1, longest_wait=1.2)) == sound(
        REQUEST["input"], pitch=pitch_of("calm")
    )
    assert waits == [1.0, 1.2, 0.4]


@pytest.mark.parametrize("status", [500, 502, 504])
def test_three_failures_of_the_server_are_borne(service: SpeechServer, status: int) -> None:
    service.answers = [answering(status)] * 3
    assert asked(service)
    assert len(service.requests) == 4


@pytest.mark.parametrize(("status", "for_all"), [(500, False), (503, True), (429, True)])
def test_a_server_that_stays_busy_is_given_up_with_its_words(service: SpeechServer, status: int, for_all: bool) -> None:
    service.always = answering(status, b'{"error": {"message": "You have used\\u001b[2J\\nit up."}}')
    error = failure(service)
    assert len(service.requests) == SHORT.retries + 1
    assert (
        f"still answers with status {status} after several attempts; try again later: You have used·[2J it up"
        in str(error)
    )
    assert isinstance(error, GivenUpError)
    assert error.whole_voice == for_all


def test_a_refused_line_is_told_in_the_servers_words(service: SpeechServer) -> None:
    said = {
        b'{"error": {"message": "No voice calm.", "code": 7}}': ": No voice calm",
        b'{"detail": [{"loc": ["body"], "msg": "field required"}]}': ": field required",
        b'{"detail": {"error": "x", "message": "y"}}': ": x",
        b"just words": ": just words",
        b"<html><body>Bad</body></html>": "",
        b"[" * 3000: ": " + "[" * 199 + "…",
        b"": "",
        b"\xff\x00": ": \N{REPLACEMENT CHARACTER}·",
    }
    for body, words in said.items():
        service.always = answering(400, body)
        error = failure(service)
        assert str(error) == f"the server {service.address[7:-3]} refused the line (status 400){words}"
        assert isinstance(error, GivenUpError)
        assert not error.whole_voice
    assert len(service.requests) == len(said)


def test_a_key_that_is_not_accepted_is_never_shown(service: SpeechServer) -> None:
    for status, body in (
        (401, f"Incorrect key {KEY}"),
        (403, f"{KEY[:8]}******"),
        (400, f"Is {KEY} a key?"),
        (404, KEY),
    ):
        service.always = answering(status, body.encode(), Location=f"/{KEY}")
        error = failure(service, KEY)
        assert KEY[:8] not in str(error)
        assert ends_all(error) == (status != 400)
        if status in (401, 403):
            assert f"does not accept the key in the environment variable {KEY_VARIABLE} (status {status})" in str(error)
    service.always = answering(401)
    assert "asks for a key; name its environment variable as 'key-variable' in the section [http.tones]" in str(
        failure(service)
    )


def test_an_address_that_is_wrong(service: SpeechServer) -> None:
    service.always = answering(404, b'{"detail": "Not Found"}')
    error = failure(service)
    assert "has no such address, model or voice; correct them in the section [http.tones]" in str(error)
    assert str(error).endswith("(status 404): Not Found")
    assert ends_all(error)
    service.always = answering(200, b"<!DOCTYPE html><title>Welcome</title>", "text/html; charset=utf-8")
    error = failure(service)
    assert "sent a web page instead of sound; correct 'address' in the section [http.tones]" in str(error)
    assert ends_all(error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(service: SpeechServer, status: int) -> None:
    with speech_server() as other:
        place = f"http://user:{KEY}@{other.address[7:]}/audio/speech?key={KEY}"
        service.always = answering(status, Location=place)
        error = failure(service, KEY)
        assert f"sends us on to {other.address}/audio/speech, which is not followed; correct 'address'" in str(error)
        assert ends_all(error)
        assert other.requests == []
        assert KEY not in str(error)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and not listening: nobody else can take the port
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        error = failure(SpeechServer(address))
    assert "cannot be reached (Connection refused); start it, or correct 'address' in the section" in str(error)
    assert ends_all(error)
    error = failure(SpeechServer("http://no-such-host.invalid/v1"))
    assert "the server no-such-host.invalid cannot be reached (" in str(error)


def test_a_secure_connection_that_cannot_be(service: SpeechServer) -> None:
    error = failure(SpeechServer(service.address.replace("http:", "https:")))
    assert "no secure connection to the server 127.0.0.1:" in str(error)
    assert ends_all(error)


def test_a_server_that_hangs(service: SpeechServer) -> None:
    service.answers = [service.hanging]
    assert asked(service, timeout=5.0)  # once is borne
    assert len(service.requests) == 2
    service.always = service.hanging
    error = failure(service, timeout=0.3)
    assert len(service.requests) == 2 + SHORT.silences + 1
    assert str(error).endswith(
        "took longer than 0.3s for a line; 'timeout' in the section [http.tones] of the configuration allows more"
    )
    assert ends_all(error)


def test_a_server_that_goes_on_drop_by_drop(service: SpeechServer) -> None:
    def dripping(request: Asked) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "100000")
        request.end_headers()
        while not service.over.wait(0.05):
            request.wfile.write(b"R")

    service.always = dripping
    assert "took longer than 0.4s" in str(failure(service, timeout=0.4))


def broken_off(request: Asked) -> None:
    content = sound(request.asked["input"])
    request.send_response(200)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content[:-5000])
    request.close_connection = True


def closed(request: Asked) -> None:
    """An answer whose length is not told, so that its end could be anywhere: only the sound itself can tell."""
    content = sound(request.asked["input"])
    request.send_response(200)
    request.send_header("Connection", "close")
    request.end_headers()
    request.wfile.write(content[:-5000])
    request.close_connection = True


@pytest.mark.parametrize("ending", [broken_off, closed])
def test_half_an_answer_is_never_taken_for_a_whole_one(
    configure: Configure, service: SpeechServer, ending: Callable[[Asked], None]
) -> None:
    service.always = ending
    with pytest.raises(SpeechError, match="broke off in the middle of its answer") as caught:
        HttpEngine(SHORT).speak("Rest your hands.", "http:tones", 1.0)
    assert not isinstance(caught.value, GivenUpError)


def hours() -> bytes:
    """More than two hours of sound in a file that is not too large for an answer."""
    file = io.BytesIO()
    soundfile.write(file, np.zeros(2 * 3600 * 8_000 + 4_000_000, np.int16), 8_000, format="WAV", subtype="PCM_U8")
    return file.getvalue()


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"", "audio/wav", "sent an empty answer"),
        (b'{"error": "no such voice"}', "application/json", "sent a text instead of sound: no such voice"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav", "something that is no sound, or damaged"),
        (b"\x00\x01" * 100, "audio/wav", "something that is no sound, or damaged"),
        (sound("Rest your hands.", form="flac")[:-2000], "audio/flac", "something that is no sound, or damaged"),
        (lambda: b"fLaC" + bytes(70 << 20), "audio/flac", "sent more than 64 MiB, far too much for a line"),
        (hours, "audio/wav", "sent far too much sound for a line"),
    ],
    ids=["empty", "JSON", "no chunks", "noise", "cut FLAC", "large", "long"],
)
def test_what_is_no_sound(
    configure: Configure, service: SpeechServer, body: bytes | Callable[[], bytes], kind: str, words: str
) -> None:
    service.always = answering(200, body() if callable(body) else body, kind)
    with pytest.raises(SpeechError) as caught:
        HttpEngine(SHORT).speak("Rest your hands.", "http:tones", 1.0)
    assert words in str(caught.value)
    assert not isinstance(caught.value, GivenUpError)


def test_the_version_follows_what_decides_the_sound(configure: Configure) -> None:
    versions = [HttpEngine().version("http:tones")]
    for setting in (
        {"model": "m"},
        {"voice": "v"},
        {"address": "http://x"},
        {"response_format": "mp3"},
        {"tempo": 1.1},
    ):
        configure(**setting)
        versions.append(HttpEngine().version("http:tones"))
    assert len(set(versions)) == len(versions)
    configure(timeout=9, language="de", gender="male", key_variable=KEY_VARIABLE)
    assert HttpEngine().version("http:tones") == versions[0]
    with pytest.raises(SpeechError, match=r"no section \[http.other\]"):
        HttpEngine().version("http:other")


def test_the_line_limit_leaves_room_for_all_attempts(configure: Configure, tmp_path: Path) -> None:
    configure("[http.b]\naddress='http://x'\nmodel='m'\nvoice='v'\ntimeout=100", timeout=30)
    limit = HttpEngine().line_limit
    assert limit >= (RETRY_POLICY.retries + 1) * 100 + RETRY_POLICY.retries * RETRY_POLICY.longest_wait
    (tmp_path / "config.toml").write_text("nonsense")
    assert HttpEngine().line_limit > 0


def test_the_voices_and_what_auto_makes_of_them(configure: Configure) -> None:
    configure("[http.wrong]\nmodel = 'm'\n", language="fi-FI", gender="female")
    voice, wrong = HttpEngine().voices()
    assert (voice.name, voice.language, voice.gender, voice.quality) == ("http:tones", "fi-FI", "female", "server")
    assert voice.fault == ""
    assert wrong.name == "http:wrong"
    assert "http.wrong: 'address' is missing." in wrong.fault
    casting = Casting({"http": ENGINES["http"], "silent": ENGINES["silent"]})
    assert casting.resolve("http", "fi") == casting.resolve("tones", "en") == "http:tones"
    with pytest.raises(SpeechError, match="No voice speaks the language 'fi'"):
        casting.resolve("auto", "fi")
    with pytest.raises(SpeechError, match="'address' is missing"):
        casting.resolve("wrong", "fi")


def test_lines_through_real_workers_are_kept(configure: Configure, service: SpeechServer, studio: Studio) -> None:
    service.answers = [answering(429, Retry_After="0"), answering(200, b"", "audio/wav")]
    lines = [line(f"Line number {number}.") for number in range(5)] + [line("Rest.", 0.8)]
    spoken = studio.speak(lines, jobs=2)
    assert (spoken.cached, spoken.spoken) == (0, 6)
    assert len(service.requests) == 8
    assert set(service.texts) == {line.text for line in lines}
    service.always = answering(500)
    assert studio.speak(lines, jobs=2).cached == 6
    assert len(service.requests) == 8


def test_lines_that_are_refused_are_told_together_after_one_attempt_each(
    configure: Configure, service: SpeechServer, studio: Studio
) -> None:
    def choosy(request: Asked) -> None:
        text = request.asked["input"]
        request.send(400, b"too rude", "text/plain") if "!" in text else request.send(200, sound(text))

    service.always = choosy
    lines = [line("Go away!"), line("Rest your hands."), line("Come here!")]
    with pytest.raises(FailedLinesError) as caught:
        studio.speak(lines, jobs=1)
    reason = f"reported: the server {service.address[7:-3]} refused the line (status 400): too rude"
    assert caught.value.failures == ((lines[0], reason), (lines[2], reason))
    assert len(service.requests) == 3
    assert studio.speak(lines[1:2], jobs=1).cached == 1


def test_a_voice_that_cannot_be_used_ends_the_run_at_once_with_one_sentence(
    configure: Configure, service: SpeechServer, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(key_variable=KEY_VARIABLE)
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    service.always = answering(401)
    with pytest.raises(SpeechError) as caught:
        studio.speak([line(f"Line number {number}.") for number in range(20)], jobs=2)
    assert not isinstance(caught.value, FailedLinesError)
    assert str(caught.value) == (
        f"The voice http:tones cannot be used: the server {service.address[7:-3]} does not accept the key in the "
        f"environment variable {KEY_VARIABLE} (status 401)."
    )
    assert len(service.requests) <= 4
    assert list((studio.store.folder / "making").iterdir()) == []


def test_a_key_is_in_nothing_that_is_written_also_when_the_server_repeats_it(
    configure: Configure, service: SpeechServer, voiceguide: Run, tmp_path: Path
) -> None:
    configure(key_variable=KEY_VARIABLE)
    (tmp_path / "x.md").write_text("Rest your hands. [pause 2s]\n")
    (tmp_path / "pack.yaml").write_text("title: X\nvoice: http:tones\nsessions: [{script: x.md}]\n")
    (tmp_path / "tmp").mkdir()
    own = {KEY_VARIABLE: KEY, "VOICEGUIDE_CACHE": str(tmp_path / "cache"), "TMPDIR": str(tmp_path / "tmp")}
    repeated = json.dumps({"error": {"message": f"bad key: Bearer {KEY}", "key": KEY}}).encode()
    told = ""
    for answer in (answering(400, repeated), speaking):
        service.always = answer
        for command in (("render", "x.md", "--voice", "http:tones"), ("pack", "build", "pack.yaml", "-o", "built")):
            done = voiceguide(*command, **own)
            assert (done.returncode == 0) is (answer is speaking), done.stderr
            told += done.stdout + done.stderr
    assert "refused the line" in told
    assert KEY not in told
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"manifest.json", "x.mp3", "x.report.json"} <= {path.name for path in written}
    assert [path for path in written if KEY.encode() in path.read_bytes()] == []


def test_a_whole_session(
    configure: Configure, service: SpeechServer, voiceguide: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(key_variable=KEY_VARIABLE)
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "x.md").write_text("Rest your hands. [pause 2s]\nAnd breathe.\n")
    command = ("render", "x.md", "--voice", "http:tones", "-o", "x.wav", "--report", "x.json")
    missing = voiceguide(*command)
    assert missing.returncode == 1
    assert f"the environment variable {KEY_VARIABLE}, which should hold its server's key, is not set" in missing.stderr
    done = voiceguide(*command, **{KEY_VARIABLE: KEY})
    assert done.returncode == 0, done.stderr
    told = report(tmp_path / "x.json")
    assert told["run"]["lines"] == {"spoken": 2, "from_cache": 0}
    assert told["timeline"]["voice"] == "http:tones"
    assert len(decoded(tmp_path / "x.wav")) == told["timeline"]["frames"]
    assert sorted(service.texts) == ["And breathe.", "Rest your hands."]
    assert {headers["authorization"] for headers in service.headers} == {f"Bearer {KEY}"}
    for path in tmp_path.rglob("*"):
        assert KEY not in path.name
        assert not path.is_file() or KEY.encode() not in path.read_bytes()
    assert KEY not in done.stdout + done.stderr
    listed = voiceguide("voices")
    assert "http:tones" not in listed.stdout
    assert f"The voice http:tones cannot be used: the environment variable {KEY_VARIABLE}" in listed.stderr
    assert os.environ.get(KEY_VARIABLE) is None
