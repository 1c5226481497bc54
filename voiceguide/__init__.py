"""voiceguide turns a routine script into one voice-guided audio file. Start at :mod:`voiceguide.session.render`."""

__version__ = "0.1.0"
