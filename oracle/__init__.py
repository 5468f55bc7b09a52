"""The recorded probes, measured again on the Claude Code that is installed."""
