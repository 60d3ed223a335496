"""The figures of docs/performance.md: `make bench`."""
