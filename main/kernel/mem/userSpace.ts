/** The user half of one process's address space. */
import { PageTable } from "./pageTable";
import { RangeAllocator } from "./rangeAllocator";
import { USER_REGION } from "./regions";

export class UserSpace {
  readonly pages = new PageTable();
  readonly ranges = new RangeAllocator(USER_REGION);
}
