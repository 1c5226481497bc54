"""voiceguide for programmers: what the command line does, as values. :mod:`voiceguide` exports its public names."""
