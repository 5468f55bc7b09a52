"""YAML as Claude Code 2.1.329 reads it: every rule here was seen in what the host makes of a text."""
