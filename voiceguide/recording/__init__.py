"""A person's own voice: a sheet to read from, and the lines found in what was recorded.

``sheet`` lists a script's lines; ``takes`` opens a recording; ``phrases`` splits it at its pauses; ``matching`` assigns
phrases to lines by their words, ``lengths`` by order and length; ``readings`` checks each by speech recognition;
``room`` softens what is heard behind a voice; ``importing`` cuts the lines out and keeps
them as a recorded voice. Line by line: ``prompter`` tells what is still to be read, ``judging`` what is wrong with a
take, and ``kept_takes`` holds the takes to choose from.
"""
