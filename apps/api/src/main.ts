import { readApiConfig } from '#libs/config';
import { createApi } from './app.js';

const config = readApiConfig(process.env);
const app = await createApi(config);
await app.listen(config.port, config.host);
console.log(`API listens on ${await app.getUrl()}`);
