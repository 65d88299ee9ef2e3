"""The plugin author's kit: recorded cases, and what is done with them."""
