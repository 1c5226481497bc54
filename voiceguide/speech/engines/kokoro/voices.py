"""Kokoro's voices, all from one model. Nothing here opens it, or imports the package."""

from __future__ import annotations

import functools
import importlib.metadata
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voiceguide.languages import base_language
from voiceguide.speech.engines.engine import Voice
from voiceguide.speech.engines.kokoro.files import FILES, damaged, folder
from voiceguide.speech.engines.kokoro.phonemes import missing

PACKAGE = "kokoro-onnx"
LICENCE = "Apache-2.0"
HINT = 'The command: pip install "voiceguide[kokoro]" installs what Kokoro needs.'

Gender = Literal["female", "male"]

_NAMES = {"ja-JP": "Japanese", "zh-CN": "Chinese"}
_TOO_NEW = (3, 13)  # Python for misaki

_LANGUAGES: dict[str, str] = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es-ES",
    "f": "fr-FR",
    "h": "hi-IN",
    "i": "it-IT",
    "j": "ja-JP",
    "p": "pt-BR",
    "z": "zh-CN",
}
"""The language of a voice by its name's first letter; the second is its gender."""

_SPEEDS: dict[str, float] = {
    "af_heart": 0.65,
    "af_bella": 0.69,
    "af_aoede": 0.66,
    "af_kore": 0.68,
    "af_sarah": 0.68,
    "af_alloy": 0.72,
    "af_nova": 0.7,
    "af_sky": 0.67,
    "af_jessica": 0.6,
    "af_river": 0.61,
    "af_nicole": 0.98,
    "am_michael": 0.75,
    "am_fenrir": 0.66,
    "am_puck": 0.63,
    "am_echo": 0.72,
    "am_eric": 0.6,
    "am_liam": 0.64,
    "am_onyx": 0.71,
    "am_santa": 0.72,
    "am_adam": 0.67,
    "bf_emma": 0.67,
    "bf_isabella": 0.67,
    "bf_alice": 0.69,
    "bf_lily": 0.68,
    "bm_fable": 0.7,
    "bm_george": 0.78,
    "bm_lewis": 0.74,
    "bm_daniel": 0.67,
    "ef_dora": 0.55,
    "em_alex": 0.56,
    "em_santa": 0.56,
    "ff_siwis": 0.57,
    "hf_alpha": 0.68,
    "hf_beta": 0.61,
    "hm_omega": 0.7,
    "hm_psi": 0.7,
    "if_sara": 0.57,
    "im_nicola": 0.59,
    "jf_alpha": 0.5,
    "jf_gongitsune": 0.5,
    "jf_tebukuro": 0.5,
    "jf_nezumi": 0.5,
    "jm_kumo": 0.5,
    "pf_dora": 0.57,
    "pm_alex": 0.58,
    "pm_santa": 0.59,
    "zf_xiaobei": 0.77,
    "zf_xiaoni": 0.7,
    "zf_xiaoxiao": 0.63,
    "zf_xiaoyi": 0.66,
    "zm_yunjian": 0.7,
    "zm_yunxi": 0.64,
    "zm_yunxia": 0.69,
    "zm_yunyang": 0.59,
}
"""Every voice with its speed at pace 1, at which it says 3.0 to 3.3 syllables a second (``tests.benchmarks.kokoro``).
Those voices of a language come first that their author grades best; ``af_nicole``, who whispers, comes last."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice; ``language`` is a BCP 47 tag, ``calm`` the model's speed at pace 1."""

    short: str
    language: str
    gender: Gender
    calm: float

    @property
    def full_name(self) -> str:
        return f"kokoro:{self.short}"

    def voice(self, place: Path, fault: str) -> Voice:
        return Voice(
            self.full_name,
            "kokoro",
            self.language,
            self.gender,
            "neural",
            serves=(base_language(self.language),) if self.language != "en-GB" else (),
            licence=LICENCE,
            size=sum(file.size for file in FILES),
            location=str(place),
            fault=fault or _lacking(self.language),
        )


SPEAKERS = tuple(
    Speaker(name, _LANGUAGES[name[0]], "female" if name[1] == "f" else "male", calm) for name, calm in _SPEEDS.items()
)


def speaker(name: str) -> Speaker | None:
    """The speaker of a full name or a short one, in any case; None if there is none."""
    wanted = name.strip().casefold().removeprefix("kokoro:")
    return next((one for one in SPEAKERS if one.short == wanted), None)


def _lacking(language: str) -> str:
    """Why no voice of a language can be used though the files are there, or nothing."""
    if not (extra := missing(language)):
        return ""
    needed = f"Kokoro's {_NAMES[language]} voices need the spelling rules of their language. "
    if sys.version_info >= _TOO_NEW:
        return f"{needed}Their package needs Python 3.12 or older, and this is Python {platform.python_version()}."
    return f'{needed}The command: pip install "voiceguide[{extra}]" installs them.'


@functools.cache
def release() -> str | None:
    """The installed release of the package, if any."""
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return None


def fault(place: Path) -> str:
    """Why no voice of a folder with the files can be used, or nothing."""
    if release() is None:
        return f"Kokoro's voices need the package {PACKAGE}, which is not installed. {HINT}"
    names = ", ".join(file.name for file in damaged(place))
    if names:
        return (
            f"Kokoro's voices in the folder {place} are damaged or only partly there: {names}. "
            "'voiceguide voices add kokoro' fetches what is missing."
        )
    return ""


def how_to_add(name: str) -> str:
    """Sentences on how to get Kokoro's voices, for the name of one that is not on this computer, or nothing."""
    wanted = name.strip().casefold()
    if speaker(wanted) is None and wanted != "kokoro":
        return ""
    size = sum(file.size for file in FILES) / 1e6
    fetching = f"'voiceguide voices add kokoro' fetches them, {size:.0f} MB."
    return fetching if release() else f"{HINT} Then {fetching}"


def installed() -> tuple[Voice, ...]:
    """Every voice, if the files are on this computer, usable or not."""
    place = folder()
    if place is None:
        return ()
    why = fault(place)
    return tuple(one.voice(place, why) for one in SPEAKERS)
