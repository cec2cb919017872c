"""A real-time audio cadence coach: plan in, coached session out.

The rooms, from the ground up: `units`, `timebase`, `errors`; `plan`, `gait`, `devices`; `coach`, `sound`;
`record`; `view`; `app`. Imports only go down; docs/reading-order.md says where to begin.
"""

__version__ = "0.2.0"
