// Whether a key press is meant for the field that has the focus, not for the screen.

const FIELDS = 'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"])';

/** A box to tick takes the space bar and nothing else. */
export const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest(FIELDS) !== null;
