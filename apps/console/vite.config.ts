import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  resolve: { conditions: ['@lectern/source', 'module', 'browser', 'development|production'] },
  server: { proxy: { '/api': 'http://localhost:3000', '/media': 'http://localhost:3000' } },
  worker: { format: 'es' },
  build: { outDir: '../../dist/apps/console', emptyOutDir: true, chunkSizeWarningLimit: 900 },
});
