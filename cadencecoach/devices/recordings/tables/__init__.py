"""What the columns and fields of tables mean, whoever wrote them."""
