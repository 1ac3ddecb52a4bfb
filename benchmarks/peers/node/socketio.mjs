// A room with socket.io: what comes in goes out to everyone, as its documentation shows it. WebSocket alone, no polling before.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });

io.on("connection", (socket) => {
  socket.on("event", (message) => io.emit("event", message));
});

http.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 2048 });
