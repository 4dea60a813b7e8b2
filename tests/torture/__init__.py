"""What the store must survive, done to it for real, for as long as one has patience."""
