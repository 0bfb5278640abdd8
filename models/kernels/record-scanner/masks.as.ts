// Bit i tells whether byte i of the 64 is `byte`.
// @ts-ignore: decorator
@inline export function mask(a: v128, b: v128, c: v128, d: v128, byte: u8): u64 {
  const match = i8x16.splat(byte);
  return (
    <u64>(<u32>i8x16.bitmask(i8x16.eq(a, match))) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(b, match))) << 16) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(c, match))) << 32) |
    (<u64>(<u32>i8x16.bitmask(i8x16.eq(d, match))) << 48)
  );
}

/** Bit i is the parity of the bits up to and with i. */
export function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}
