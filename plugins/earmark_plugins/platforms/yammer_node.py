"""The ids that Viva Engage's pages and service share: Base64 of `{"_type": …, "id": …}`."""

import base64
import json
import re
from typing import Any

from earmark.markup import dig

_NODE = re.compile(r"eyJfdHlwZSI6[A-Za-z0-9]+")


def node_id(kind: str, text: str | None) -> str | None:
    """The number in the first node id of `kind` in a text."""
    for found in _NODE.findall(text or ""):
        try:
            node = json.loads(base64.b64decode(found + "=" * (-len(found) % 4)))
        except ValueError:  # cut short, or only looks like one
            continue
        if isinstance(node, dict) and node.get("_type") == kind:
            return str(node.get("id"))
    return None


def database_id(node: Any) -> str | None:
    """The number of a user or a message in a response."""
    kinds = ("Message", "User")
    coded = (node_id(kind, dig(node, "id")) for kind in kinds)
    plain = dig(node, "databaseId") or next(filter(None, coded), None)
    return str(plain) if plain else None
