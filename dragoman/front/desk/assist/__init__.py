"""What is laid beside an agent's hand: a draft with its sources, articles, similar conversations, a summary."""
