"""The radio: finds sensors, keeps them connected, hands up their bytes with the time they arrived. Decodes nothing."""
