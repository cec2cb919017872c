"""The store as tables of a database, SQLite or PostgreSQL; loaded only where `[store] url` names one."""
