import react from '@vitejs/plugin-react';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Tells the service worker which files make up this version of the player. */
const shell = (): Plugin => ({
  name: 'lectern-shell',
  generateBundle(_options, bundle) {
    const worker = bundle['service-worker.js'];
    if (worker?.type !== 'chunk') throw new Error('The service worker is missing from the bundle.');
    const built = Object.keys(bundle).filter((file) => file !== 'service-worker.js' && !file.endsWith('.html'));
    const files = [...built, ...readdirSync(join(import.meta.dirname, 'public'))].map((file) => `/${file}`).sort();
    const name = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
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
