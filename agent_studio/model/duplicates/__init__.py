"""Agents that are there more than once, or nearly."""
