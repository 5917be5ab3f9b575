"""What a world holds, in memory; nobody but the world looks in here."""
