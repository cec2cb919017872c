"""A simulation of many runners over many sessions: to catch a policy that nags, swings or deserts the runner."""
