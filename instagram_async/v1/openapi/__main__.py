"""`python -m instagram_async.v1.openapi`."""

from __future__ import annotations

import argparse
import json
import sys

from instagram_async.v1.openapi.document import OFFICIAL, document
from instagram_async.v1.openapi.markdown import page


def main() -> None:
    """Print the OpenAPI document, or the page of the docs."""
    parser = argparse.ArgumentParser(prog="python -m instagram_async.v1.openapi")
    parser.add_argument("--server-url", default=OFFICIAL, help="where the API is")
    parser.add_argument("--markdown", action="store_true", help="print the page of the docs")
    given = parser.parse_args()
    text = page() if given.markdown else json.dumps(document(given.server_url), indent=2) + "\n"
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
