// Speaks to the API the way any outside program does.

/** Signs in and returns who can ask: `get`, `post`, and the cookie for programs that ask by themselves. */
export async function signIn(baseUrl, login, password) {
  const answer = await send(baseUrl, 'POST', '/session', { login, password });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const ask = async (method, path, body) => (await send(baseUrl, method, path, body, { cookie })).json();
  return {
    cookie,
    uploadsUrl: `${baseUrl}/api/v1/uploads`,
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    /** Every item of a keyset-paged list. */
    list: (path) => everyItem((after) => ask('GET', withQuery(path, after))),
  };
}

/** @throws {Error} with the sentence of the problem document. */
async function send(baseUrl, method, path, body, headers = {}) {
  const answer = await fetch(`${baseUrl}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (answer.ok) return answer;
  const problem = await answer.text();
  throw new Error(`${method} ${path} was answered with ${answer.status}: ${problem}`);
}

async function everyItem(page) {
  const items = [];
  for (let after = ''; after !== null;) {
    const { items: more, next } = await page(after);
    items.push(...more);
    after = next;
  }
  return items;
}

function withQuery(path, after) {
  const separator = path.includes('?') ? '&' : '?';
  return `${path}${separator}limit=200${after && `&after=${encodeURIComponent(after)}`}`;
}
