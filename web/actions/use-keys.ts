// Listens for the keys of tools and actions, unless the hand is typing or a dialog is open.
import { useEffect } from 'react';
import { useLayout } from '../state/layout.ts';
import { useWorkspace } from '../state/store.ts';
import { tools } from '../tools/registry.ts';
import { plainKey } from './action.ts';
import { actions } from './actions.ts';
import { isTyping } from './typing.ts';

const OWN_KEYS = '[role="dialog"], [role="combobox"], [role="listbox"]';

export function useKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', closeDialog, { capture: true });
    window.addEventListener('keydown', act);
    return () => {
      window.removeEventListener('keydown', closeDialog, { capture: true });
      window.removeEventListener('keydown', act);
    };
  }, []);
}

/** While the focus is still outside an open dialog, Esc is meant for the dialog, not for the tool below it. */
function closeDialog(event: KeyboardEvent): void {
  const { dialog, openDialog } = useLayout.getState();
  const inside = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null;
  if (event.key !== 'Escape' || dialog === null || inside) return;
  event.stopImmediatePropagation();
  openDialog(null);
}

function act(event: KeyboardEvent): void {
  const typing = isTyping(event.target) || (event.target instanceof Element && event.target.closest(OWN_KEYS) !== null);
  if (typing || event.isComposing || event.defaultPrevented || useLayout.getState().dialog !== null) return;
  const workspace = useWorkspace.getState();
  if (workspace.session?.account === null) return;
  const tool = tools.find(({ key }) => plainKey(key)(event));
  if (tool !== undefined) {
    event.preventDefault();
    const reason = tool.unavailable(workspace);
    if (reason === null) workspace.chooseTool(tool.id);
    else workspace.explain(reason);
    return;
  }
  const action = actions.find(({ matches }) => matches(event));
  if (action === undefined) return;
  event.preventDefault();
  const reason = action.unavailable(workspace);
  if (reason === null) action.run();
  else workspace.explain(reason.key, reason.values);
}
