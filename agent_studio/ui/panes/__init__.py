"""Panes: attributes down, messages up; none knows another."""
