"""What comes in from files: each kind is read piece by piece, and what is broken is named."""
