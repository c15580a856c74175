// Runs in the page: where it begins. Connects to the engine and puts the interface into the window.
import { Direction } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Progress } from '../contract/upkeep.ts';
import { App } from './app.tsx';
import { connect } from './engine/connect.ts';
import { EngineContext } from './engine/engine.ts';
import type { Engine } from './engine/engine.ts';
import { Live, followEngine } from './engine/live.ts';
import { mediaUrls } from './engine/media-url.ts';
import { QueryClientProvider, makeQueryClient, makeRefresher } from './engine/queries.ts';
import { takeSessionToken } from './engine/session-token.ts';
import { startLanguage } from './i18n/i18n.ts';
import { startTheme } from './ui/theme.ts';
import { FolderPickerProvider } from './upkeep/folder-picker.tsx';
import './styles/tokens.css';
import './styles/base.css';

startTheme();
const token = await takeSessionToken();
const connection = connect(token);
const cache = makeQueryClient();
const progress = new Live<Progress | null>(null);
const engine: Engine = { connection, client: connection.client, media: mediaUrls(token), progress };
followEngine(connection, { progress: progress.set, change: makeRefresher(cache) });

// What was asked before the link broke may be old, and what was under way has failed: ask again.
let opened = false;
connection.subscribe(() => {
  if (connection.state().phase !== 'open') return;
  if (opened) void cache.invalidateQueries();
  opened = true;
});

await startLanguage();
const place = document.getElementById('root');
if (place)
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <EngineContext value={engine}>
          {/* Tabs and menus would otherwise turn their part of a right-to-left page back. */}
          <Direction.Provider dir={document.dir === 'rtl' ? 'rtl' : 'ltr'}>
            <FolderPickerProvider>
              <App />
            </FolderPickerProvider>
          </Direction.Provider>
        </EngineContext>
      </QueryClientProvider>
    </StrictMode>,
  );
