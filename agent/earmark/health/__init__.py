"""What can be wrong with an installation of Earmark, how it is found, and the words for it."""
