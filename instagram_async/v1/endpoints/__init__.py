"""The operations, one file a section of the API's reference."""
