"""What a world holds, in SQLite; nobody but the world looks in here."""
