"""What to keep: the sites a person chose, the words that mean them, the pages about them."""
