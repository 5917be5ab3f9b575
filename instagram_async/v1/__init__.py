"""The wire protocol of the Instagram API v1."""
