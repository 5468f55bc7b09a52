"""Whole screens: each owns its state and hands slices of it to panes."""
