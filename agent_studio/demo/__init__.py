"""The sample agents that ship with the studio: a small web shop's team, with every quirk that real files have."""
