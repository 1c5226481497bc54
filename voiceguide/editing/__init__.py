"""What helps while a script is written. Pure: text in, values out; no file is read and nothing is kept."""
