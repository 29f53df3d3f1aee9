// The right to play, checked by nginx itself (njs >= 0.7.9): an ES256 JWS for one edition, verified with the public key
// alone, without a database. Plain JavaScript of the engine's dialect: no optional chaining, no imports.

/** The same sentences as the API's problem documents. */
const problems = {
  'play-token-invalid': {
    status: 403,
    en: 'This link does not allow you to play the lecture.',
    zh: '此链接无权播放该讲座。',
  },
  'play-token-expired': {
    status: 403,
    en: 'The right to play has expired. Open the lecture again.',
    zh: '播放授权已过期，请重新打开该讲座。',
  },
  'not-found': {
    status: 404,
    en: 'This does not exist, or you may not see it.',
    zh: '内容不存在，或您无权查看。',
  },
  'method-not-allowed': { status: 405, en: 'This cannot be done here.', zh: '此处不支持该操作。' },
};

/** Answers a request for /media/{edition}/{blob}?token=… from disk, or refuses it with a problem document. */
async function serve(r) {
  if (r.method !== 'GET' && r.method !== 'HEAD') return refuse(r, 'method-not-allowed');
  const refusal = await refusalOf(r.args.token, r.variables.edition, r.variables.play_public_key);
  if (refusal) refuse(r, refusal);
  else r.internalRedirect('/blobs/' + r.variables.edition + '/' + r.variables.blob);
}

/** The code of what is wrong with the token, or null. */
async function refusalOf(token, edition, publicKey) {
  const claims = await verifiedClaims(token, publicKey);
  if (claims === null || claims.sub !== edition || typeof claims.exp !== 'number') return 'play-token-invalid';
  return claims.exp * 1000 > Date.now() ? null : 'play-token-expired';
}

/** The claims of a compact JWS (RFC 7515 3.1) whose signature holds, or null. */
async function verifiedClaims(token, publicKey) {
  if (typeof token !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]{86}$/.test(token)) return null;
  const parts = token.split('.');
  const header = decode(parts[0]);
  if (header === null || header.alg !== 'ES256' || header.crit !== undefined) return null;
  const holds = await isSigned(parts[0] + '.' + parts[1], parts[2], publicKey);
  return holds ? decode(parts[1]) : null;
}

async function isSigned(text, signature, publicKey) {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('spki', Buffer.from(publicKey, 'base64'), curve, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signature, 'base64url'), text);
}

function decode(part) {
  try {
    const value = JSON.parse(Buffer.from(part, 'base64url').toString());
    return value !== null && typeof value === 'object' ? value : null;
  } catch (error) {
    return null;
  }
}

/** Answers with a problem document (RFC 9457) in the reader's language. */
function refuse(r, code) {
  const status = problems[code].status;
  const language = /^\s*zh\b/i.test(r.headersIn['Accept-Language'] || '') ? 'zh' : 'en';
  r.headersOut['Content-Type'] = 'application/problem+json; charset=utf-8';
  r.headersOut['Content-Language'] = language === 'zh' ? 'zh-CN' : 'en';
  r.headersOut['Cache-Control'] = 'no-store';
  r.return(
    status,
    JSON.stringify({ type: 'about:blank', title: problems[code][language], status: status, code: code }),
  );
}

function absent(r) {
  refuse(r, 'not-found');
}

export default { serve, absent };
