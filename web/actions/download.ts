// Lets the browser save what an address answers.

/** @param name of the file, where the server does not name it */
export function download(address: string | null, name = ''): void {
  if (address === null) return;
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
