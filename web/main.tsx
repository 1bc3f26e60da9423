// Entry of the page: texts first, then the screen, then the data.
import './theme/screen.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { nameOwnRoles } from './i18n/texts.ts';
import { useWorkspace } from './state/store.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
// Before the first panel listens, so that every text knows them.
useWorkspace.subscribe(({ owner }, before) => owner !== before.owner && nameOwnRoles(owner?.roles ?? []));
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void useWorkspace.getState().start();
