/** The driver of "Windows Drivers in Rust: Safe Framework": it greets when it is loaded and when it goes. */
import type { Ddk } from "../wdk/ddk";
import { KernelModule, kernelModule } from "../wdk/framework/kernelModule";
import { println } from "../wdk/framework/print";

class HelloModule extends KernelModule {
  protected readonly fields = [];

  constructor(private readonly ddk: Ddk) {
    super();
  }

  override cleanup(): void {
    println(this.ddk, "Bye bye!");
  }
}

export const helloDriver = kernelModule(({ ddk }) => {
  println(ddk, "Hello, world!");
  return new HelloModule(ddk);
});
