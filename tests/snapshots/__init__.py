"""Named situations, and the pictures taken of them."""
