"""What happens when a page is touched, one module per room."""
