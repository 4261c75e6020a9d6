import { config } from 'rxjs';

/** The errors that RxJS reports because nobody is left to be told, from now on; the function gives them and ends that. */
export function unheard(): () => Promise<unknown[]> {
  const errors: unknown[] = [];
  const before = config.onUnhandledError;
  config.onUnhandledError = (error) => errors.push(error);
  return async () => {
    await new Promise((resolve) => setTimeout(resolve)); // RxJS reports them by a timer of 0 ms
    config.onUnhandledError = before;
    return errors;
  };
}
