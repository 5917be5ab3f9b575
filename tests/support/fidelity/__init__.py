"""What the protocol sent, and which test shows it: the table behind docs/fidelity.md."""
