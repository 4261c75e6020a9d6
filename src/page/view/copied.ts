/** Copies a text, and says whether the browser let it: some allow it to pages of this machine or over HTTPS only. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
