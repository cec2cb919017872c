"""Bytes to nodes: the text of a plan file, safely read, before anybody asks what it means; and what is found in it."""
