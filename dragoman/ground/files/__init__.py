"""Files: kept under a key nobody can guess, on a disk or in a bucket (STORAGE_URL)."""
