"""The demo workspace: people and stories as data, and the hand that stores them."""

EMAIL = "greta@demo.dragoman.example"
# printed on purpose; `serve` and `demo` refuse it off loopback
PASSWORD = "welcome to dragoman"  # noqa: S105
