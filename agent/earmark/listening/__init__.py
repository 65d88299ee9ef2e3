"""Watch terms and accounts over what is in the archive: tried, applied, and learned from."""
