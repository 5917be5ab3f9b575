"""What all the processes of these tests are begun with."""

from __future__ import annotations

import os

# None of them speaks TLS, and to read the system's certificates is a quarter of their start.
os.environ.setdefault("SSL_CERT_FILE", os.devnull)
