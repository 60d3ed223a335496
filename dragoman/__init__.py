"""Dragoman: customer service for shops that sell across borders."""
