// Socket.IO by its own package.
import { Server } from 'socket.io';
import { listen } from './listen.mjs';

const http = listen();
const io = new Server(http, { pingInterval: 300, pingTimeout: 2000, transports: ['websocket'] });
// Drops soon who does not answer pings.
const impatient = new Server(http, {
  path: '/impatient/', pingInterval: 300, pingTimeout: 300, transports: ['websocket'],
});
impatient.on('connection', (socket) => socket.on('save', (document, done) => done('saved', document.n + 1)));

io.on('connection', (socket) => {
  socket.on('chat', (...said) => io.emit('chat', ...said));
  socket.on('save', (document, done) => done('saved', document.n + 1));
  socket.on('picture', (bytes) => socket.emit('picture', bytes));
  socket.on('ask', () => socket.emit('question', 'ready?', (answer) => socket.emit('heard', answer)));
});

io.of('/news').on('connection', (socket) => socket.emit('headline', 'calm'));

const admin = io.of('/admin');
admin.use((socket, next) =>
  next(socket.handshake.auth.token === 's3cret' ? undefined : new Error('who are you?')));
admin.on('connection', (socket) => {
  socket.on('whoami', (done) => done({ admin: true, rooms: socket.rooms.size }));
  socket.on('out', () => socket.disconnect());
});
