"""Settings, Authority: how far each may go alone, what was used of it, who stands in."""
