"""The phrasebook: what it covers, said another way, phrases of one's own, files."""
