"""Where Mozilla signs an extension for its owner alone ("unlisted"): release Firefox wants that."""

SIGNING_KEY = "https://addons.mozilla.org/developers/addon/api/key/"
SIGNING_PAGE = "https://addons.mozilla.org/developers/addon/submit/upload-unlisted"
