"""The operations of the API, section by section."""
