/** The part that is used of a package without types of its own. */
declare module 'fs-native-extensions' {
  const extensions: {
    /** Whether an exclusive lock on the file was granted: the system's own, gone when the descriptor is. */
    tryLock(descriptor: number): boolean;
  };
  export default extensions;
}
