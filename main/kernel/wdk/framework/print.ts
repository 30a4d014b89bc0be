/**
 * `print!` and `println!` of the article "Safe Framework" (src/io.rs).
 *
 * The article hands the finished text to DbgPrint as the format itself, so a `%` in it would be taken for a directive;
 * here it is an argument of "%s", which prints what the article means. DbgPrint's limit of 512 bytes a call stays.
 */
import type { Ddk } from "../ddk";

export function print(ddk: Ddk, text: string): void {
  ddk.DbgPrint("%s", text);
}

export function println(ddk: Ddk, text = ""): void {
  print(ddk, `${text}\n`);
}
