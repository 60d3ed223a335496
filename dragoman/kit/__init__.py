"""Small nouns that know nothing of the shop, the desk or the database."""
