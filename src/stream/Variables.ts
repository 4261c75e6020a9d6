/** The variables of the environment. */
export type Variables = Readonly<Record<string, string | undefined>>;
