let needContinuation: i32 = 0;
let minContinuation: u8 = 0x80;
let maxContinuation: u8 = 0xbf;

/** Forgets what the bytes before began. */
export function startText(): void {
  needContinuation = 0;
}

/** Whether the bytes so far end within a character. */
export function isWithinCharacter(): bool {
  return needContinuation > 0;
}

/** Takes the next byte of UTF-8, with the tight second-byte ranges of Unicode table 3-7; false where it cannot stand there. */
export function isTextByte(byte: u8): bool {
  let isValid = true;
  if (needContinuation > 0) {
    const inRange = byte >= minContinuation && byte <= maxContinuation;
    minContinuation = 0x80;
    maxContinuation = 0xbf;
    if (inRange) {
      needContinuation--;
      return true;
    }
    isValid = false;
    needContinuation = 0;
  }
  if (byte < 0x80) return isValid;
  minContinuation = 0x80;
  maxContinuation = 0xbf;
  if (byte >= 0xc2 && byte <= 0xdf) needContinuation = 1;
  else if (byte >= 0xe0 && byte <= 0xef) {
    needContinuation = 2;
    if (byte == 0xe0) minContinuation = 0xa0;
    if (byte == 0xed) maxContinuation = 0x9f;
  } else if (byte >= 0xf0 && byte <= 0xf4) {
    needContinuation = 3;
    if (byte == 0xf0) minContinuation = 0x90;
    if (byte == 0xf4) maxContinuation = 0x8f;
  } else isValid = false;
  return isValid;
}
