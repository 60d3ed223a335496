"""Settings, Hours: when customers are answered."""
