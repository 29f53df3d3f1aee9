import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const PUBLIC = join(import.meta.dirname, 'public');
const publicFiles = readdirSync(PUBLIC).sort();

/** Files that are not named by their content: a change of one is a new version as well. */
const unnamed = (): Buffer[] => [
  readFileSync(join(import.meta.dirname, 'index.html')),
  ...publicFiles.map((file) => readFileSync(join(PUBLIC, file))),
];

/** Tells the service worker which files make up this version of the player. */
const shell = (): Plugin => ({
  name: 'lectern-shell',
  generateBundle(_options, bundle) {
    const worker = bundle['service-worker.js'];
    if (worker?.type !== 'chunk') throw new Error('The service worker is missing from the bundle.');
    if (worker.imports.length > 0)
      throw new Error('The service worker shares code with the screens and would not load.');
    const built = Object.keys(bundle).filter((file) => file !== 'service-worker.js' && !file.endsWith('.html'));
    const files = [...built, ...publicFiles].map((file) => `/${file}`).sort();
    const content = createHash('sha256').update(files.join('\n'));
    for (const bytes of unnamed()) content.update(bytes);
    const name = content.digest('hex').slice(0, 12);
    worker.code = worker.code.replace('SHELL_FILES', JSON.stringify(files)).replace('SHELL_NAME', JSON.stringify(name));
  },
});

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), shell()],
  resolve: { conditions: ['@lectern/source', 'module', 'browser', 'development|production'] },
  server: { proxy: { '/api': 'http://localhost:3000', '/media': 'http://localhost:3000' } },
  build: {
    outDir: '../../dist/apps/player',
    emptyOutDir: true,
    // The last browsers of Windows 7.
    target: ['chrome109', 'firefox115', 'safari15'],
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: {
        main: join(import.meta.dirname, 'index.html'),
        'service-worker': join(import.meta.dirname, 'src/service-worker.ts'),
      },
      output: {
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
