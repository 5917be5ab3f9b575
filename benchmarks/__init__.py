"""What the package costs, as ratios to what else one could use: `python -m benchmarks`."""
