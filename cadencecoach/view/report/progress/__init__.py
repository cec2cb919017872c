"""The page of an athlete: sessions over weeks."""
