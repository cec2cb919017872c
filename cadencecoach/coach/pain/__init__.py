"""The pain key and the key for something wrong: what is asked, what an answer stops, and how it is taken back."""
