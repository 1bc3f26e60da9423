// How the page asks its server: language, time-out, failures. The clients of the resources are made of it.
import { failureOf, ServerUnreachable } from './problem.ts';

export interface Requests {
  get: <T>(path: string) => Promise<T>;
  /** `body` goes as JSON. */
  post: <T>(path: string, body: unknown) => Promise<T>;
  /** For work that may take minutes. */
  postLong: <T>(path: string, body: unknown) => Promise<T>;
  put: <T>(path: string, body: unknown) => Promise<T>;
  /** For work that may take minutes. */
  patchLong: <T>(path: string, body: unknown) => Promise<T>;
  remove: <T>(path: string) => Promise<T>;
  /** Sends files. */
  upload: <T>(path: string, form: FormData) => Promise<T>;
  /** Sends files and tells the share sent, 0–1; 1: they are being looked at. */
  uploadWatched: <T>(path: string, form: FormData, onSent: (share: number) => void) => Promise<T>;
}

/** An answer that takes longer counts as none. */
const ANSWER_TIMEOUT_MS = 60_000;
/** Submitting a plan, and building or taking in a filing package, work through every grid of it. */
const LONG_TIMEOUT_MS = 600_000;
const NO_CONTENT = 204;
/** Reading these is no use of a session: it runs out although they are asked for. */
const UNUSED: ReadonlySet<string> = new Set(['/api/session', '/api/health', '/api/waiting']);

let used = Date.now();
/** When the page asked for something last that keeps its session alive; milliseconds as Date.now(). */
export const lastUse = (): number => used;

/** @param base scheme and host of the server, '' for the page's own; @param language reader's language for problem texts */
export function createRequests(base: string, language: () => string): Requests {
  async function request<T>(path: string, init?: RequestInit, timeout = ANSWER_TIMEOUT_MS): Promise<T> {
    const headers = new Headers(init?.headers);
    headers.set('accept-language', language());
    if (init !== undefined || !UNUSED.has(path)) used = Date.now();
    let response: Response;
    try {
      // Few connections are open to one server: before the tiles of the map, please.
      response = await fetch(base + path, { ...init, headers, priority: 'high', signal: AbortSignal.timeout(timeout) });
    } catch (error) {
      throw new ServerUnreachable(error);
    }
    if (!response.ok) throw await failureOf(response);
    if (response.status === NO_CONTENT) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw new ServerUnreachable(error);
    }
  }
  const send = <T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown, timeout?: number): Promise<T> =>
    request<T>(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, timeout);

  return {
    get: (path) => request(path),
    post: (path, body) => send('POST', path, body),
    postLong: (path, body) => send('POST', path, body, LONG_TIMEOUT_MS),
    put: (path, body) => send('PUT', path, body),
    patchLong: (path, body) => send('PATCH', path, body, LONG_TIMEOUT_MS),
    remove: (path) => request(path, { method: 'DELETE' }),
    upload: (path, form) => request(path, { method: 'POST', body: form }, LONG_TIMEOUT_MS),
    uploadWatched: (path, form, onSent) => {
      used = Date.now();
      return uploadWatched(base + path, form, language(), onSent);
    },
  };
}

/** `fetch` does not tell how much of a body was sent. */
function uploadWatched<T>(address: string, form: FormData, language: string, onSent: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const gone = (): void => reject(new ServerUnreachable());
    request.open('POST', address);
    request.setRequestHeader('accept-language', language);
    request.timeout = LONG_TIMEOUT_MS;
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 1);
    request.onerror = gone;
    request.ontimeout = gone;
    request.onload = () => {
      const { status, statusText, responseText } = request;
      const response = new Response(responseText === '' ? null : responseText, { status, statusText });
      if (!response.ok) void failureOf(response).then(reject);
      else response.json().then(resolve, gone);
    };
    request.send(form);
  });
}
