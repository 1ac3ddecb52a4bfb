"""The peers, started side by side with So-Buzz: the chat of the Channels tutorial, socket.io, ws, a bare picows server."""
