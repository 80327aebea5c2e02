"""What is printed: plain text and CSV, from one typed document."""
