"""Markup to items: slicing a page, reading the fragments, dates and counts as people write them."""
