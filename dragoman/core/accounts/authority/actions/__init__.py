"""Setting limits; asking for approval and deciding."""
