"""What `record.summary` counts with: values that stand, sums of a stage, spread and slope, helped or silent."""
