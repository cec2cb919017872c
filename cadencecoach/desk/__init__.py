"""What a person asks for, as functions that return values. Who answers questions, and who is told, is handed in."""
