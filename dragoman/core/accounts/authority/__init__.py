"""How far an agent may go alone, and who says yes beyond that."""
