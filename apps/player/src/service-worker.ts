/// <reference lib="webworker" />
import { partOf } from './kept/byte-range.js';
import { isMedia, isPicture, isScreen, pictureKey } from './shell/addresses.js';

declare const self: ServiceWorkerGlobalScope;
/** Filled in by the build: the files of this version, and a name for them. */
declare const SHELL_FILES: readonly string[];
declare const SHELL_NAME: string;

const SHELL_PREFIX = 'lectern-shell-';
const PICTURES = 'lectern-pictures';
/** The same as in kept/kept-addresses.ts: a worker that shares a module with the screens would not load. */
const KEPT = 'lectern-kept';
const MOST_PICTURES = 200;
const files = SHELL_FILES;
const shell = `${SHELL_PREFIX}${SHELL_NAME}`;

/** All of the player's own files, so that a reload without a link works. */
async function install(): Promise<void> {
  const cache = await caches.open(shell);
  await cache.addAll(['/', ...files]);
  await self.skipWaiting();
}

/** A tab of the version before may still ask for its files: that one stays, older ones go. */
async function activate(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith(SHELL_PREFIX) && name !== shell);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function screen(): Promise<Response> {
  const cache = await caches.open(shell);
  return (await cache.match('/')) ?? fetch('/');
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function picture(request: Request): Promise<Response> {
  const cache = await caches.open(PICTURES);
  const key = pictureKey(request.url);
  const kept = await cache.match(key);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) {
    const known = await cache.keys();
    await Promise.all(known.slice(0, Math.max(0, known.length - MOST_PICTURES)).map((old) => cache.delete(old)));
    await cache.put(key, fresh.clone());
  }
  return fresh;
}

/** What is kept on this device needs no link, and saves it where there is one. */
async function media(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const kept = await caches.match(pathname, { cacheName: KEPT });
  if (kept) return partOf(kept, request.headers.get('range'));
  return isPicture(pathname) ? picture(request) : fetch(request);
}

/** Who fetches pieces in order to keep them looks at what is kept by itself. */
const isForMedia = ({ cache }: Request, url: URL): boolean => cache !== 'no-store' && isMedia(url.pathname);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (isScreen(url.pathname)) event.respondWith(screen());
  } else if (isForMedia(request, url)) event.respondWith(media(request));
  else if (files.includes(url.pathname) || url.pathname.startsWith('/assets/')) event.respondWith(file(request));
});
