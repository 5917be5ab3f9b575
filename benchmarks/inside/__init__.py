"""What runs in fresh interpreters and prints its figures as JSON; see `benchmarks.fresh`."""
