"""Readers of the markup a page offers to machines: schema.org, RDFa, microformats."""
