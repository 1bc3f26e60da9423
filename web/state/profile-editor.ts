// The editor of the rules: the versions of one profile, a draft of the next, what it would change on the open plan.
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { ProfileHead, ProfilePreview, ProfileVersion } from '../../core/api/messages.ts';
import type { ProfileContent } from '../../core/rules/profile.ts';
import { DEFAULT_PROFILE } from '../../core/rules/profiles.ts';
import type { Client, ProfileCopy } from '../api/client.ts';
import { currentLanguage } from '../i18n/language.ts';
import { attempter } from './bench.ts';
import type { Workspace } from './workspace.ts';

export interface ProfileEditor {
  /** The newest version of every profile. */
  heads: readonly ProfileHead[];
  /** Every version of the profile in hand, newest first. */
  versions: readonly ProfileHead[];
  newest: ProfileVersion | null;
  /** The draft: what the next version would say. */
  content: ProfileContent | null;
  /** The version that the draft was begun from. */
  begunFrom: number;
  /** Why it is changed. */
  note: string;
  /** Of the draft as it stands; null: not asked since the last change. */
  preview: ProfilePreview | null;
  working: 'reading' | 'saving' | 'previewing' | 'following' | null;

  /** Takes a profile in hand, that of the open plan where none is named; a draft that was begun is kept instead. */
  open: (profile?: string) => Promise<void>;
  /** Begins the draft anew from that version. */
  beginFrom: (version: number) => Promise<void>;
  edit: (content: ProfileContent) => void;
  explain: (note: string) => void;
  askPreview: () => Promise<void>;
  /** The draft becomes the next version; false when the server refused. */
  save: () => Promise<boolean>;
  /** A new profile that begins as the newest version of this one; false when the server refused. */
  copy: (copy: Omit<ProfileCopy, 'from'>) => Promise<boolean>;
  /** Lets the open plan follow that version. */
  follow: (version: number) => Promise<void>;
  version: (version: number) => Promise<ProfileVersion | null>;
}

export type ProfileEditorStore = UseBoundStore<StoreApi<ProfileEditor>>;

interface Parts {
  workspace: Pick<StoreApi<Workspace>, 'getState' | 'setState' | 'subscribe'>;
  client: Pick<Client, 'profiles' | 'profile' | 'profileVersions' | 'saveProfile' | 'copyProfile' | 'previewProfile' | 'followProfile'>;
}

export function createProfileEditor({ workspace, client }: Parts): ProfileEditorStore {
  const attempt = attempter(workspace.setState);
  return create<ProfileEditor>((set, get) => {
    workspace.subscribe((now, before) => {
      if (now.plan?.id !== before.plan?.id) set({ preview: null });
    });

    /** Shows on the screen that it is being worked on. */
    async function during<T>(working: ProfileEditor['working'], work: () => Promise<T>): Promise<T | null> {
      workspace.getState().dismissProblem();
      set({ working });
      const result = await attempt(work);
      set({ working: null });
      return result;
    }

    /** Everything about a profile; the draft begins anew. */
    async function read(profile: string): Promise<void> {
      const all = await during('reading', () => Promise.all([client.profiles(), client.profileVersions(profile), client.profile(profile)]));
      if (all === null) return;
      const [heads, versions, newest] = all;
      set({ heads, versions, newest, content: newest.content, begunFrom: newest.version, note: '', preview: null });
    }

    async function version(wanted: number): Promise<ProfileVersion | null> {
      const { newest } = get();
      return newest === null ? null : attempt(() => client.profile(newest.profile, wanted));
    }

    return {
      ...{ heads: [], versions: [], newest: null, content: null, begunFrom: 0, note: '', preview: null, working: null },
      version,
      open: async (profile = workspace.getState().plan?.profile ?? DEFAULT_PROFILE) => {
        const { newest, content } = get();
        if (content === (newest?.content ?? null)) await read(profile);
      },
      beginFrom: async (wanted) => {
        const begun = await during('reading', () => version(wanted));
        if (begun !== null) set({ content: begun.content, begunFrom: wanted, preview: null });
      },
      edit: (content) => set({ content, preview: null }),
      explain: (note) => set({ note }),
      askPreview: async () => {
        const { newest, content } = get();
        const plan = workspace.getState().plan?.id;
        if (newest === null || content === null || plan === undefined) return;
        const preview = await during('previewing', () => client.previewProfile(newest.profile, { content, plan }));
        if (get().content === content && workspace.getState().plan?.id === plan) set({ preview });
      },
      save: async () => {
        const { newest, content, note } = get();
        if (newest === null || content === null) return false;
        const made = await during('saving', () => client.saveProfile(newest.profile, { base: newest.version, content, note }));
        if (made !== null) await read(made.profile);
        return made !== null;
      },
      copy: async (copy) => {
        const { newest } = get();
        if (newest === null) return false;
        const from = { profile: newest.profile, version: newest.version };
        const made = await during('saving', () => client.copyProfile({ ...copy, from }));
        if (made !== null) await read(made.profile);
        return made !== null;
      },
      follow: async (wanted) => {
        const { newest } = get();
        const plan = workspace.getState().plan?.id;
        if (newest === null || plan === undefined) return;
        const { profile, name } = newest;
        const report = await during('following', () => client.followProfile(plan, { profile, version: wanted }));
        if (report === null || workspace.getState().plan?.id !== plan) return;
        workspace.setState({ report });
        set({ preview: null });
        workspace.getState().explain('profiles:followed', { name: name[currentLanguage()], version: wanted });
      },
    };
  });
}
