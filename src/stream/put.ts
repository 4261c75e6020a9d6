/** Sets a key of an object, whatever it is called. */
export function put(object: Record<string, string>, key: string, value: string): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
