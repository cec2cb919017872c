"""A room of runners: its file held against what is here, who may run today, and what its keys do."""
