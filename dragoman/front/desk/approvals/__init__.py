"""Requests for approval: what waits for an agent, and what became of theirs."""
