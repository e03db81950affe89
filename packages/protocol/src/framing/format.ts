/** Size of a block of a `.wandb` file; no fragment crosses the border of one. */
export const blockSize = 32_768

/** Size of a fragment's header: checksum (4), length of its data (2), type (1). */
export const fragmentHeaderSize = 7

/** First bytes of a `.wandb` file: `:W&B`, 0xBEE1, version 0. They belong to block 0. */
export const fileHeader: Uint8Array = Uint8Array.of(0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00)

/** A whole record, or its first, a middle or its last part. */
export const fragmentType = { full: 1, first: 2, middle: 3, last: 4 } as const
