"""The query language: `parse.parse_query` reads it, `match.matches` judges one item by it."""
