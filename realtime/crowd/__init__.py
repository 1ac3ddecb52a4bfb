"""A crowd of bots that plays a game over real sockets."""
