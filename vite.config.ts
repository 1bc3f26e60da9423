// Builds the interface from web/ to dist/web; in development it serves it with hot reload beside a running server.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = `http://127.0.0.1:${process.env.PORT ?? 8080}`;
/** Requests to the server; our own modules below web/api are files of the interface. */
const SERVER_PATHS = '^/(api|tiles)/(?!.*\\.ts(\\?|$))';

/** Large libraries that change seldom go into files of their own, so that a new version of ours is a small download. */
const LIBRARIES: readonly [name: string, packages: RegExp][] = [
  ['maplibre', /node_modules\/(maplibre-gl|@maplibre|@mapbox)\//],
  ['antd', /node_modules\/(antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs)\//],
  ['react', /node_modules\/(react|react-dom|scheduler|i18next|react-i18next|zustand)\//],
];

export default defineConfig({
  root: 'web',
  plugins: [react()],
  server: { port: 5173, proxy: { [SERVER_PATHS]: SERVER } },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: { codeSplitting: { groups: LIBRARIES.map(([name, test]) => ({ name, test })) } },
    },
  },
});
