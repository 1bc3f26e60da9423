// Entry of the page: texts first, then the screen, then the data.
import './theme/screen.css';
import './i18n/texts.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { useWorkspace } from './state/store.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void useWorkspace.getState().start();
