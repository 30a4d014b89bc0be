import { describe, expect, it } from "vitest";
import { FirstPort } from "./firstPort";

function make() {
  const log: string[] = [];
  const first = new FirstPort<string>(
    () => log.push("ask"),
    (port) => log.push(`hand on ${port}`),
  );
  return { first, log };
}

describe("FirstPort", () => {
  it("keeps the port until the page wants one", () => {
    const { first, log } = make();
    first.arrived("a");
    expect(log).toEqual(["ask"]);
    first.want();
    expect(log).toEqual(["ask", "hand on a"]);
  });

  it("hands a port on that comes after it was wanted, and asks once for both", () => {
    const { first, log } = make();
    first.want();
    first.arrived("a");
    expect(log).toEqual(["ask", "hand on a"]);
  });

  it("asks anew for the ports after the first", () => {
    const { first, log } = make();
    first.arrived("a");
    first.want();
    first.want();
    first.arrived("b");
    expect(log).toEqual(["ask", "hand on a", "ask", "hand on b"]);
  });

  it("does not hand on the port of an engine that has ended", () => {
    const { first, log } = make();
    first.arrived("a");
    first.engineEnded();
    first.want();
    first.arrived("b");
    expect(log).toEqual(["ask", "ask", "hand on b"]);
  });

  it("asks for the next engine's port when the first never came", () => {
    const { first, log } = make();
    first.want();
    first.engineEnded();
    first.want();
    first.arrived("b");
    expect(log).toEqual(["ask", "ask", "hand on b"]);
  });
});
