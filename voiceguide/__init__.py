"""voiceguide turns a routine script into one voice-guided audio file. Start at :mod:`voiceguide.build`."""

__version__ = "0.1.0"
