"""What an agent must know of the customer's market while answering: strip, playbook card, warnings, law lines."""
