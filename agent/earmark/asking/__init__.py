"""Asks: what a post asks with options, what its replies answer, and how many of each."""
