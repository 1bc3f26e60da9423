// Brings the headers of offices into one spelling.

/** Lower case, plain digits and letters, without remarks in brackets, blanks and punctuation: `楼栋 编号(必填)` → `楼栋编号`. */
export function plainHeader(header: string): string {
  const text = header.normalize('NFKC').toLowerCase();
  const withoutRemark = text.replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '');
  return (withoutRemark.trim() === '' ? text : withoutRemark).replace(/[\s_\-./\\:;,*、。:#"'()]+/g, '');
}
