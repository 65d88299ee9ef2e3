"""Text to meaning: language, tags and feeling, each with its reason."""
