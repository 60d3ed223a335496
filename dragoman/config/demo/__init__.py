"""The demo workspace: people and stories as data, and the hand that stores them."""
