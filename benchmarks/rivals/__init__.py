"""The same work done with other libraries, as their own users would write it."""
