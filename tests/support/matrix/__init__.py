"""Every fault on every operation, used in every way: the run behind docs/fault-matrix.md."""
