"""An athlete over many sessions. Pure: rows of the index and entries of the athlete's log in, numbers out.

docs/metrics.md defines every number. `athlete` joins them, `own` has own cadence from the baseline until now, `felt`
what the body said, `measures` one function for each other number; `noise` says how large a change must be to be called
one, `weeks` counts by calendar weeks.
"""
