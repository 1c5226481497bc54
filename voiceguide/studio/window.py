"""The studio in a window of its own, which pywebview opens with the system's browser engine."""

from __future__ import annotations

import importlib
import threading
from typing import Any

from voiceguide.errors import OutputError
from voiceguide.studio.server import Studio

_SIZE = (1280, 860)
_SMALLEST = (390, 560)


def require_window() -> Any:
    """pywebview's module. Raises OutputError when it is not installed."""
    try:
        return importlib.import_module("webview")
    except ImportError as error:
        raise OutputError(
            'A window of its own needs pywebview: pip install "voiceguide[window]". '
            "Without --window the studio opens in your browser."
        ) from error


def show_window(studio: Studio) -> None:
    """Shows the studio until the window is closed, from the main thread, as window systems want it. Raises OutputError
    where no window can be opened."""
    webview = require_window()
    serving = threading.Thread(target=studio.run, name="studio")
    serving.start()
    try:
        webview.settings["ALLOW_DOWNLOADS"] = True
        webview.create_window("voiceguide studio", studio.address, width=_SIZE[0], height=_SIZE[1], min_size=_SMALLEST)
        webview.start()
    except Exception as error:
        raise OutputError(
            f"No window could be opened ({error}). Without --window the studio opens in your browser."
        ) from error
    finally:
        studio.stop()
        serving.join()
