// The reference: a Fastify route that only parses and answers.
import fastify from 'fastify';

const app = fastify();
app.post('/api/v1/tracking/batches', ({ body }) => ({
  serverTime: new Date().toISOString(),
  results: body.sessions.map((session) => {
    return { batch: body.id, session: session.id, accepted: session.spans.length, refused: [] };
  }),
}));
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
