"""Pages people read: values in, the text of one self-contained HTML file out."""
