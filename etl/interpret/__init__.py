"""What was typed -> what it says: value, qualifier, state, and the rules that have something to say about it."""
