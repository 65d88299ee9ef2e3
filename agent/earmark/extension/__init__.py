"""The browser extension on disk: its files, its packages, and where browsers find it unpacked."""
