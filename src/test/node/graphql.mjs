// GraphQL by the graphql and graphql-ws packages.
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { listen } from './listen.mjs';

const schema = buildSchema(`
  type User { id: Int!, name: String! }
  type Query { user(id: Int!): User, broken: String }
  type Mutation { rename(id: Int!, name: String!): User! }
  type Subscription { countdown(from: Int!): Int!, clock: Int! }
`);
const names = new Map([[7, 'ann']]);
const user = (id) => names.has(id) ? { id, name: names.get(id) } : null;
const roots = {
  query: {
    user: ({ id }) => user(id),
    broken: () => { throw new Error('out of order'); },
  },
  // Each run begins with the same names.
  mutation: { rename: ({ id, name }) => ({ id, name }) },
  subscription: {
    countdown: async function* ({ from }) {
      for (let n = from; n > 0; n--) yield { countdown: n };
    },
    clock: async function* () {
      for (let n = 1; ; n++) {
        yield { clock: n };
        await new Promise((done) => setTimeout(done, 20));
      }
    },
  },
};
// Pings by the subprotocol's own messages, and drops who does not answer, if the client asks for it.
function ping({ socket }) {
  socket.alive = false;
  socket.send('{"type":"ping"}');
  setTimeout(() => socket.alive ? ping({ socket }) : socket.terminate(), 300);
}
useServer(
  {
    schema,
    roots,
    onConnect: ({ connectionParams, extra }) => {
      if (connectionParams?.pings) setTimeout(ping, 100, extra);
      return connectionParams?.token !== 'wrong';
    },
    onPong: ({ extra }) => { extra.socket.alive = true; },
  },
  new WebSocketServer({
    server: listen(),
    handleProtocols: (offered) => offered.has('graphql-transport-ws') && 'graphql-transport-ws',
  }),
);
