import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { moveFocusByArrows } from './focus/arrow-focus.js';
import { startLanguage } from './locales/language.js';
import { ServicesProvider, startServices } from './services.js';
import { registerOwnWorker } from './shell/own-worker.js';
import { noteInstallOffer } from './shell/install-offer.js';
import './tokens.css';

noteInstallOffer();

async function start(root: HTMLElement): Promise<void> {
  const [services] = await Promise.all([startServices(), startLanguage()]);
  const { postman, unsent, viewers } = services;
  createRoot(root).render(
    <ServicesProvider value={services}>
      <App />
    </ServicesProvider>,
  );
  document.addEventListener('keydown', moveFocusByArrows);
  window.addEventListener('online', () => {
    postman.onLinkBack();
    void viewers.confirm();
  });
  void import('./hall/minutes-post.js').then(({ startMinutesPost }) => startMinutesPost(services));
  await unsent.refresh();
  await viewers.confirm();
  postman.nudge();
  if ('serviceWorker' in navigator && import.meta.env.PROD) await registerOwnWorker();
  const { startKeeping } = await import('./kept/start-keeping.js');
  await startKeeping(services);
}

const root = document.getElementById('root');
if (root) void start(root);
