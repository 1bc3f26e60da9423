// Exit codes of the commands, and the failure that a person can mend.

export const EXIT_ERRORS = 1;
export const EXIT_UNUSABLE = 2;

/** The input cannot be used; `message` names file, feature and reason, for human eyes. */
export class UnusableInput extends Error {}
