// Lets the browser save what an address answers; the server names the file.
export function download(address: string | null): void {
  if (address === null) return;
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}
