"""What leaves Earmark: exports, each by the wish of the person who owns the log."""
