/**
 * The matched lines of a view: ascending sequence numbers in typed blocks, 4 bytes each. Rows are counted from the
 * list's beginning and keep their number when old ones are dropped from the front.
 */
interface Block {
  /** Row of the first entry. */
  firstRow: number;
  base: number;
  /** Sequence minus `base`. */
  offsets: Uint32Array;
  count: number;
}

const BLOCK_ROWS = 8192;
/** Offsets are 32 bits wide; a block ends before they overflow. */
const MAX_OFFSET = 2 ** 32 - 1;

export class SequenceList {
  private blocks: Block[] = [];
  private rows = 0;

  /** Row after the last. */
  get end(): number {
    return this.rows;
  }

  push(sequence: number): void {
    let block = this.blocks.at(-1);
    if (!block || block.count === BLOCK_ROWS || sequence - block.base > MAX_OFFSET) {
      block = { firstRow: this.rows, base: sequence, offsets: new Uint32Array(BLOCK_ROWS), count: 0 };
      this.blocks.push(block);
    }
    block.offsets[block.count] = sequence - block.base;
    block.count += 1;
    this.rows += 1;
  }

  at(row: number): number | undefined {
    const block = this.lastBlock((each) => each.firstRow <= row);
    const index = row - (block?.firstRow ?? 0);
    if (!block || index < 0 || index >= block.count) return undefined;
    return block.base + (block.offsets[index] as number);
  }

  /** First row whose sequence is `sequence` or later; `end` when there is none. */
  rowAtOrAfter(sequence: number): number {
    const block = this.lastBlock((each) => each.base <= sequence);
    if (!block) return this.blocks[0]?.firstRow ?? this.rows;
    let low = 0;
    let high = block.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (block.base + (block.offsets[middle] as number) < sequence) low = middle + 1;
      else high = middle;
    }
    return block.firstRow + low;
  }

  /** Frees blocks that hold only rows before `row`. */
  forgetBefore(row: number): void {
    while (this.blocks[0] && this.blocks[0].firstRow + this.blocks[0].count <= row) this.blocks.shift();
  }

  /** The last block for which `test` holds; it must hold for a first part of the blocks. */
  private lastBlock(test: (block: Block) => boolean): Block | undefined {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (test(this.blocks[middle] as Block)) low = middle + 1;
      else high = middle;
    }
    return this.blocks[low - 1];
  }
}
