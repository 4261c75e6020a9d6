/** The part that is used of a package without types of its own. */
declare module 'fs-native-extensions' {
  const extensions: {
    /** Whether an exclusive lock on the file, or on some bytes of it, was granted: the system's own, gone when the descriptor is. */
    tryLock(descriptor: number, offset?: number, length?: number): boolean;
    /** Whether a lock of the file was granted that others can have, too, but no exclusive one. */
    tryLock(descriptor: number, options: { readonly shared: true }): boolean;
    unlock(descriptor: number, offset?: number, length?: number): void;
  };
  export default extensions;
}
