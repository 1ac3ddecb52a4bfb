"""What templates of tenants may say."""
