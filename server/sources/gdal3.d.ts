// The Node entry of gdal3.js has no types; gdal.ts says what we use of it.
declare module 'gdal3.js/node.js' {
  export default function initGdalJs(config: Readonly<Record<string, unknown>>): Promise<unknown>;
}
