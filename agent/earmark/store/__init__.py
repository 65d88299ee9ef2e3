"""The log: rows whose document is the truth, one writer, and the queries of the inbox.

Documents are reached through TinyDB's own API (`log.table`); what the inbox asks all day is SQL.
"""
