"""What pictures in pages are drawn with: elements, scales, hatchings, style, and the plot of a course over time."""
