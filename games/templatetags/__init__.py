"""What templates of games may say."""
